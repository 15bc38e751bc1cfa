package io.bida.message.delivery;

import static io.bida.message.MessageToSend.aMessage;
import static io.bida.message.delivery.QueueUnderTest.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bida.message.MessageNotExistException;
import io.bida.message.ReceiptHandles;
import io.bida.message.ReceivedMessage;
import io.bida.message.store.Durability;
import io.bida.message.store.OpenStore;
import io.bida.message.store.PartitionLeaders;
import io.bida.queue.QueueStatistics;
import io.bida.time.MonotonicTime;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many senders and receivers at once on one queue, put together as in the server, on the real clock. */
class LocalQueueStressTest {

    private static final int MESSAGES = 20_000;
    private static final int SENDERS = 8;
    private static final int RECEIVERS = 8;
    private static final int BATCH = 10;
    private static final Duration BOUND = Duration.ofSeconds(60);

    /** Each message with a number that this divides is given back once before it is deleted. */
    private static final int GIVEN_BACK = 100;

    @TempDir
    Path directory;

    private final ExecutorService clients = Executors.newFixedThreadPool(SENDERS + RECEIVERS);
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final Set<Integer> held = ConcurrentHashMap.newKeySet();
    private final Set<Integer> deleted = ConcurrentHashMap.newKeySet();
    private final Set<Integer> heldTwice = ConcurrentHashMap.newKeySet();
    private final Set<Throwable> failures = ConcurrentHashMap.newKeySet();
    private final AtomicInteger working = new AtomicInteger();
    private OpenStore open;
    private LocalQueue queue;

    @BeforeEach
    void open() {
        open = new OpenStore(directory, Durability.MEMORY_COPIES, 8 << 20);
        Clock clock = Clock.tickMillis(ZoneOffset.UTC);
        queue = new LocalQueue(
                1,
                1,
                new DeliveryServices(
                        open.store(),
                        PartitionLeaders.ALONE,
                        OtherNodes.NONE,
                        new ScarceDisks(PartitionLeaders.ALONE, MonotonicTime.SYSTEM),
                        new ReceiptHandles(new byte[32]),
                        clock,
                        MonotonicTime.SYSTEM,
                        new Deadlines(clock::millis, scheduler),
                        new Deadlines(MonotonicTime.SYSTEM::millis, scheduler),
                        open.threads(),
                        open.threads(),
                        new LongAdder(),
                        reason -> failures.add(new AssertionError(reason))),
                over -> {});
    }

    @AfterEach
    void close() {
        clients.shutdownNow();
        scheduler.shutdownNow();
        open.close();
    }

    @Test
    void everyMessageIsHeldByOneReceiverAtATimeAndDeletedOnce() {
        for (int sender = 0; sender < SENDERS; sender++) {
            int first = sender;
            run(() -> sendEvery(first));
        }
        for (int receiver = 0; receiver < RECEIVERS; receiver++) {
            run(this::receiveAndDelete);
        }

        await().atMost(BOUND).until(() -> working.get() == 0 || !failures.isEmpty());

        assertThat(failures).isEmpty();
        assertThat(heldTwice).isEmpty();
        assertThat(deleted).hasSize(MESSAGES);
        assertThat(result(queue.statistics())).isEqualTo(QueueStatistics.EMPTY);
        result(open.store().removeQueue(0, 1)); // an awaited write behind all others
        assertThat(open.store().lastBundle(1, 0)).isZero();
    }

    private interface Work {
        void run() throws Exception;
    }

    private void run(Work work) {
        working.incrementAndGet();
        clients.execute(() -> {
            try {
                work.run();
            } catch (Exception | AssertionError e) {
                failures.add(e);
            } finally {
                working.decrementAndGet();
            }
        });
    }

    private void sendEvery(int first) {
        for (int batch = first; batch < MESSAGES / BATCH; batch += SENDERS) {
            int from = batch * BATCH;
            List<Outgoing> messages = IntStream.range(from, from + BATCH)
                    .mapToObj(number -> new Outgoing(
                            aMessage(Integer.toString(number))
                                    .ofPriority(1 + number % 16)
                                    .build(),
                            0,
                            345_600))
                    .toList();
            queue.send(messages);
            messages.forEach(message -> result(message.answer()));
        }
    }

    private void receiveAndDelete() throws Exception {
        while (deleted.size() < MESSAGES) {
            List<ReceivedMessage> received = receiveOrNothing();
            for (ReceivedMessage message : received) {
                if (!held.add(number(message))) {
                    heldTwice.add(number(message));
                }
            }
            received.forEach(message -> held.remove(number(message)));
            delete(received.stream().filter(message -> !isGivenBack(message)).toList());
            for (ReceivedMessage message : received) {
                if (isGivenBack(message)) {
                    result(queue.changeVisibility(message.receiptHandle().text(), 1_000));
                }
            }
        }
    }

    private void delete(List<ReceivedMessage> messages) {
        List<CompletableFuture<Boolean>> deletes = queue.delete(
                messages.stream().map(message -> message.receiptHandle().text()).toList());
        for (int i = 0; i < messages.size(); i++) {
            int number = number(messages.get(i));
            assertThat(messages.get(i).dequeueCount()).isEqualTo(number % GIVEN_BACK == 0 ? 2 : 1);
            assertThat(result(deletes.get(i))).isTrue();
            assertThat(deleted.add(number)).isTrue();
        }
    }

    private static boolean isGivenBack(ReceivedMessage message) {
        return number(message) % GIVEN_BACK == 0 && message.dequeueCount() == 1;
    }

    private static int number(ReceivedMessage message) {
        return Integer.parseInt(message.body().toString());
    }

    private List<ReceivedMessage> receiveOrNothing() throws Exception {
        try {
            return queue.receive(16, Duration.ofHours(1).toMillis(), 1_500, () -> true)
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(MessageNotExistException.class);
            return List.of();
        }
    }
}
