package io.bida.message.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.error.ServiceException;
import io.bida.message.ChangedVisibility;
import io.bida.message.MessageNotExistException;
import io.bida.message.MessageToSend;
import io.bida.message.PeekedMessage;
import io.bida.message.ReceiptHandle;
import io.bida.message.ReceiptHandles;
import io.bida.message.ReceivedMessage;
import io.bida.message.SentMessage;
import io.bida.message.store.MessageStore;
import io.bida.message.store.PartitionLeaders;
import io.bida.queue.QueueStatistics;
import io.bida.time.ClockMovedByHand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/** A queue of this node whose time moves by hand, in the words of a test. Visibility is 30 s unless said otherwise. */
final class QueueUnderTest {

    static final Duration VISIBILITY = Duration.ofSeconds(30);
    static final Duration RETENTION = Duration.ofDays(4);
    static final Duration NO_WAIT = Duration.ZERO;

    /** Every queue of the tests has another id, so that they can share a store. */
    private static final AtomicLong IDS = new AtomicLong();

    private static final ReceiptHandles HANDLES = new ReceiptHandles(new byte[32]);

    final ClockMovedByHand clock;
    final SchedulerMovedByHand scheduler;
    final long id;
    final MessageStore store;
    final DeliveryServices services;
    final List<String> unreadable = new ArrayList<>();
    private final int partitions;
    private LocalQueue queue;
    private boolean isOver;
    private Duration retention = RETENTION;

    QueueUnderTest(MessageStore store, Executor executor) {
        this(store, executor, 1);
    }

    QueueUnderTest(MessageStore store, Executor executor, int partitions) {
        this(
                IDS.incrementAndGet(),
                new ClockMovedByHand(),
                store,
                PartitionLeaders.ALONE,
                executor,
                executor,
                partitions);
    }

    private final LongAdder counted = new LongAdder();

    private QueueUnderTest(
            long id,
            ClockMovedByHand clock,
            MessageStore store,
            PartitionLeaders leaders,
            Executor executor,
            Executor scans,
            int partitions) {
        this.id = id;
        this.clock = clock;
        this.store = store;
        this.partitions = partitions;
        scheduler = new SchedulerMovedByHand(clock);
        services = new DeliveryServices(
                store,
                leaders,
                OtherNodes.NONE,
                new ScarceDisks(PartitionLeaders.ALONE, clock::elapsedMillis),
                HANDLES,
                clock,
                clock::elapsedMillis,
                new Deadlines(clock::millis, scheduler),
                new Deadlines(clock::elapsedMillis, scheduler),
                executor,
                scans,
                counted,
                unreadable::add);
        queue = new LocalQueue(id, partitions, services, over -> isOver = true);
    }

    /** Whether the queue said that it cannot be trusted and another may be made. */
    boolean isOver() {
        return isOver;
    }

    /** How many messages the node counts over all its queues, of which this is the only one. */
    long countedOfNode() {
        return services.messages().sum();
    }

    LocalQueue queue() {
        return queue;
    }

    /** As after a restart: another queue reads what the store holds. */
    void restart() {
        waitForTheStore();
        queue = new LocalQueue(id, partitions, services, over -> isOver = true);
    }

    private void waitForTheStore() {
        result(store.removeQueue(0, 1)); // an awaited write for a queue that nobody has, behind all before it
    }

    /** Fails unless nothing of the queue is stored any more. */
    void isForgotten() {
        waitForTheStore();
        for (int partition = 0; partition < partitions; partition++) {
            assertThat(store.lastBundle(id, partition)).isZero();
        }
    }

    /** The same queue in a node that begins now, with the same store and clock. */
    QueueUnderTest restarted(Executor scans) {
        return new QueueUnderTest(id, clock, store, services.leaders(), services.executor(), scans, partitions);
    }

    /** The same queue in another node of a cluster, which leads it from now on, with the same store and clock. */
    QueueUnderTest takenOver() {
        return new QueueUnderTest(
                id, clock, store, new LeadersOfACluster(), services.executor(), services.scans(), partitions);
    }

    /** From now on messages are sent with this retention period. */
    void retention(Duration period) {
        retention = period;
    }

    // ---- time ----

    /** Lets time go by; what is due then happens. */
    void letPass(Duration duration) {
        clock.moveBy(duration);
        scheduler.runDue();
    }

    long now() {
        return clock.millis();
    }

    // ---- sending ----

    SentMessage send(MessageToSend message) {
        return result(sending(message));
    }

    List<SentMessage> send(MessageToSend... messages) {
        return sending(List.of(messages)).stream().map(QueueUnderTest::result).toList();
    }

    CompletableFuture<SentMessage> sending(MessageToSend message) {
        return sending(List.of(message)).get(0);
    }

    List<CompletableFuture<SentMessage>> sending(List<MessageToSend> messages) {
        List<Outgoing> outgoing = messages.stream()
                .map(message ->
                        new Outgoing(message.build(), message.delaySeconds().orElse(0), (int) retention.toSeconds()))
                .toList();
        queue.send(outgoing);
        return outgoing.stream().map(Outgoing::answer).toList();
    }

    // ---- receiving ----

    ReceivedMessage receive() {
        return receive(1).get(0);
    }

    List<ReceivedMessage> receive(int maxMessages) {
        return result(receiving(maxMessages, NO_WAIT));
    }

    CompletableFuture<List<ReceivedMessage>> receiving(int maxMessages, Duration wait) {
        return receiving(maxMessages, wait, () -> true);
    }

    CompletableFuture<List<ReceivedMessage>> receiving(int maxMessages, Duration wait, BooleanSupplier clientPresent) {
        return queue.receive(maxMessages, VISIBILITY.toMillis(), wait.toMillis(), clientPresent)
                .toCompletableFuture();
    }

    /** Receives everything receivable, in order. */
    List<String> receiveAll() {
        List<String> bodies = new ArrayList<>();
        while (true) {
            CompletableFuture<List<ReceivedMessage>> next = receiving(1, NO_WAIT);
            try {
                bodies.add(next.get(10, TimeUnit.SECONDS).get(0).body().toString());
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(MessageNotExistException.class);
                return bodies;
            } catch (InterruptedException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }
    }

    void nothingIsReceivable() {
        isRefused(receiving(1, NO_WAIT), MessageNotExistException.class);
    }

    // ---- the rest ----

    List<PeekedMessage> peek(int maxMessages) {
        return result(queue.peek(maxMessages));
    }

    CompletableFuture<Boolean> deleting(ReceiptHandle handle) {
        return queue.delete(List.of(handle.text())).get(0);
    }

    void delete(ReceiptHandle handle) {
        assertThat(result(deleting(handle))).isTrue();
    }

    CompletableFuture<ChangedVisibility> changingVisibility(ReceiptHandle handle, Duration visibility) {
        return queue.changeVisibility(handle.text(), visibility.toMillis()).toCompletableFuture();
    }

    ChangedVisibility changeVisibility(ReceiptHandle handle, Duration visibility) {
        return result(changingVisibility(handle, visibility));
    }

    QueueStatistics statistics() {
        return result(queue.statistics());
    }

    void holds(int active, int inactive, int delayed) {
        assertThat(statistics()).isEqualTo(new QueueStatistics(active, inactive, delayed));
    }

    void expire() {
        queue.expire();
    }

    // ---- answers ----

    static <T> T result(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no result", e);
        }
    }

    static void isRefused(CompletionStage<?> stage, Class<? extends ServiceException> reason) {
        assertThat(stage.toCompletableFuture())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(reason);
    }
}
