package io.bida.message.store;

import static io.bida.message.MessageToSend.aMessage;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.message.MessageToSend;
import io.bida.message.store.Deliveries.Delivery;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every message store promises. */
interface MessageStoreContract {

    /** The store under test, empty at the beginning of each test. */
    MessageStore store();

    /** A state in which the message in this slot was received; differs by the nonce. */
    static Deliveries received(Deliveries before, int slot, int nonce) {
        Deliveries.Change change = before.change();
        change.set(slot, new Delivery(1, 1_800_000_000_000L, 1_800_000_030_000L, nonce));
        return change.done();
    }

    /** A state in which the messages in these slots are deleted. */
    static Deliveries deleted(Deliveries before, int... slots) {
        Deliveries.Change change = before.change();
        for (int slot : slots) {
            change.delete(slot);
        }
        return change.done();
    }

    /** Waits for the stage, at most ten seconds. */
    static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no result", e);
        }
    }

    private Deliveries stateOf(BundleKey key) {
        return Objects.requireNonNull(await(store().getDeliveries(key)));
    }

    private Bundle put(BundleKey key, String... bodies) {
        MessageToSend[] messages = new MessageToSend[bodies.length];
        for (int i = 0; i < bodies.length; i++) {
            messages[i] = aMessage(bodies[i]);
        }
        Bundle bundle = BundleTest.bundleOf(messages);
        await(store().putBundle(key, bundle));
        return bundle;
    }

    private List<String> scanned(long queueId, int partition, long before) {
        List<String> found = new ArrayList<>();
        store().scan(queueId, partition, 0, before, (key, bundle, deliveries) -> {
            long alive = deliveries == null ? bundle.slots() : deliveries.alive();
            found.add(key.queueId() + "/" + key.partition() + "/" + key.bundle() + " " + bundle.body(0) + " "
                    + Long.toBinaryString(alive));
        });
        return found;
    }

    @Test
    default void storedBundleIsReadBack() {
        BundleKey key = new BundleKey(1, 0, 10);
        Bundle bundle = put(key, "a", "b");

        Bundle read = Objects.requireNonNull(await(store().getBundle(key)));

        assertThat(read.bytes()).isEqualTo(bundle.bytes());
        assertThat(await(store().getDeliveries(key))).isNull();
    }

    @Test
    default void storingABundleAgainReplacesIt() {
        BundleKey key = new BundleKey(1, 0, 10);
        Bundle bundle = put(key, "a", "b", "c");

        await(store().putBundle(key, bundle.retain(0b100)));

        assertThat(Objects.requireNonNull(await(store().getBundle(key))).slots())
                .isEqualTo(0b100);
    }

    @Test
    default void whatWasNeverStoredIsNotFound() {
        put(new BundleKey(1, 0, 10), "a");

        assertThat(await(store().getBundle(new BundleKey(1, 0, 11)))).isNull();
        assertThat(await(store().getBundle(new BundleKey(1, 1, 10)))).isNull();
        assertThat(await(store().getBundle(new BundleKey(2, 0, 10)))).isNull();
        assertThat(await(store().getDeliveries(new BundleKey(1, 0, 10)))).isNull();
    }

    @Test
    default void firstDeliveryStateIsStoredIfThereIsNoneYet() {
        BundleKey key = new BundleKey(1, 0, 10);
        Deliveries none = Deliveries.none(put(key, "a", "b"));

        assertThat(await(store().replaceDeliveries(key, none, received(none, 0, 1))))
                .isTrue();
        assertThat(await(store().replaceDeliveries(key, none, received(none, 0, 2))))
                .isFalse();

        assertThat(Objects.requireNonNull(stateOf(key).delivery(0)).nonce()).isEqualTo(1);
    }

    @Test
    default void deliveryStateIsReplacedOnlyWhileItIsTheExpectedOne() {
        BundleKey key = new BundleKey(1, 0, 10);
        Deliveries none = Deliveries.none(put(key, "a", "b"));
        await(store().replaceDeliveries(key, none, received(none, 0, 1)));
        Deliveries first = stateOf(key);

        assertThat(await(store().replaceDeliveries(key, first, received(first, 1, 2))))
                .isTrue();
        assertThat(await(store().replaceDeliveries(key, first, deleted(first, 0))))
                .isFalse();

        assertThat(stateOf(key).alive()).isEqualTo(0b11);
        assertThat(Objects.requireNonNull(stateOf(key).delivery(1)).nonce()).isEqualTo(2);
    }

    @Test
    default void deliveryStateThatIsGoneIsNotReplaced() {
        BundleKey key = new BundleKey(1, 0, 10);
        Deliveries none = Deliveries.none(put(key, "a"));
        await(store().replaceDeliveries(key, none, received(none, 0, 1)));
        Deliveries first = stateOf(key);
        await(store().removeBundle(key));

        assertThat(await(store().replaceDeliveries(key, first, deleted(first, 0))))
                .isFalse();

        assertThat(await(store().getDeliveries(key))).isNull();
    }

    @Test
    default void ofTwoWhoReplaceTheSameStateExactlyOneWins() throws Exception {
        BundleKey key = new BundleKey(1, 0, 10);
        Deliveries none = Deliveries.none(put(key, "a"));
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Deliveries before = none;
        for (int round = 0; round < 200; round++) {
            Deliveries expected = before;
            List<Callable<Boolean>> both = new ArrayList<>();
            for (int who = 1; who <= 2; who++) {
                Deliveries next = received(expected, 0, 2 * round + who);
                both.add(() -> {
                    together.await(10, TimeUnit.SECONDS);
                    return await(store().replaceDeliveries(key, expected, next));
                });
            }

            List<Boolean> won = new ArrayList<>();
            for (Future<Boolean> each : threads.invokeAll(both)) {
                won.add(each.get());
            }

            assertThat(won).as("round %d", round).containsExactlyInAnyOrder(true, false);
            before = stateOf(key);
            int winner = 2 * round + (won.get(0) ? 1 : 2);
            assertThat(Objects.requireNonNull(before.delivery(0)).nonce()).isEqualTo(winner);
        }
        threads.shutdown();
    }

    @Test
    default void removedBundleIsForgottenWithItsDeliveryState() {
        BundleKey key = new BundleKey(1, 0, 10);
        BundleKey other = new BundleKey(1, 0, 11);
        Deliveries none = Deliveries.none(put(key, "a"));
        put(other, "b");
        await(store().replaceDeliveries(key, none, deleted(none, 0)));

        await(store().removeBundle(key));

        assertThat(await(store().getBundle(key))).isNull();
        assertThat(await(store().getDeliveries(key))).isNull();
        assertThat(await(store().getBundle(other))).isNotNull();
    }

    @Test
    default void removingWhatIsNotThereIsHarmless() {
        await(store().removeBundle(new BundleKey(1, 0, 10)));
        await(store().removeQueue(1, 3));

        assertThat(store().lastBundle(1, 0)).isZero();
    }

    @Test
    default void scanShowsOnePartitionInTheOrderOfBundleNumbersWithTheirStates() {
        for (long bundle : List.of(300L, 2L, 256L, 255L, Long.MAX_VALUE >>> 6, 1L << 40)) {
            put(new BundleKey(7, 1, bundle), "of 7/1", "and");
        }
        put(new BundleKey(7, 0, 5), "of 7/0");
        put(new BundleKey(7, 2, 5), "of 7/2");
        put(new BundleKey(6, 1, 5), "of 6/1");
        put(new BundleKey(8, 1, 5), "of 8/1");
        Deliveries none = Deliveries.none(BundleTest.bundleOf(aMessage("of 7/1"), aMessage("and")));
        await(store().replaceDeliveries(new BundleKey(7, 1, 255), none, deleted(none, 1)));
        await(store().replaceDeliveries(new BundleKey(7, 1, 1L << 40), none, deleted(none, 0)));

        assertThat(scanned(7, 1, Long.MAX_VALUE))
                .containsExactly(
                        "7/1/2 of 7/1 11",
                        "7/1/255 of 7/1 1",
                        "7/1/256 of 7/1 11",
                        "7/1/300 of 7/1 11",
                        "7/1/1099511627776 of 7/1 10",
                        "7/1/144115188075855871 of 7/1 11");
    }

    @Test
    default void scanShowsOnlyBundlesBeforeTheOneNamed() {
        for (long bundle = 1; bundle <= 5; bundle++) {
            put(new BundleKey(7, 0, bundle), "m");
        }

        assertThat(scanned(7, 0, 3)).containsExactly("7/0/1 m 1", "7/0/2 m 1");
        assertThat(scanned(7, 0, 1)).isEmpty();
    }

    @Test
    default void lastBundleIsTheHighestOfItsPartition() {
        assertThat(store().lastBundle(7, 0)).isZero();
        put(new BundleKey(7, 0, 256), "m");
        put(new BundleKey(7, 0, 3), "m");
        put(new BundleKey(7, 1, 999), "m");
        put(new BundleKey(8, 0, 1_000), "m");

        assertThat(store().lastBundle(7, 0)).isEqualTo(256);
        assertThat(store().lastBundle(7, 2)).isZero();
    }

    @Test
    default void extremeKeysAreKeptApart() {
        BundleKey first = new BundleKey(0, 0, 0);
        BundleKey last = new BundleKey(Long.MAX_VALUE, Short.MAX_VALUE, Long.MAX_VALUE >>> 6);
        put(first, "first");
        put(last, "last");

        assertThat(scanned(0, 0, Long.MAX_VALUE)).containsExactly("0/0/0 first 1");
        assertThat(store().lastBundle(Long.MAX_VALUE, Short.MAX_VALUE)).isEqualTo(last.bundle());
        await(store().removeQueue(0, 1));
        assertThat(Objects.requireNonNull(await(store().getBundle(last))).body(0))
                .hasToString("last");
    }

    @Test
    default void removedQueueIsForgottenInAllItsPartitionsAndNoOtherQueue() {
        for (int partition = 0; partition < 3; partition++) {
            Deliveries none = Deliveries.none(put(new BundleKey(7, partition, 1), "gone", "gone"));
            await(store().replaceDeliveries(new BundleKey(7, partition, 1), none, received(none, 0, 1)));
        }
        put(new BundleKey(6, 0, 1), "stays");
        put(new BundleKey(8, 0, 1), "stays");

        await(store().removeQueue(7, 3));

        for (int partition = 0; partition < 3; partition++) {
            assertThat(scanned(7, partition, Long.MAX_VALUE)).isEmpty();
            assertThat(store().lastBundle(7, partition)).isZero();
        }
        assertThat(scanned(6, 0, Long.MAX_VALUE)).containsExactly("6/0/1 stays 1");
        assertThat(scanned(8, 0, Long.MAX_VALUE)).containsExactly("8/0/1 stays 1");
    }

    @Test
    default void bundleIsReplacedOnlyWhileItIsTheExpectedOneAndDoesNotComeBackOnceRemoved() {
        BundleKey key = new BundleKey(1, 0, 10);
        Bundle bundle = put(key, "a", "b", "c");
        Bundle small = bundle.retain(0b100);

        assertThat(await(store().replaceBundle(key, bundle, small))).isTrue();
        assertThat(await(store().replaceBundle(key, bundle, bundle.retain(0b001))))
                .isFalse();
        assertThat(Objects.requireNonNull(await(store().getBundle(key))).slots())
                .isEqualTo(0b100);
        await(store().removeBundle(key));

        assertThat(await(store().replaceBundle(key, small, small))).isFalse();
        assertThat(await(store().getBundle(key))).isNull();
    }

    @Test
    default void storedQueuesAreFoundWithTheirPartitionsAlsoByAStateAlone() {
        put(new BundleKey(7, 0, 1), "m");
        put(new BundleKey(7, 0, 2), "m");
        put(new BundleKey(7, 5, 1), "m");
        Deliveries none = Deliveries.none(put(new BundleKey(Long.MAX_VALUE, 1, 1), "m"));
        await(store().replaceDeliveries(new BundleKey(9, 2, 1), none, deleted(none, 0)));

        assertThat(store().storedQueues()).isEqualTo(Map.of(7L, 6, Long.MAX_VALUE, 2, 9L, 3));
        await(store().removeQueue(7, 6));
        assertThat(store().storedQueues()).containsOnlyKeys(Long.MAX_VALUE, 9L);
    }

    @Test
    default void storedQueuesAreFoundByTheSegmentsOfTheirPartitions() {
        PartitionKeyPartitioner partitioner = new PartitionKeyPartitioner(InfinispanMessageStore.SEGMENTS);
        Map<Integer, Set<Long>> queues = new TreeMap<>();
        for (int i = 0; i < 600; i++) {
            BundleKey key = new BundleKey(i % 200 + 1, i % 3, 1 + i);
            put(key, "m");
            queues.computeIfAbsent(partitioner.getSegment(key.bytes()), segment -> new HashSet<>())
                    .add(key.queueId());
        }
        BitSet third = new BitSet();
        Set<Long> expected = new HashSet<>();
        for (int segment = 0; segment < InfinispanMessageStore.SEGMENTS; segment++) {
            if (segment % 3 == 0 || segment > 250) {
                third.set(segment);
                expected.addAll(queues.getOrDefault(segment, Set.of()));
            }
        }

        assertThat(store().storedQueues(third)).isEqualTo(expected).hasSizeLessThan(200);
        assertThat(store().storedQueues(new BitSet())).isEmpty();
        assertThat(store().storedQueues(PartitionLeaders.ALONE.segmentsHere())).hasSize(200);
    }

    @Test
    default void writesOfManyThreadsAreAllReadBack() throws Exception {
        int perThread = 100;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Void>> writers = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            int partition = thread;
            writers.add(() -> {
                for (int bundle = 1; bundle <= perThread; bundle++) {
                    BundleKey key = new BundleKey(7, partition, bundle);
                    Deliveries none = Deliveries.none(put(key, "m" + bundle));
                    assertThat(await(store().replaceDeliveries(key, none, received(none, 0, bundle))))
                            .isTrue();
                }
                return null;
            });
        }

        for (Future<Void> writer : threads.invokeAll(writers)) {
            writer.get();
        }

        threads.shutdown();
        for (int partition = 0; partition < 8; partition++) {
            assertThat(store().lastBundle(7, partition)).isEqualTo(perThread);
            for (int bundle = 1; bundle <= perThread; bundle++) {
                BundleKey key = new BundleKey(7, partition, bundle);
                assertThat(Objects.requireNonNull(await(store().getBundle(key))).body(0))
                        .hasToString("m" + bundle);
                assertThat(Objects.requireNonNull(stateOf(key).delivery(0)).nonce())
                        .isEqualTo(bundle);
            }
        }
    }
}
