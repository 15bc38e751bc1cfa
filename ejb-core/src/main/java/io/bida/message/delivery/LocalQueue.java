package io.bida.message.delivery;

import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.ChangedVisibility;
import io.bida.message.PeekedMessage;
import io.bida.message.ReceiptHandleException;
import io.bida.message.ReceiptHandles.Claim;
import io.bida.message.ReceivedMessage;
import io.bida.queue.QueueStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The part of one queue that this node serves: takes what callers ask for, and settles it with the queue's partitions.
 *
 * <p>Any thread may call; everything happens in the queue's {@link Mailbox}, one step after the other, and no step
 * waits for the disk. Lives from the first use on this node until the queue is deleted or the node stops.
 */
final class LocalQueue {

    private static final Logger LOG = Logger.getLogger(LocalQueue.class);

    private final QueueSteps steps;
    private final LocalPartition[] partitions;
    private final Receives receives;
    private final Consumer<LocalQueue> whenOver;
    private int nextPartition;
    private boolean distrusted;
    private long nextDue = Long.MAX_VALUE;
    private long nextEndOfWait = Long.MAX_VALUE;

    /**
     * The queue's part here, whose stored messages begin to be read again.
     *
     * @param whenOver told when this queue cannot be trusted any more and nothing is under way; then another may be
     *     made
     */
    LocalQueue(long id, int partitionCount, DeliveryServices services, Consumer<LocalQueue> whenOver) {
        this.whenOver = whenOver;
        steps = new QueueSteps(id, services, this::settle);
        partitions = new LocalPartition[partitionCount];
        for (int index = 0; index < partitionCount; index++) {
            partitions[index] = new LocalPartition(this, steps, index);
        }
        receives = new Receives(partitions);
        for (LocalPartition partition : partitions) {
            partition.recover();
        }
    }

    // ---- what callers ask for ----

    /** Stores the messages; each one's answer completes by itself. */
    void send(List<Outgoing> messages) {
        steps.post(() -> {
            LocalPartition partition = partitions[nextPartition];
            nextPartition = (nextPartition + 1) % partitions.length;
            messages.forEach(partition::send);
        });
    }

    /** Takes up to so many messages, waiting for the first one. */
    CompletionStage<List<ReceivedMessage>> receive(
            int maxMessages, long visibilityMillis, long waitMillis, BooleanSupplier clientPresent) {
        CompletableFuture<List<ReceivedMessage>> answer = new CompletableFuture<>();
        long deadline = steps.monotonicMillis() + waitMillis;
        Receiving receiving =
                new Receiving(steps, receives, maxMessages, visibilityMillis, deadline, clientPresent, answer);
        steps.post(() -> receives.add(receiving));
        return answer;
    }

    /** Looks at up to so many messages. */
    CompletionStage<List<PeekedMessage>> peek(int maxMessages) {
        CompletableFuture<List<PeekedMessage>> answer = new CompletableFuture<>();
        Peek peek = new Peek(steps, partitions, maxMessages, answer);
        steps.post(() -> whenRecovered(answer, peek::look));
        return answer;
    }

    /** Deletes the messages that the handles stand for, those of one bundle together; answers in the same order. */
    List<CompletableFuture<Boolean>> delete(List<String> handles) {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        List<Runnable> acts = new ArrayList<>();
        for (String handle : handles) {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            answers.add(answer);
            claim(handle, answer)
                    .ifPresent(claim -> acts.add(() -> {
                        LocalPartition partition = partitions[claim.partition()];
                        partition.act(claim, new DeleteAct(partition, steps, claim, answer));
                    }));
        }
        steps.post(() -> acts.forEach(Runnable::run));
        return answers;
    }

    /** Sets anew when the message that the handle stands for becomes receivable. */
    CompletionStage<ChangedVisibility> changeVisibility(String handle, long visibilityMillis) {
        CompletableFuture<ChangedVisibility> answer = new CompletableFuture<>();
        claim(handle, answer)
                .ifPresent(claim -> steps.post(() -> {
                    LocalPartition partition = partitions[claim.partition()];
                    partition.act(claim, new ChangeVisibilityAct(partition, steps, claim, visibilityMillis, answer));
                }));
        return answer;
    }

    /** What the handle claims; empty, and answered, if it is no handle of this queue. */
    private Optional<Claim> claim(String handle, CompletableFuture<?> answer) {
        Optional<Claim> claim = steps.services()
                .handles()
                .read(steps.queueId(), handle)
                .filter(c -> c.partition() >= 0 && c.partition() < partitions.length);
        if (claim.isEmpty()) {
            answer.completeExceptionally(new ReceiptHandleException());
        }
        return claim;
    }

    /** The exact counts; complete at once unless stored messages are still being read again. */
    CompletionStage<QueueStatistics> statistics() {
        CompletableFuture<QueueStatistics> answer = new CompletableFuture<>();
        steps.post(() -> whenRecovered(answer, () -> {
            QueueStatistics sum = QueueStatistics.EMPTY;
            for (LocalPartition partition : partitions) {
                sum = sum.plus(new QueueStatistics(
                        partition.order().active(),
                        partition.order().inactive(),
                        partition.order().delayed()));
            }
            QueueStatistics counts = sum;
            steps.answer(() -> answer.complete(counts));
        }));
        return answer;
    }

    /** Removes messages whose retention is over. */
    void expire() {
        steps.post(() -> {
            long now = steps.nowMillis();
            for (LocalPartition partition : partitions) {
                partition.expiry().expire(now);
            }
        });
    }

    /** Begins to rewrite small the bundles that have been mostly dead for minutes. */
    void rewriteSparse() {
        steps.post(() -> {
            for (LocalPartition partition : partitions) {
                partition.sparse().rewriteDue();
            }
        });
    }

    /** Answers everybody with the reason, now and from now on. What is being written is still acknowledged. */
    void close(ServiceException reason) {
        close(reason, reason);
    }

    /** The same with a reason of its own for the receives that wait now. */
    void close(ServiceException reason, ServiceException toWaiting) {
        steps.post(() -> {
            receives.close(reason, toWaiting);
            for (LocalPartition partition : partitions) {
                partition.close(reason);
            }
        });
    }

    // ---- within the mailbox ----

    /** The queue cannot go on, and says so to everybody from now on. */
    void failed(String what, Throwable cause) {
        LOG.errorf(cause, "Queue %d %s", steps.queueId(), what);
        close(new ServiceUnavailableException("the queue " + what));
    }

    /**
     * Something threw that never should, so what memory says may be wrong: everybody is answered, and when the store
     * has answered too, the next use reads the stored messages again.
     */
    void distrust(RuntimeException cause) {
        if (!distrusted) {
            distrusted = true;
            failed("is read again because of an error", cause);
        }
    }

    /** How many stored bundles cannot be read; for any thread. */
    int unreadableBundles() {
        int sum = 0;
        for (LocalPartition partition : partitions) {
            sum += partition.unreadableBundles();
        }
        return sum;
    }

    private void whenRecovered(CompletableFuture<?> answer, Runnable step) {
        for (LocalPartition partition : partitions) {
            Optional<ServiceException> closed = partition.closedBecause();
            if (closed.isPresent()) {
                steps.refuse(answer, closed.get());
                return;
            }
            if (partition.isRecovering()) {
                partition.onceRecovered(() -> whenRecovered(answer, step));
                return;
            }
        }
        step.run();
    }

    /** Brings everything that came in since the last run to its effect. */
    private void settle() {
        try {
            bringToEffect();
        } catch (RuntimeException e) {
            distrust(e);
        }
        if (distrusted && isIdle()) {
            whenOver.accept(this);
        }
    }

    private boolean isIdle() {
        for (LocalPartition partition : partitions) {
            if (!partition.isClosed() || !partition.isIdle()) {
                return false;
            }
        }
        return true;
    }

    private void bringToEffect() {
        long now = steps.nowMillis();
        for (LocalPartition partition : partitions) {
            partition.order().advance(now);
        }
        long monotonic = steps.monotonicMillis();
        boolean acted = true;
        while (acted) {
            receives.serve(now, monotonic);
            acted = false;
            for (LocalPartition partition : partitions) {
                acted |= partition.settle(now);
            }
        }
        askToBeWoken();
    }

    /** What to do when a deadline has come is found out by settling again. */
    private void askToBeWoken() {
        long due = Long.MAX_VALUE;
        for (LocalPartition partition : partitions) {
            due = Math.min(due, partition.order().nextDue());
        }
        if (due < nextDue) {
            nextDue = due;
            steps.services().deadlines().wakeAt(due, () -> steps.post(() -> nextDue = Long.MAX_VALUE));
        }
        long endOfWait = receives.nextDeadline();
        if (endOfWait < nextEndOfWait) {
            nextEndOfWait = endOfWait;
            steps.services().waits().wakeAt(endOfWait, () -> steps.post(() -> nextEndOfWait = Long.MAX_VALUE));
        }
    }
}
