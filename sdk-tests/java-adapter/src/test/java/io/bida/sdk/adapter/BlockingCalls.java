package io.bida.sdk.adapter;

import com.aliyun.mns.client.MNSClient;
import com.aliyun.mns.model.Message;
import com.aliyun.mns.model.PagingListResult;
import com.aliyun.mns.model.QueueMeta;
import io.bida.sdk.Operation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations as most programs call them: each returns when the server has answered. */
final class BlockingCalls implements Calls {

    private final MNSClient mns;

    BlockingCalls(MNSClient mns) {
        this.mns = mns;
    }

    @Override
    public String createQueue(QueueMeta queue) throws Exception {
        return mns.getQueueRef(queue.getQueueName()).create(queue);
    }

    @Override
    public void setAttributes(QueueMeta queue) throws Exception {
        mns.getQueueRef(queue.getQueueName()).setAttributes(queue);
    }

    @Override
    public QueueMeta getAttributes(String queue) throws Exception {
        return mns.getQueueRef(queue).getAttributes();
    }

    @Override
    public void deleteQueue(String queue) throws Exception {
        mns.getQueueRef(queue).delete();
    }

    @Override
    public Optional<PagingListResult<QueueMeta>> listQueue(String prefix, @Nullable String marker, int atMost)
            throws Exception {
        return Optional.ofNullable(mns.listQueue(prefix, marker, atMost));
    }

    @Override
    public Message put(String queue, Message message) throws Exception {
        return mns.getQueueRef(queue).putMessage(message);
    }

    @Override
    public List<Message> batchPut(String queue, List<Message> messages) throws Exception {
        return mns.getQueueRef(queue).batchPutMessage(messages);
    }

    @Override
    public Optional<Message> pop(String queue) throws Exception {
        return Optional.ofNullable(mns.getQueueRef(queue).popMessage());
    }

    @Override
    public Optional<Message> pop(String queue, int waitSeconds) throws Exception {
        return Optional.ofNullable(mns.getQueueRef(queue).popMessage(waitSeconds));
    }

    @Override
    public List<Message> batchPop(String queue, int atMost, int waitSeconds) throws Exception {
        return orEmpty(mns.getQueueRef(queue).batchPopMessage(atMost, waitSeconds));
    }

    @Override
    public Optional<Message> peek(String queue) throws Exception {
        return Optional.ofNullable(mns.getQueueRef(queue).peekMessage());
    }

    @Override
    public List<Message> batchPeek(String queue, int atMost) throws Exception {
        return orEmpty(mns.getQueueRef(queue).batchPeekMessage(atMost));
    }

    @Override
    public Message changeVisibility(String queue, String receiptHandle, int seconds) throws Exception {
        return mns.getQueueRef(queue).changeMessageVisibility(receiptHandle, seconds);
    }

    @Override
    public void delete(String queue, String receiptHandle) throws Exception {
        mns.getQueueRef(queue).deleteMessage(receiptHandle);
    }

    @Override
    public void batchDelete(String queue, List<String> receiptHandles) throws Exception {
        mns.getQueueRef(queue).batchDeleteMessage(receiptHandles);
    }

    @Override
    public String exceptionFor(Operation operation, String code) {
        return ThisSdk.exceptionFor(operation, code);
    }

    private static List<Message> orEmpty(@Nullable List<Message> messages) {
        return messages == null ? List.of() : messages;
    }
}
