package io.bida.message.delivery;

import static io.bida.message.delivery.CalledQueues.reason;
import static io.bida.message.delivery.CalledQueues.request;

import io.bida.message.ChangedVisibility;
import io.bida.message.MessageNotExistException;
import io.bida.message.PeekedMessage;
import io.bida.message.ReceiptHandleException;
import io.bida.message.ReceiptHandles;
import io.bida.message.ReceiptHandles.Claim;
import io.bida.message.ReceivedMessage;
import io.bida.queue.Queue;
import io.bida.queue.QueueStatistics;
import java.io.DataOutputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * The queues of a cluster: does here what this node leads, and asks the leaders for the rest.
 *
 * <p>An act with a receipt handle goes to the leader of the handle's partition, whichever node gave the handle out.
 */
final class ClusterQueues implements QueueParts {

    private final LeaderCalls calls;
    private final LocalQueues local;
    private final ReceiptHandles handles;
    private final ClusterSends sends;
    private final ClusterDeletes deletes;

    ClusterQueues(LeaderCalls calls, LocalQueues local, ReceiptHandles handles) {
        this.calls = calls;
        this.local = local;
        this.handles = handles;
        sends = new ClusterSends(calls, local);
        deletes = new ClusterDeletes(calls, local, handles);
    }

    /** Tells all nodes whether the disk of this one is nearly full; to be repeated each second while it is. */
    void diskIsScarce(boolean isScarce) {
        local.heardOfDisk(calls.self(), isScarce);
        calls.tellOthers(request(QueueOperation.DISK, 0, out -> out.writeBoolean(isScarce)));
    }

    @Override
    public void send(Queue queue, List<Outgoing> messages) {
        sends.send(queue, messages);
    }

    @Override
    public CompletionStage<List<ReceivedMessage>> receive(
            Queue queue, int maxMessages, long visibilityMillis, long waitMillis, BooleanSupplier clientPresent) {
        return local.localQueue(queue).receive(maxMessages, visibilityMillis, waitMillis, clientPresent);
    }

    @Override
    public List<CompletableFuture<Boolean>> delete(Queue queue, List<String> receiptHandles) {
        return deletes.delete(queue, receiptHandles);
    }

    @Override
    public CompletionStage<ChangedVisibility> changeVisibility(Queue queue, String handle, long visibilityMillis) {
        Optional<Claim> claim = handles.read(queue.id(), queue.partitions(), handle);
        if (claim.isEmpty()) {
            return CompletableFuture.failedFuture(new ReceiptHandleException());
        }
        byte[] request = request(QueueOperation.CHANGE_VISIBILITY, queue.id(), out -> {
            CallForm.writeText(out, handle);
            out.writeLong(visibilityMillis);
        });
        return calls.byLeader(
                queue.id(),
                claim.get().partition(),
                () -> local.localQueue(queue).changeVisibility(handle, visibilityMillis),
                request,
                CallForm::readChanged);
    }

    @Override
    public CompletionStage<List<PeekedMessage>> peek(Queue queue, int maxMessages) {
        byte[] request = request(QueueOperation.PEEK, queue.id(), out -> out.writeInt(maxMessages));
        return calls.askEveryLeader(
                        List.of(queue),
                        () -> local.localQueue(queue).peek(maxMessages).exceptionally(ClusterQueues::noneIfNone),
                        same -> request,
                        in -> CallForm.readEach(in, CallForm::readPeeked))
                .thenApply(found -> {
                    List<PeekedMessage> best = found.stream()
                            .flatMap(List::stream)
                            .sorted(Comparator.<PeekedMessage>comparingInt(
                                            m -> m.priority().value())
                                    .thenComparingLong(m -> m.id().position()))
                            .limit(maxMessages)
                            .toList();
                    if (best.isEmpty()) {
                        throw new MessageNotExistException();
                    }
                    return best;
                });
    }

    @Override
    public CompletionStage<Map<Long, QueueStatistics>> statistics(List<Queue> queues) {
        return calls.askEveryLeader(
                        queues,
                        () -> local.statistics(queues),
                        led -> request(QueueOperation.COUNT, 0, out -> {
                            List<Long> ids = led.stream().map(Queue::id).toList();
                            CallForm.writeEach(out, ids, DataOutputStream::writeLong);
                        }),
                        CallForm::readCounts)
                .thenApply(ClusterQueues::sum);
    }

    /** Of the queues that are known here, which is the first to be asked. */
    private static Map<Long, QueueStatistics> sum(List<Map<Long, QueueStatistics>> counts) {
        Map<Long, QueueStatistics> sum = new HashMap<>(counts.get(0));
        counts.subList(1, counts.size())
                .forEach(elsewhere ->
                        elsewhere.forEach((id, count) -> sum.computeIfPresent(id, (same, here) -> here.plus(count))));
        return sum;
    }

    private static <T> List<T> noneIfNone(Throwable failure) {
        if (reason(failure) instanceof MessageNotExistException) {
            return List.of();
        }
        throw reason(failure);
    }
}
