package io.bida.message.delivery;

import static io.bida.message.delivery.CalledQueues.request;

import io.bida.message.ReceivedMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The other nodes of the cluster, as the parts of queues here ask them. */
final class ClusterOtherNodes implements OtherNodes {

    private static final Logger LOG = Logger.getLogger(ClusterOtherNodes.class);

    private final LeaderCalls calls;
    private final LocalQueues local;

    ClusterOtherNodes(LeaderCalls calls, LocalQueues local) {
        this.calls = calls;
        this.local = local;
    }

    @Override
    public boolean serve(long queueId, int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            if (!calls.leadsHere(queueId, partition)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public CompletionStage<List<ReceivedMessage>> pull(
            long queueId, int partitions, int maxMessages, long visibilityMillis, boolean waits) {
        byte[] request = request(QueueOperation.PULL, queueId, out -> {
            out.writeInt(maxMessages);
            out.writeLong(visibilityMillis);
            out.writeBoolean(waits);
        });
        List<UUID> others = new ArrayList<>(calls.otherLeaders(queueId, partitions));
        Collections.shuffle(others, ThreadLocalRandom.current());
        return pullFromFirst(others, 0, request);
    }

    private CompletionStage<List<ReceivedMessage>> pullFromFirst(List<UUID> nodes, int index, byte[] request) {
        if (index == nodes.size()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return calls.ask(
                        nodes.get(index),
                        request,
                        in -> CallForm.readEach(in, CallForm::readReceived),
                        LeaderCalls.CALL_LIMIT)
                .exceptionally(failure -> {
                    LOG.debugf("Nothing received from another node: %s", failure);
                    return List.of(); // it is leaving or taking over; what it took comes back when its hiding ends
                })
                .thenCompose(messages -> messages.isEmpty()
                        ? pullFromFirst(nodes, index + 1, request)
                        : CompletableFuture.completedFuture(messages));
    }

    @Override
    public void hint(long queueId, UUID node) {
        calls.ask(node, request(QueueOperation.HINT, queueId, out -> {}), in -> true, LeaderCalls.CALL_LIMIT)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.debugf("A hint got lost: %s", failure);
                    }
                });
    }

    @Override
    public CompletionStage<Void> adopt(long queueId, int partition, long bundle) {
        return byLeader(
                QueueOperation.ADOPT,
                queueId,
                partition,
                bundle,
                () -> local.localQueue(queueId).adopt(partition, bundle));
    }

    @Override
    public void changed(long queueId, int partition, long bundle) {
        byLeader(
                        QueueOperation.CHANGED,
                        queueId,
                        partition,
                        bundle,
                        () -> local.localQueue(queueId).changed(partition, bundle))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.debugf("The leader is not told of a change: %s", failure);
                    }
                });
    }

    private CompletionStage<Void> byLeader(
            QueueOperation operation, long queueId, int partition, long bundle, Supplier<CompletionStage<Void>> here) {
        byte[] request = request(operation, queueId, out -> {
            out.writeInt(partition);
            out.writeLong(bundle);
        });
        return calls.byLeader(queueId, partition, () -> here.get().thenApply(done -> true), request, in -> true)
                .thenApply(done -> null);
    }
}
