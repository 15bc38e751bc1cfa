package io.bida.message.delivery;

import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.ChangedVisibility;
import io.bida.message.MessageId;
import io.bida.message.MessageNotExistException;
import io.bida.message.PeekedMessage;
import io.bida.message.ReceiptHandle;
import io.bida.message.ReceiptHandleException;
import io.bida.message.ReceiptHandles.Claim;
import io.bida.message.ReceivedMessage;
import io.bida.message.lifecycle.Position;
import io.bida.message.store.Bundle;
import io.bida.message.store.BundleKey;
import io.bida.message.store.Deliveries;
import io.bida.message.store.Deliveries.Delivery;
import io.bida.queue.QueueStatistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The part of one queue that this node serves: its partitions here, and the receives that wait.
 *
 * <p>Any thread may call; everything happens in the queue's {@link Mailbox}, one step after the other, and no step
 * waits for the disk. Lives from the first use on this node until the queue is deleted or the node stops.
 */
final class LocalQueue {

    private static final Logger LOG = Logger.getLogger(LocalQueue.class);

    private final long id;
    private final DeliveryServices services;
    private final Mailbox mailbox;
    private final LocalPartition[] partitions;

    private final Set<Receiving> waiting = new LinkedHashSet<>();
    private final TreeSet<Receiving> waitingByDeadline =
            new TreeSet<>(Comparator.comparingLong(Receiving::deadlineMillis).thenComparingLong(Receiving::number));
    private List<Receiving> toServe = new ArrayList<>();
    private int nextPartition;
    private long receives;
    private long nextWake = Long.MAX_VALUE;
    private @Nullable ServiceException closed;

    LocalQueue(long id, int partitionCount, DeliveryServices services) {
        this.id = id;
        this.services = services;
        this.mailbox = new Mailbox(this::settle, services.executor());
        long now = nowMillis();
        partitions = IntStream.range(0, partitionCount)
                .mapToObj(index -> new LocalPartition(this, index, services.store(), now))
                .toArray(LocalPartition[]::new);
        for (LocalPartition partition : partitions) {
            partition.recover(services.executor());
        }
    }

    long id() {
        return id;
    }

    // ---- what callers ask for ----

    /** Stores the messages; each one's answer completes by itself. */
    void send(List<Outgoing> messages) {
        mailbox.post(() -> {
            if (closed != null) {
                ServiceException reason = closed;
                messages.forEach(m -> answer(() -> m.answer().completeExceptionally(reason)));
                return;
            }
            LocalPartition partition = partitions[nextPartition];
            nextPartition = (nextPartition + 1) % partitions.length;
            messages.forEach(partition::send);
        });
    }

    /** Takes up to so many messages, waiting for the first one. */
    CompletionStage<List<ReceivedMessage>> receive(
            int maxMessages, long visibilityMillis, long waitMillis, BooleanSupplier clientPresent) {
        CompletableFuture<List<ReceivedMessage>> answer = new CompletableFuture<>();
        Receiving receiving =
                new Receiving(this, maxMessages, visibilityMillis, nowMillis() + waitMillis, clientPresent, answer);
        mailbox.post(() -> {
            receiving.number(receives++);
            serveLater(receiving);
        });
        return answer;
    }

    /** Looks at up to so many messages. */
    CompletionStage<List<PeekedMessage>> peek(int maxMessages) {
        CompletableFuture<List<PeekedMessage>> answer = new CompletableFuture<>();
        mailbox.post(() -> whenRecovered(answer, () -> {
            List<CompletableFuture<Optional<PeekedMessage>>> looks = new ArrayList<>();
            for (Place place : bestPlaces(maxMessages)) {
                looks.add(look(place));
            }
            whenDone(() -> CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new)), (done, failure) -> {
                List<PeekedMessage> seen = failure != null
                        ? List.of()
                        : looks.stream().flatMap(look -> look.join().stream()).toList();
                if (failure != null) {
                    answer(() -> answer.completeExceptionally(failure));
                } else if (seen.isEmpty()) {
                    answer(() -> answer.completeExceptionally(new MessageNotExistException()));
                } else {
                    answer(() -> answer.complete(seen));
                }
            });
        }));
        return answer;
    }

    /** Deletes the messages that the handles stand for, those of one bundle together; answers in the same order. */
    List<CompletableFuture<Boolean>> delete(List<String> handles) {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        List<Runnable> steps = new ArrayList<>();
        for (String handle : handles) {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            answers.add(answer);
            prepare(handle, answer, (partition, claim) -> new DeleteAct(partition, claim, answer))
                    .ifPresent(steps::add);
        }
        mailbox.post(() -> steps.forEach(Runnable::run));
        return answers;
    }

    /** Sets anew when the message that the handle stands for becomes receivable. */
    CompletionStage<ChangedVisibility> changeVisibility(String handle, long visibilityMillis) {
        CompletableFuture<ChangedVisibility> answer = new CompletableFuture<>();
        prepare(
                        handle,
                        answer,
                        (partition, claim) -> new ChangeVisibilityAct(partition, claim, visibilityMillis, answer))
                .ifPresent(mailbox::post);
        return answer;
    }

    /** The exact counts; complete at once unless stored messages are still being read again. */
    CompletionStage<QueueStatistics> statistics() {
        CompletableFuture<QueueStatistics> answer = new CompletableFuture<>();
        mailbox.post(() -> whenRecovered(answer, () -> {
            QueueStatistics sum = QueueStatistics.EMPTY;
            for (LocalPartition partition : partitions) {
                sum = sum.plus(new QueueStatistics(
                        partition.order().active(),
                        partition.order().inactive(),
                        partition.order().delayed()));
            }
            QueueStatistics counts = sum;
            answer(() -> answer.complete(counts));
        }));
        return answer;
    }

    /** A deadline has come: what to do is found out by settling. */
    void wake() {
        mailbox.post(() -> nextWake = Long.MAX_VALUE);
    }

    /** Removes messages whose retention is over. */
    void expire() {
        mailbox.post(() -> {
            long now = nowMillis();
            for (LocalPartition partition : partitions) {
                partition.expire(now);
            }
        });
    }

    /** Answers everybody with the reason, now and from now on. What is being written is still acknowledged. */
    void close(ServiceException reason) {
        close(reason, reason);
    }

    /** The same with a reason of its own for the receives that wait now. */
    void close(ServiceException reason, ServiceException toWaiting) {
        mailbox.post(() -> {
            closed = reason;
            waiting.forEach(receiving -> receiving.refuse(toWaiting));
            waiting.clear();
            waitingByDeadline.clear();
            for (LocalPartition partition : partitions) {
                partition.refuseOutgoing(reason);
            }
        });
    }

    // ---- within the mailbox ----

    long nowMillis() {
        return services.clock().millis();
    }

    ReceiptHandle handle(Claim claim, long untilMillis) {
        return services.handles().issue(id, claim, untilMillis);
    }

    void answer(Runnable answer) {
        mailbox.answer(answer);
    }

    void post(Runnable step) {
        mailbox.post(step);
    }

    /** Serves the receive at the end of this run, or lets it wait. */
    void serveLater(Receiving receiving) {
        toServe.add(receiving);
    }

    /**
     * Goes on within the mailbox when the stage is done, at once if it is; with its value or the reason of its failure.
     */
    <T> void whenDone(Supplier<CompletionStage<T>> start, BiConsumer<@Nullable T, @Nullable ServiceException> next) {
        CompletionStage<T> stage;
        try {
            stage = start.get();
        } catch (RuntimeException e) {
            next.accept(null, reason(e));
            return;
        }
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (future.isDone()) {
            accept(future, next);
        } else {
            stage.whenComplete((value, failure) -> mailbox.post(() -> accept(future, next)));
        }
    }

    /** The queue cannot go on, and says so to everybody from now on. */
    void failed(String what, Throwable cause) {
        LOG.errorf(cause, "Queue %d %s", id, what);
        close(new ServiceUnavailableException("the queue " + what));
    }

    private <T> void accept(CompletableFuture<T> done, BiConsumer<@Nullable T, @Nullable ServiceException> next) {
        T value;
        try {
            value = done.join();
        } catch (CompletionException | CancellationException e) {
            next.accept(null, reason(e));
            return;
        }
        next.accept(value, null);
    }

    private ServiceException reason(Throwable failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof ServiceException known) {
                return known;
            }
            cause = cause.getCause();
        }
        LOG.errorf(failure, "The message store failed for queue %d", id);
        return new ServiceUnavailableException("the message store does not answer");
    }

    private interface ActFactory {
        BundleAct create(LocalPartition partition, Claim claim);
    }

    /**
     * The step that does what a holder of this handle asks for; empty, and answered, if it is no handle of this queue.
     */
    private Optional<Runnable> prepare(String handle, CompletableFuture<?> answer, ActFactory factory) {
        Optional<Claim> claim = services.handles()
                .read(id, handle)
                .filter(c -> c.partition() >= 0 && c.partition() < partitions.length);
        if (claim.isEmpty()) {
            answer.completeExceptionally(new ReceiptHandleException());
            return Optional.empty();
        }
        LocalPartition partition = partitions[claim.get().partition()];
        BundleAct act = factory.create(partition, claim.get());
        return Optional.of(() -> {
            if (closed == null) {
                partition.act(claim.get(), act);
            } else {
                act.failed(closed);
            }
        });
    }

    private void whenRecovered(CompletableFuture<?> answer, Runnable step) {
        if (closed != null) {
            ServiceException reason = closed;
            answer(() -> answer.completeExceptionally(reason));
            return;
        }
        for (LocalPartition partition : partitions) {
            if (partition.isRecovering()) {
                partition.onceRecovered(() -> whenRecovered(answer, step));
                return;
            }
        }
        step.run();
    }

    /** Brings everything that came in since the last run to its effect. */
    private void settle() {
        long now = nowMillis();
        for (LocalPartition partition : partitions) {
            partition.order().advance(now);
        }
        boolean acted = true;
        while (acted) {
            serve(now);
            acted = false;
            for (LocalPartition partition : partitions) {
                acted |= partition.decideActs();
                acted |= partition.writeBundles(now);
            }
        }
        askToBeWoken();
    }

    private void serve(long now) {
        for (Iterator<Receiving> each = waiting.iterator(); each.hasNext() && best() != null; ) {
            Receiving receiving = each.next();
            each.remove();
            waitingByDeadline.remove(receiving);
            if (!receiving.isPresent()) {
                receiving.refuse(new MessageNotExistException());
            } else {
                take(receiving, now);
            }
        }
        List<Receiving> newcomers = toServe;
        toServe = new ArrayList<>();
        for (Receiving receiving : newcomers) {
            if (closed == null && best() != null && take(receiving, now)) {
                continue;
            }
            waitOrRefuse(receiving, now);
        }
        while (!waitingByDeadline.isEmpty() && waitingByDeadline.first().deadlineMillis() <= now && !isRecovering()) {
            Receiving over = waitingByDeadline.first();
            waitingByDeadline.remove(over);
            waiting.remove(over);
            over.refuse(new MessageNotExistException());
        }
    }

    private void waitOrRefuse(Receiving receiving, long now) {
        if (closed != null) {
            receiving.refuse(closed);
        } else if (receiving.deadlineMillis() > now || isRecovering()) {
            receiving.waits();
            waiting.add(receiving);
            waitingByDeadline.add(receiving);
        } else {
            receiving.refuse(new MessageNotExistException());
        }
    }

    private boolean take(Receiving receiving, long now) {
        int taken = 0;
        while (taken < receiving.maxMessages()) {
            LocalPartition partition = best();
            if (partition == null) {
                break;
            }
            if (partition.takeBest(receiving, now)) {
                taken++;
            }
        }
        return taken > 0;
    }

    private boolean isRecovering() {
        for (LocalPartition partition : partitions) {
            if (partition.isRecovering()) {
                return true;
            }
        }
        return false;
    }

    /** The partition with the best receivable message: by priority, then by age. */
    private @Nullable LocalPartition best() {
        LocalPartition best = null;
        for (LocalPartition partition : partitions) {
            if (partition.order().active() > 0 && (best == null || comesBefore(partition, best))) {
                best = partition;
            }
        }
        return best;
    }

    private static boolean comesBefore(LocalPartition a, LocalPartition b) {
        int priorities = Integer.compare(a.order().bestPriority(), b.order().bestPriority());
        return priorities != 0 ? priorities < 0 : a.order().best() < b.order().best();
    }

    private void askToBeWoken() {
        long next = waitingByDeadline.isEmpty() || isRecovering()
                ? Long.MAX_VALUE
                : waitingByDeadline.first().deadlineMillis();
        for (LocalPartition partition : partitions) {
            next = Math.min(next, partition.order().nextDue());
        }
        if (next < nextWake) {
            nextWake = next;
            services.deadlines().wakeAt(this, next);
        }
    }

    // ---- peeking ----

    private record Place(LocalPartition partition, long position, int priority) {}

    private List<Place> bestPlaces(int count) {
        List<Place> places = new ArrayList<>();
        for (LocalPartition partition : partitions) {
            partition
                    .order()
                    .peekBest(count, (position, priority) -> places.add(new Place(partition, position, priority)));
        }
        places.sort(Comparator.comparingInt(Place::priority).thenComparingLong(Place::position));
        return places.size() > count ? places.subList(0, count) : places;
    }

    private CompletableFuture<Optional<PeekedMessage>> look(Place place) {
        BundleKey key = place.partition().key(Position.bundle(place.position()));
        return services.store()
                .getBundle(key)
                .thenCombine(
                        services.store().getDeliveries(key), (bundle, deliveries) -> seen(place, bundle, deliveries))
                .toCompletableFuture();
    }

    private Optional<PeekedMessage> seen(Place place, @Nullable Bundle bundle, @Nullable Deliveries deliveries) {
        int slot = Position.slot(place.position());
        int index = bundle == null ? -1 : bundle.indexOf(slot);
        if (bundle == null || index < 0 || (deliveries != null && !deliveries.isAlive(slot))) {
            return Optional.empty();
        }
        Delivery delivery = deliveries == null ? null : deliveries.delivery(slot);
        boolean received = delivery != null && delivery.dequeueCount() > 0;
        return Optional.of(new PeekedMessage(
                new MessageId(id, place.partition().index(), place.position()),
                bundle.body(index),
                bundle.properties(index),
                bundle.priorityOf(index),
                Instant.ofEpochMilli(bundle.enqueuedAtMillis()),
                Instant.ofEpochMilli(
                        received
                                ? Objects.requireNonNull(delivery).firstDequeuedAtMillis()
                                : bundle.enqueuedAtMillis()),
                received ? Objects.requireNonNull(delivery).dequeueCount() : 0));
    }
}
