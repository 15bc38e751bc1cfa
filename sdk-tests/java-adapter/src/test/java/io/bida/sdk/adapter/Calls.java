package io.bida.sdk.adapter;

import com.aliyun.mns.model.Message;
import com.aliyun.mns.model.PagingListResult;
import com.aliyun.mns.model.QueueMeta;
import io.bida.sdk.Operation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's operations on one account, in the SDK's own types; either its blocking or its asynchronous form.
 *
 * <p>Only its {@code null} for "nothing there" is already an empty {@link Optional} or list.
 */
interface Calls {

    String createQueue(QueueMeta queue) throws Exception;

    void setAttributes(QueueMeta queue) throws Exception;

    QueueMeta getAttributes(String queue) throws Exception;

    void deleteQueue(String queue) throws Exception;

    Optional<PagingListResult<QueueMeta>> listQueue(String prefix, @Nullable String marker, int atMost)
            throws Exception;

    Message put(String queue, Message message) throws Exception;

    List<Message> batchPut(String queue, List<Message> messages) throws Exception;

    Optional<Message> pop(String queue) throws Exception;

    Optional<Message> pop(String queue, int waitSeconds) throws Exception;

    List<Message> batchPop(String queue, int atMost, int waitSeconds) throws Exception;

    Optional<Message> peek(String queue) throws Exception;

    List<Message> batchPeek(String queue, int atMost) throws Exception;

    Message changeVisibility(String queue, String receiptHandle, int seconds) throws Exception;

    void delete(String queue, String receiptHandle) throws Exception;

    void batchDelete(String queue, List<String> receiptHandles) throws Exception;

    /** The simple name of the exception class that reports {@code code} to the caller of {@code operation}. */
    String exceptionFor(Operation operation, String code);
}
