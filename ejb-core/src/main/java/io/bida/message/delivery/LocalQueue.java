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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The part of one queue that this node serves: takes what callers ask for, and settles it with the queue's partitions.
 *
 * <p>Any thread may call; everything happens in the queue's {@link Mailbox}, one step after the other, and no step
 * waits for the disk. Lives from the first use on this node until the queue is deleted or the node stops.
 */
final class LocalQueue {

    private static final Logger LOG = Logger.getLogger(LocalQueue.class);

    /**
     * How long a receive waits at most before it asks other nodes again, in milliseconds: 5000, our choice. They hint
     * when they have something; this is for a hint that got lost.
     */
    private static final long ASK_AGAIN_MILLIS = 5000;

    private final QueueSteps steps;

    /** By index; null where this node leads nothing. One that is closed stays until its store has answered. */
    private final @Nullable LocalPartition[] partitions;

    /** Those that are led now, in the order of their indexes. */
    private final List<LocalPartition> led = new ArrayList<>();

    private final SendTurns turns;
    private final Receives receives;
    private final Consumer<LocalQueue> whenOver;

    /** Nodes whose receivers wait for messages from here. */
    private final Set<UUID> interested = new LinkedHashSet<>();

    private @Nullable ServiceException closed;
    private boolean leadershipMayHaveChanged;
    private boolean distrusted;
    private long nextDue = Long.MAX_VALUE;
    private long nextEndOfWait = Long.MAX_VALUE;
    private boolean willAskAgain;

    /** How many messages of this queue are among those counted for the node. */
    private long counted;

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
        turns = new SendTurns(steps, led);
        receives = new Receives(steps, led, partitionCount);
        leadWhatIsOurs();
    }

    // ---- what callers ask for ----

    /** Stores the messages; each one's answer completes by itself. */
    void send(List<Outgoing> messages) {
        steps.post(() -> {
            Optional<LocalPartition> partition = turns.partitionFor(messages.size());
            ServiceException reason = led.isEmpty() ? notHere() : ScarceDisks.refusal();
            partition.ifPresentOrElse(
                    to -> messages.forEach(to::send),
                    () -> messages.forEach(message -> steps.refuse(message.answer(), reason)));
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

    /**
     * Takes up to so many messages for another node; what is being read again is not waited for.
     *
     * @param waits whether that node wants a hint when there is something
     */
    CompletionStage<List<ReceivedMessage>> pull(UUID node, int maxMessages, long visibilityMillis, boolean waits) {
        CompletableFuture<List<ReceivedMessage>> answer = new CompletableFuture<>();
        Receiving receiving =
                new Receiving(steps, receives, maxMessages, visibilityMillis, Receiving.AT_ONCE, () -> true, answer);
        steps.post(() -> {
            if (waits && closed == null) {
                interested.add(node);
            }
            receives.add(receiving);
        });
        return answer;
    }

    /** Another node has, or may have, something for those who wait. */
    void hinted() {
        steps.post(receives::askOthersAgain);
    }

    /** Takes into the order what another node wrote while it led the partition. */
    CompletionStage<Void> adopt(int partition, long bundle) {
        return at(partition, (here, answer) -> here.adopt(bundle, answer));
    }

    /** Puts the order right by what another node has changed while it led the partition. */
    CompletionStage<Void> changed(int partition, long bundle) {
        return at(partition, (here, answer) -> here.reread(bundle, answer));
    }

    private CompletionStage<Void> at(int partition, BiConsumer<LocalPartition, CompletableFuture<Void>> step) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        steps.post(() -> partition(partition)
                .ifPresentOrElse(here -> step.accept(here, answer), () -> steps.refuse(answer, notHere())));
        return answer;
    }

    /** The leaders of some partitions may be others now. */
    void leadershipChanged() {
        steps.post(() -> {
            leadershipMayHaveChanged = true;
            receives.askOthersAgain();
        });
    }

    /** Looks at up to so many messages. */
    CompletionStage<List<PeekedMessage>> peek(int maxMessages) {
        CompletableFuture<List<PeekedMessage>> answer = new CompletableFuture<>();
        Peek peek = new Peek(steps, led, maxMessages, answer);
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
                    .ifPresent(claim -> acts.add(() -> partition(claim.partition())
                            .ifPresentOrElse(
                                    partition -> partition.act(claim, new DeleteAct(partition, steps, claim, answer)),
                                    () -> steps.refuse(answer, notHere()))));
        }
        steps.post(() -> acts.forEach(Runnable::run));
        return answers;
    }

    /** Sets anew when the message that the handle stands for becomes receivable. */
    CompletionStage<ChangedVisibility> changeVisibility(String handle, long visibilityMillis) {
        CompletableFuture<ChangedVisibility> answer = new CompletableFuture<>();
        claim(handle, answer)
                .ifPresent(claim -> steps.post(() -> partition(claim.partition())
                        .ifPresentOrElse(
                                partition -> partition.act(
                                        claim,
                                        new ChangeVisibilityAct(partition, steps, claim, visibilityMillis, answer)),
                                () -> steps.refuse(answer, notHere()))));
        return answer;
    }

    /** What the handle claims; empty, and answered, if it is no handle of this queue. */
    private Optional<Claim> claim(String handle, CompletableFuture<?> answer) {
        Optional<Claim> claim = steps.services().handles().read(steps.queueId(), partitions.length, handle);
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
            for (LocalPartition partition : led) {
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

    /** Answers every receive that waits now as an empty one. */
    void endWaits() {
        steps.post(receives::endWaits);
    }

    /** Removes messages whose retention is over. */
    void expire() {
        steps.post(() -> {
            long now = steps.nowMillis();
            for (LocalPartition partition : led) {
                partition.expiry().expire(now);
            }
        });
    }

    /** Begins to rewrite small the bundles that have been mostly dead for minutes. */
    void rewriteSparse() {
        steps.post(() -> {
            for (LocalPartition partition : led) {
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
            if (closed == null) {
                closed = reason;
            }
            receives.close(reason, toWaiting);
            interested.clear();
            led.clear();
            for (LocalPartition partition : partitions) {
                if (partition != null) {
                    partition.close(reason);
                }
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
            sum += partition == null ? 0 : partition.unreadableBundles();
        }
        return sum;
    }

    private Optional<LocalPartition> partition(int index) {
        LocalPartition partition = partitions[index];
        return partition == null || partition.isClosed() ? Optional.empty() : Optional.of(partition);
    }

    private ServiceException notHere() {
        return closed != null ? closed : new NotLeaderException();
    }

    /** Begins to lead what this node leads now, and ends what it does not lead any more. */
    private void leadWhatIsOurs() {
        leadershipMayHaveChanged = false;
        led.clear();
        for (int index = 0; index < partitions.length && closed == null; index++) {
            boolean isHere = steps.services().leaders().isHere(steps.queueId(), index);
            LocalPartition partition = partitions[index];
            if (partition != null && !isHere) {
                partition.close(new NotLeaderException());
            }
            if (partition != null && partition.isClosed()) {
                if (!partition.isIdle()) {
                    leadershipMayHaveChanged = true; // looked at again when its store has answered
                    continue;
                }
                partitions[index] = null;
                partition = null;
            }
            if (isHere && partition == null) {
                partition = new LocalPartition(this, steps, index);
                partitions[index] = partition;
                partition.recover();
            }
            if (partition != null) {
                led.add(partition);
            }
        }
    }

    private void whenRecovered(CompletableFuture<?> answer, Runnable step) {
        if (closed != null) {
            steps.refuse(answer, closed);
            return;
        }
        for (LocalPartition partition : led) {
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
        count();
        if (distrusted && isIdle()) {
            whenOver.accept(this);
        }
    }

    /** Keeps the node's count of messages true, so that nobody has to ask every queue for it. */
    private void count() {
        long size = 0;
        for (LocalPartition partition : led) {
            size += partition.order().size();
        }
        if (size != counted) {
            steps.services().messages().add(size - counted);
            counted = size;
        }
    }

    private boolean isIdle() {
        for (LocalPartition partition : partitions) {
            if (partition != null && (!partition.isClosed() || !partition.isIdle())) {
                return false;
            }
        }
        return true;
    }

    private void bringToEffect() {
        if (leadershipMayHaveChanged) {
            leadWhatIsOurs();
        }
        long now = steps.nowMillis();
        for (LocalPartition partition : led) {
            partition.order().advance(now);
        }
        long monotonic = steps.monotonicMillis();
        boolean acted = true;
        while (acted) {
            receives.serve(now, monotonic);
            acted = false;
            for (LocalPartition partition : partitions) {
                acted |= partition != null && partition.settle(now);
            }
        }
        hintInterested();
        askToBeWoken();
    }

    /** Tells other nodes whose receivers wait that there is something; once, then they take it or say again. */
    private void hintInterested() {
        if (interested.isEmpty()
                || led.stream().noneMatch(partition -> partition.order().active() > 0)) {
            return;
        }
        List<UUID> told = List.copyOf(interested);
        interested.clear();
        steps.answer(() -> told.forEach(node -> steps.services().others().hint(steps.queueId(), node)));
    }

    /** What to do when a deadline has come is found out by settling again. */
    private void askToBeWoken() {
        long due = Long.MAX_VALUE;
        for (LocalPartition partition : led) {
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
        if (!willAskAgain && receives.wantsFromOthers()) {
            willAskAgain = true;
            steps.services()
                    .waits()
                    .wakeAt(
                            steps.monotonicMillis() + ASK_AGAIN_MILLIS,
                            () -> steps.post(() -> {
                                willAskAgain = false;
                                receives.askOthersAgain();
                            }));
        }
    }
}
