package io.bida.message.delivery;

import static io.bida.message.delivery.CalledQueues.request;

import io.bida.message.ReceiptHandleException;
import io.bida.message.ReceiptHandles;
import io.bida.message.ReceiptHandles.Claim;
import io.bida.queue.Queue;
import java.io.DataInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Deletes in a cluster: each goes to the leader of its message's partition, those for one leader together. */
final class ClusterDeletes {

    private final LeaderCalls calls;
    private final LocalQueues local;
    private final ReceiptHandles handles;

    ClusterDeletes(LeaderCalls calls, LocalQueues local, ReceiptHandles handles) {
        this.calls = calls;
        this.local = local;
        this.handles = handles;
    }

    /** Deletes the messages that the handles stand for; answers in the same order. */
    List<CompletableFuture<Boolean>> delete(Queue queue, List<String> receiptHandles) {
        List<Deleting> deletes = new ArrayList<>();
        for (String handle : receiptHandles) {
            deletes.add(new Deleting(
                    handle, handles.read(queue.id(), queue.partitions(), handle), false, new CompletableFuture<>()));
        }
        delete(queue, deletes.stream().filter(Deleting::isKnown).toList(), LeaderCalls.end());
        return deletes.stream().map(Deleting::answer).toList();
    }

    /**
     * A delete that is going on.
     *
     * @param isUnknown whether a node that did not answer may have done it already: then that the message is gone says
     *     nothing about the handle
     */
    private record Deleting(
            String handle, Optional<Claim> claim, boolean isUnknown, CompletableFuture<Boolean> answer) {

        private Deleting {
            if (claim.isEmpty()) {
                answer.completeExceptionally(new ReceiptHandleException());
            }
        }

        private Deleting ofUnknownFate() {
            return new Deleting(handle, claim, true, answer);
        }

        private boolean isKnown() {
            return claim.isPresent();
        }

        private int partition() {
            return claim.orElseThrow().partition();
        }
    }

    private void delete(Queue queue, List<Deleting> deletes, long end) {
        Map<UUID, List<Deleting>> byLeader = new HashMap<>();
        for (Deleting each : deletes) {
            UUID leader = calls.leader(queue.id(), each.partition());
            if (leader == null) {
                each.answer().completeExceptionally(LeaderCalls.cutOff());
            } else {
                byLeader.computeIfAbsent(leader, node -> new ArrayList<>()).add(each);
            }
        }
        byLeader.forEach((leader, together) -> {
            List<CompletionStage<Boolean>> attempts = deleteOn(
                    leader, queue, together.stream().map(Deleting::handle).toList());
            for (int i = 0; i < attempts.size(); i++) {
                Deleting each = together.get(i);
                attempts.get(i).whenComplete((deleted, failure) -> {
                    if (failure != null && LeaderCalls.mayRepeat(failure) && !LeaderCalls.isOver(end)) {
                        Deleting next = LeaderCalls.isCallFailed(failure) ? each.ofUnknownFate() : each;
                        calls.later(queue.id(), next.answer(), () -> delete(queue, List.of(next), end));
                    } else {
                        LeaderCalls.finish(
                                each.answer(),
                                deleted,
                                each.isUnknown() ? LeaderCalls.unlessDoneBefore(failure) : failure);
                    }
                });
            }
        });
    }

    private List<CompletionStage<Boolean>> deleteOn(UUID leader, Queue queue, List<String> receiptHandles) {
        if (calls.isHere(leader)) {
            return List.copyOf(local.localQueue(queue).delete(receiptHandles));
        }
        byte[] request = request(
                QueueOperation.DELETE, queue.id(), out -> CallForm.writeEach(out, receiptHandles, CallForm::writeText));
        CompletionStage<List<CompletionStage<Boolean>>> outcomes = calls.ask(
                leader,
                request,
                in -> CallForm.readEach(in, one -> LeaderCalls.outcome(one, DataInputStream::readBoolean)),
                LeaderCalls.WRITE_LIMIT);
        List<CompletionStage<Boolean>> each = new ArrayList<>();
        for (int i = 0; i < receiptHandles.size(); i++) {
            int index = i;
            each.add(outcomes.thenCompose(all -> all.get(index)));
        }
        return each;
    }
}
