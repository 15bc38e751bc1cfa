package io.bida.message.delivery;

import io.bida.cluster.ClusterCalls;
import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.ChangedVisibility;
import io.bida.message.DeleteOutcome;
import io.bida.message.NewMessage;
import io.bida.message.PeekedMessage;
import io.bida.message.ReceiptHandles;
import io.bida.message.ReceiveRequest;
import io.bida.message.ReceivedMessage;
import io.bida.message.SendOutcome;
import io.bida.message.SentMessage;
import io.bida.message.store.MessageStore;
import io.bida.message.store.PartitionLeaders;
import io.bida.queue.Queue;
import io.bida.queue.QueueCounters;
import io.bida.queue.QueueStatistics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with the messages of a queue, wherever its partitions are served; here: by this node.
 *
 * <p>Takes checked values; resolves the queue's attributes. Safe for use by any thread.
 */
@ApplicationScoped
public class MessageDelivery implements QueueCounters {

    @Inject
    LocalQueues localQueues;

    private volatile @Nullable ClusterQueues cluster;
    private volatile @Nullable String sendsRefusedBecause;
    private volatile long longestWaitMillis = Long.MAX_VALUE;

    /**
     * Begins to serve all queues on this node alone.
     *
     * @param executor runs answers; may be busy, must not refuse
     * @param scans reads stored messages again; must not be the executor that completes writes
     */
    public void serve(
            MessageStore store,
            ReceiptHandles handles,
            ScheduledExecutorService scheduler,
            Executor executor,
            Executor scans) {
        localQueues.start(store, PartitionLeaders.ALONE, OtherNodes.NONE, handles, scheduler, executor, scans);
    }

    /** Answers other nodes from now on; before this node serves, that it leads nothing yet. */
    public void answer(ClusterCalls calls) {
        calls.serve(ClusterCalls.Subject.MESSAGES, new CalledQueues(localQueues));
    }

    /**
     * Tells this listener why this node should end when its disk cannot be read, so that others serve what it leads; to
     * be called before it serves.
     */
    public void whenUnreadable(Consumer<String> listener) {
        localQueues.whenUnreadable(listener);
    }

    /**
     * Begins to serve all queues together with the other nodes of the cluster.
     *
     * @param leaders says which partitions this node leads
     * @param executor runs answers; may be busy, must not refuse
     * @param scans reads stored messages again; must not be the executor that completes writes
     */
    public void serve(
            ClusterCalls calls,
            PartitionLeaders leaders,
            MessageStore store,
            ReceiptHandles handles,
            ScheduledExecutorService scheduler,
            Executor executor,
            Executor scans) {
        LeaderCalls leaderCalls = new LeaderCalls(calls, leaders, localQueues, executor);
        answer(calls);
        cluster = new ClusterQueues(leaderCalls, localQueues, handles);
        OtherNodes others = new ClusterOtherNodes(leaderCalls, localQueues);
        localQueues.start(store, leaders, others, handles, scheduler, executor, scans);
    }

    /**
     * From now on sends are refused as unavailable, because the disk of this node is nearly full; receives and deletes
     * go on. To be repeated each second while it is: the other nodes of a cluster, which write their copies here, are
     * told to refuse what would be kept here, and forget it after five seconds.
     */
    public void refuseSends(String reason) {
        sendsRefusedBecause = reason;
        ClusterQueues spread = cluster;
        if (spread != null) {
            spread.diskIsScarce(true);
        }
    }

    /** From now on sends are accepted. */
    public void acceptSends() {
        sendsRefusedBecause = null;
        ClusterQueues spread = cluster;
        if (spread != null) {
            spread.diskIsScarce(false);
        }
    }

    /** Ends every wait of a receive, as an empty one; later ones wait no longer than this. */
    public void endWaits(Duration longest) {
        longestWaitMillis = longest.toMillis();
        localQueues.endWaits();
    }

    /** Stores a message; completes when it is kept. */
    public CompletionStage<SentMessage> send(Queue queue, NewMessage message) {
        Outgoing outgoing = outgoing(queue, message);
        accepting().send(queue, List.of(outgoing));
        return outgoing.answer();
    }

    /** Stores messages; completes when the fate of each is known. */
    public CompletionStage<List<SendOutcome>> send(Queue queue, List<NewMessage> messages) {
        List<Outgoing> outgoing =
                messages.stream().map(message -> outgoing(queue, message)).toList();
        accepting().send(queue, outgoing);
        List<CompletableFuture<SendOutcome>> outcomes = new ArrayList<>();
        for (Outgoing each : outgoing) {
            outcomes.add(each.answer()
                    .handle((sent, failure) ->
                            failure == null ? new SendOutcome.Sent(sent) : new SendOutcome.Failed(reason(failure))));
        }
        return all(outcomes);
    }

    /** Takes messages, waiting for the first one as long as asked. */
    public CompletionStage<List<ReceivedMessage>> receive(Queue queue, ReceiveRequest request) {
        long waitMillis = request.waitSeconds().isPresent()
                ? request.waitSeconds().getAsInt() * 1000L
                : queue.attributes().pollingWait().toMillis();
        return parts().receive(
                        queue,
                        request.maxMessages(),
                        queue.attributes().visibilityTimeout().toMillis(),
                        Math.min(waitMillis, longestWaitMillis),
                        request.clientPresent());
    }

    /** Looks at messages without any effect. */
    public CompletionStage<List<PeekedMessage>> peek(Queue queue, int maxMessages) {
        return parts().peek(queue, maxMessages);
    }

    /** Deletes a message; completes when that is kept. */
    public CompletionStage<Void> delete(Queue queue, String receiptHandle) {
        return parts().delete(queue, List.of(receiptHandle)).get(0).thenApply(deleted -> null);
    }

    /** Deletes messages; completes when the fate of each is known. */
    public CompletionStage<List<DeleteOutcome>> delete(Queue queue, List<String> receiptHandles) {
        List<CompletableFuture<Boolean>> deletes = parts().delete(queue, receiptHandles);
        List<CompletableFuture<DeleteOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < deletes.size(); i++) {
            String handle = receiptHandles.get(i);
            outcomes.add(deletes.get(i)
                    .handle((deleted, failure) -> failure == null
                            ? new DeleteOutcome.Deleted(handle)
                            : new DeleteOutcome.Failed(handle, reason(failure))));
        }
        return all(outcomes);
    }

    /** Sets anew when a hidden message becomes receivable. */
    public CompletionStage<ChangedVisibility> changeVisibility(
            Queue queue, String receiptHandle, int visibilitySeconds) {
        return parts().changeVisibility(queue, receiptHandle, visibilitySeconds * 1000L);
    }

    @Override
    public CompletionStage<Map<Long, QueueStatistics>> statistics(List<Queue> queues) {
        return parts().statistics(queues);
    }

    private QueueParts parts() {
        ClusterQueues spread = cluster;
        return spread == null ? localQueues : spread;
    }

    private QueueParts accepting() {
        String refused = sendsRefusedBecause;
        if (refused != null) {
            throw new ServiceUnavailableException(refused);
        }
        return parts();
    }

    private static Outgoing outgoing(Queue queue, NewMessage message) {
        int delay = message.delaySeconds().isPresent()
                ? message.delaySeconds().getAsInt()
                : (int) queue.attributes().delay().toSeconds();
        return new Outgoing(
                message, delay, (int) queue.attributes().retentionPeriod().toSeconds());
    }

    private static <T> CompletionStage<List<T>> all(List<CompletableFuture<T>> outcomes) {
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(
                        done -> outcomes.stream().map(CompletableFuture::join).toList());
    }

    private static ServiceException reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ServiceException known
                ? known
                : new ServiceUnavailableException("the message store does not answer");
    }
}
