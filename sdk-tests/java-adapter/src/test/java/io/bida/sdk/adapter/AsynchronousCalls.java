package io.bida.sdk.adapter;

import com.aliyun.mns.client.AsyncCallback;
import com.aliyun.mns.client.DefaultMNSClient;
import com.aliyun.mns.client.MNSClient;
import com.aliyun.mns.common.ServiceException;
import com.aliyun.mns.model.Message;
import com.aliyun.mns.model.PagingListResult;
import com.aliyun.mns.model.QueueMeta;
import io.bida.sdk.Operation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The operations in their asynchronous form: each hands the SDK a callback and waits for that to be called.
 *
 * <p>The SDK does less in this form: an empty receive reaches the callback as the error MessageNotExist, which is
 * turned into nothing here, and errors are never wrapped.
 */
final class AsynchronousCalls implements Calls {

    /** Seconds until a callback that was not called counts as lost; more than the SDK's own 40 seconds. */
    private static final long LOST_AFTER_SECONDS = 60;

    private final MNSClient mns;

    AsynchronousCalls(MNSClient mns) {
        this.mns = mns;
    }

    @Override
    public String createQueue(QueueMeta queue) throws Exception {
        return answerOf(callback -> mns.getQueueRef(queue.getQueueName()).asyncCreate(queue, callback));
    }

    @Override
    public void setAttributes(QueueMeta queue) throws Exception {
        waitFor(callback -> mns.getQueueRef(queue.getQueueName()).asyncSetAttributes(queue, callback));
    }

    @Override
    public QueueMeta getAttributes(String queue) throws Exception {
        return answerOf(callback -> mns.getQueueRef(queue).asyncGetAttributes(callback));
    }

    @Override
    public void deleteQueue(String queue) throws Exception {
        waitFor(callback -> mns.getQueueRef(queue).asyncDelete(callback));
    }

    @Override
    public Optional<PagingListResult<QueueMeta>> listQueue(String prefix, @Nullable String marker, int atMost)
            throws Exception {
        return resultOf(callback -> ((DefaultMNSClient) mns).asyncListQueue(prefix, marker, atMost, true, callback));
    }

    @Override
    public Message put(String queue, Message message) throws Exception {
        return answerOf(callback -> mns.getQueueRef(queue).asyncPutMessage(message, callback));
    }

    @Override
    public List<Message> batchPut(String queue, List<Message> messages) throws Exception {
        return answerOf(callback -> mns.getQueueRef(queue).asyncBatchPutMessage(messages, callback));
    }

    @Override
    public Optional<Message> pop(String queue) throws Exception {
        return resultOrNothing(callback -> mns.getQueueRef(queue).asyncPopMessage(callback));
    }

    @Override
    public Optional<Message> pop(String queue, int waitSeconds) throws Exception {
        return resultOrNothing(callback -> mns.getQueueRef(queue).asyncPopMessage(waitSeconds, callback));
    }

    @Override
    public List<Message> batchPop(String queue, int atMost, int waitSeconds) throws Exception {
        return messagesOf(callback -> mns.getQueueRef(queue).asyncBatchPopMessage(atMost, waitSeconds, callback));
    }

    @Override
    public Optional<Message> peek(String queue) throws Exception {
        return resultOrNothing(callback -> mns.getQueueRef(queue).asyncPeekMessage(callback));
    }

    @Override
    public List<Message> batchPeek(String queue, int atMost) throws Exception {
        return messagesOf(callback -> mns.getQueueRef(queue).asyncBatchPeekMessage(atMost, callback));
    }

    @Override
    public Message changeVisibility(String queue, String receiptHandle, int seconds) throws Exception {
        return answerOf(
                callback -> mns.getQueueRef(queue).asyncChangeMessageVisibility(receiptHandle, seconds, callback));
    }

    @Override
    public void delete(String queue, String receiptHandle) throws Exception {
        waitFor(callback -> mns.getQueueRef(queue).asyncDeleteMessage(receiptHandle, callback));
    }

    @Override
    public void batchDelete(String queue, List<String> receiptHandles) throws Exception {
        waitFor(callback -> mns.getQueueRef(queue).asyncBatchDeleteMessage(receiptHandles, callback));
    }

    @Override
    public String exceptionFor(Operation operation, String code) {
        return operation == Operation.DELETE_BATCH ? "BatchDeleteException" : "ServiceException";
    }

    /** Waits for the operation's callback; empty if the SDK passed {@code null} to it. */
    private static <T> Optional<T> resultOf(Start<T> operation) throws Exception {
        CompletableFuture<Optional<T>> result = new CompletableFuture<>();
        operation.start(new AsyncCallback<T>() {
            @Override
            public void onSuccess(@Nullable T value) {
                result.complete(Optional.ofNullable(value));
            }

            @Override
            public void onFail(Exception refusal) {
                result.completeExceptionally(refusal);
            }
        });
        try {
            return result.get(LOST_AFTER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            throw refused.getCause() instanceof Exception refusal ? refusal : refused;
        }
    }

    private static <T> T answerOf(Start<T> operation) throws Exception {
        return resultOf(operation).orElseThrow();
    }

    private static void waitFor(Start<Void> operation) throws Exception {
        resultOf(operation);
    }

    private static List<Message> messagesOf(Start<List<Message>> operation) throws Exception {
        return resultOrNothing(operation).orElse(List.of());
    }

    private static <T> Optional<T> resultOrNothing(Start<T> operation) throws Exception {
        try {
            return resultOf(operation);
        } catch (ServiceException refused) {
            if (refused.getErrorCode().equals("MessageNotExist")) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** Starts an operation of the SDK, which will call the callback. */
    private interface Start<T> {
        void start(AsyncCallback<T> callback) throws Exception;
    }
}
