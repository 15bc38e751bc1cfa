package io.bida.sdk.adapter;

import com.aliyun.mns.client.MNSClient;
import com.aliyun.mns.common.BatchDeleteException;
import com.aliyun.mns.common.ServiceException;
import com.aliyun.mns.model.ErrorMessageResult;
import com.aliyun.mns.model.Message;
import com.aliyun.mns.model.PagingListResult;
import io.bida.sdk.ChangedVisibility;
import io.bida.sdk.IncomingMessage;
import io.bida.sdk.Operation;
import io.bida.sdk.OutgoingMessage;
import io.bida.sdk.QueueClient;
import io.bida.sdk.QueuePage;
import io.bida.sdk.QueueSettings;
import io.bida.sdk.QueueView;
import io.bida.sdk.RefusedException;
import io.bida.sdk.SentMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The neutral client over the official Java SDK. */
public final class SdkClient implements QueueClient {

    private final MNSClient mns;
    private final Calls calls;

    private SdkClient(MNSClient mns, Calls calls) {
        this.mns = mns;
        this.calls = calls;
    }

    /** Calls the SDK in its blocking form. */
    public static SdkClient blocking(MNSClient mns) {
        return new SdkClient(mns, new BlockingCalls(mns));
    }

    /** Calls the SDK with callbacks, where it has such a form. */
    public static SdkClient asynchronous(MNSClient mns) {
        return new SdkClient(mns, new AsynchronousCalls(mns));
    }

    @Override
    public String createQueue(String queue, QueueSettings settings) throws RefusedException {
        return answerOf(() -> calls.createQueue(Translation.toSdk(queue, settings)));
    }

    @Override
    public void setQueueAttributes(String queue, QueueSettings settings) throws RefusedException {
        run(() -> calls.setAttributes(Translation.toSdk(queue, settings)));
    }

    @Override
    public QueueView getQueueAttributes(String queue) throws RefusedException {
        return Translation.toView(answerOf(() -> calls.getAttributes(queue)));
    }

    @Override
    public void deleteQueue(String queue) throws RefusedException {
        run(() -> calls.deleteQueue(queue));
    }

    @Override
    public QueuePage<QueueView> listQueues(String prefix, Optional<String> marker, int atMost) throws RefusedException {
        return answerOf(() -> calls.listQueue(prefix, marker.orElse(null), atMost))
                .map(page -> new QueuePage<>(
                        page.getResult().stream().map(Translation::toView).toList(),
                        Optional.ofNullable(page.getMarker())))
                .orElse(new QueuePage<>(List.of(), Optional.empty()));
    }

    @Override
    public QueuePage<String> listQueueURLs(String prefix, Optional<String> marker, int atMost) throws RefusedException {
        PagingListResult<String> page = answerOf(() -> mns.listQueueURL(prefix, marker.orElse(null), atMost));
        return new QueuePage<>(page.getResult(), Optional.ofNullable(page.getMarker()));
    }

    @Override
    public SentMessage send(String queue, OutgoingMessage message) throws RefusedException {
        return Translation.toSent(answerOf(() -> calls.put(queue, Translation.toSdk(message))));
    }

    @Override
    public List<SentMessage> sendBatch(String queue, List<OutgoingMessage> messages) throws RefusedException {
        List<Message> batch = messages.stream().map(Translation::toSdk).toList();
        return answerOf(() -> calls.batchPut(queue, batch)).stream()
                .map(Translation::toSent)
                .toList();
    }

    @Override
    public Optional<IncomingMessage> receive(String queue) throws RefusedException {
        return answerOf(() -> calls.pop(queue)).map(Translation::toIncoming);
    }

    @Override
    public Optional<IncomingMessage> receive(String queue, int waitSeconds) throws RefusedException {
        return answerOf(() -> calls.pop(queue, waitSeconds)).map(Translation::toIncoming);
    }

    @Override
    public List<IncomingMessage> receiveBatch(String queue, int atMost, int waitSeconds) throws RefusedException {
        return answerOf(() -> calls.batchPop(queue, atMost, waitSeconds)).stream()
                .map(Translation::toIncoming)
                .toList();
    }

    @Override
    public Optional<IncomingMessage> peek(String queue) throws RefusedException {
        return answerOf(() -> calls.peek(queue)).map(Translation::toIncoming);
    }

    @Override
    public List<IncomingMessage> peekBatch(String queue, int atMost) throws RefusedException {
        return answerOf(() -> calls.batchPeek(queue, atMost)).stream()
                .map(Translation::toIncoming)
                .toList();
    }

    @Override
    public ChangedVisibility changeVisibility(String queue, String receiptHandle, int seconds) throws RefusedException {
        Message changed = answerOf(() -> calls.changeVisibility(queue, receiptHandle, seconds));
        return new ChangedVisibility(
                changed.getReceiptHandle(), changed.getNextVisibleTime().toInstant());
    }

    @Override
    public void delete(String queue, String receiptHandle) throws RefusedException {
        run(() -> calls.delete(queue, receiptHandle));
    }

    @Override
    public void deleteBatch(String queue, List<String> receiptHandles) throws RefusedException {
        run(() -> calls.batchDelete(queue, receiptHandles));
    }

    @Override
    public String getLoggingBucket() throws RefusedException {
        return answerOf(() -> ThisSdk.getAccountAttributes(mns)).getLoggingBucket();
    }

    @Override
    public void setLoggingBucket(String bucket) throws RefusedException {
        run(() -> ThisSdk.setAccountAttributes(mns, Translation.accountAttributes(bucket)));
    }

    @Override
    public String exceptionFor(Operation operation, String code) {
        return calls.exceptionFor(operation, code);
    }

    @Override
    public void close() {
        mns.close();
    }

    private static <T> T answerOf(Call<T> call) throws RefusedException {
        try {
            return call.run();
        } catch (Exception thrown) {
            throw refused(thrown);
        }
    }

    private static void run(Action action) throws RefusedException {
        try {
            action.run();
        } catch (Exception thrown) {
            throw refused(thrown);
        }
    }

    private static RefusedException refused(Exception thrown) {
        ServiceException error = serviceExceptionIn(thrown);
        if (error instanceof BatchDeleteException partial) {
            return new RefusedException(thrown, "", "", codes(partial.getErrorMessages()));
        }
        return error == null
                ? new RefusedException(thrown, "", "", Map.of())
                : new RefusedException(thrown, error.getErrorCode(), error.getRequestId(), Map.of());
    }

    private static @Nullable ServiceException serviceExceptionIn(Exception thrown) {
        if (thrown instanceof ServiceException error) {
            return error;
        }
        return thrown.getCause() instanceof ServiceException error ? error : null;
    }

    private static Map<String, String> codes(Map<String, ErrorMessageResult> refusals) {
        return refusals.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().getErrorCode()));
    }

    /** A call of the SDK that answers. */
    private interface Call<T> {
        T run() throws Exception;
    }

    /** A call of the SDK that answers nothing. */
    private interface Action {
        void run() throws Exception;
    }
}
