package io.bida.message.delivery;

import static io.bida.message.delivery.CalledQueues.reason;
import static io.bida.message.delivery.CalledQueues.request;

import io.bida.error.ServiceUnavailableException;
import io.bida.message.SentMessage;
import io.bida.message.delivery.CallForm.Reading;
import io.bida.queue.Queue;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends in a cluster: into a partition that is led here if there is one, so that a send needs no other node but for its
 * copies.
 *
 * <p>A send whose fate is unknown is not tried again, because that could double the message.
 */
final class ClusterSends {

    private final LeaderCalls calls;
    private final LocalQueues local;

    ClusterSends(LeaderCalls calls, LocalQueues local) {
        this.calls = calls;
        this.local = local;
    }

    /** Stores the messages; each one's answer completes by itself. */
    void send(Queue queue, List<Outgoing> messages) {
        send(queue, messages, LeaderCalls.end());
    }

    private void send(Queue queue, List<Outgoing> messages, long end) {
        UUID target;
        try {
            target = nodeToSendTo(queue);
        } catch (ServiceUnavailableException e) {
            messages.forEach(message -> message.answer().completeExceptionally(e));
            return;
        }
        List<Outgoing> attempts = messages.stream().map(Outgoing::again).toList();
        for (int i = 0; i < messages.size(); i++) {
            Outgoing message = messages.get(i);
            CompletionStage<SentMessage> attempt = attempts.get(i).answer();
            attempt.whenComplete((sent, failure) -> {
                if (failure == null) {
                    message.answer().complete(sent);
                } else if (reason(failure) instanceof NotLeaderException && !LeaderCalls.isOver(end)) {
                    calls.later(queue.id(), message.answer(), () -> send(queue, List.of(message), end));
                } else {
                    message.answer().completeExceptionally(reason(failure));
                }
            });
        }
        if (calls.isHere(target)) {
            local.localQueue(queue).send(attempts);
        } else {
            sendTo(target, queue, attempts);
        }
    }

    /**
     * This one if it leads any partition of the queue that can take more.
     *
     * @throws ServiceUnavailableException if nobody may serve, or no partition can take more
     */
    private UUID nodeToSendTo(Queue queue) {
        int first = ThreadLocalRandom.current().nextInt(queue.partitions());
        boolean hasRoom = false;
        UUID other = null;
        for (int i = 0; i < queue.partitions(); i++) {
            int partition = (first + i) % queue.partitions();
            if (!local.haveRoomFor(queue.id(), partition)) {
                continue;
            }
            hasRoom = true;
            if (calls.leadsHere(queue.id(), partition)) {
                return calls.self();
            }
            if (other == null) {
                other = calls.leader(queue.id(), partition);
            }
        }
        if (other == null) {
            throw hasRoom ? LeaderCalls.cutOff() : ScarceDisks.refusal();
        }
        return other;
    }

    private void sendTo(UUID node, Queue queue, List<Outgoing> attempts) {
        byte[] request =
                request(QueueOperation.SEND, queue.id(), out -> CallForm.writeEach(out, attempts, CallForm::writeNew));
        Reading<List<CompletionStage<SentMessage>>> outcomes =
                in -> CallForm.readEach(in, one -> LeaderCalls.outcome(one, CallForm::readSent));
        calls.ask(node, request, outcomes, LeaderCalls.WRITE_LIMIT).whenComplete((all, failure) -> {
            for (int i = 0; i < attempts.size(); i++) {
                CompletableFuture<SentMessage> answer = attempts.get(i).answer();
                if (failure != null) {
                    answer.completeExceptionally(LeaderCalls.publicReason(failure));
                } else {
                    all.get(i).whenComplete((sent, refused) -> LeaderCalls.finish(answer, sent, refused));
                }
            }
        });
    }
}
