package io.bida.message.store;

import static io.bida.message.MessageToSend.aMessage;
import static io.bida.message.store.MessageStoreContract.await;
import static io.bida.message.store.MessageStoreContract.deleted;
import static io.bida.message.store.MessageStoreContract.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.error.ServiceUnavailableException;
import io.reactivex.rxjava3.core.Flowable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.infinispan.commons.marshall.WrappedByteArray;
import org.infinispan.factories.ComponentRegistry;
import org.infinispan.persistence.manager.PersistenceManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;

class InfinispanMessageStoreTest implements MessageStoreContract {

    private static final long AMPLE = 64L << 20;
    private static final long TINY = 40_000;

    @TempDir
    Path directory;

    private OpenStore open;

    @BeforeEach
    void open() {
        open = new OpenStore(directory, Durability.MEMORY_COPIES, AMPLE);
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Override
    public MessageStore store() {
        return open.store();
    }

    private void reopen(long memoryBytes) {
        open.close();
        open = new OpenStore(directory, Durability.MEMORY_COPIES, memoryBytes);
    }

    @Test
    void whatIsRemovedAndStillWaitsForTheDiskIsNotAmongTheEntriesThatAnotherNodeIsGiven() throws Exception {
        BundleKey removed = new BundleKey(1, 0, 10);
        BundleKey stays = new BundleKey(1, 0, 11);
        Bundle bundle = BundleTest.bundleOf(aMessage("a"));
        await(store().putBundle(removed, bundle));
        await(store().putBundle(stays, bundle));
        open.gate().close(open.disk());
        await(store().removeBundle(removed));

        assertThat(storedBundles()).containsExactly(stays);
    }

    private List<BundleKey> storedBundles() {
        PersistenceManager stores =
                ComponentRegistry.componentOf(open.caches().getCache("messages"), PersistenceManager.class);
        Publisher<WrappedByteArray> keys = stores.publishKeys(key -> true, PersistenceManager.AccessMode.BOTH);
        return Flowable.fromPublisher(keys)
                .map(key -> BundleKey.of(key.getBytes()))
                .toList()
                .blockingGet();
    }

    @Test
    void moreThanTheDiskCanTakeIsRefusedAndSoOnlyUntilItHasCaughtUp() throws Exception {
        reopen(TINY);
        Bundle bundle = BundleTest.bundleOf(aMessage("x".repeat(65_000)), aMessage("x".repeat(65_000)));
        int fitting = (16 << 20) / bundle.length();
        open.gate().close(open.disk());
        List<CompletableFuture<Void>> accepted = new ArrayList<>();
        for (int i = 0; i < fitting; i++) {
            accepted.add(store().putBundle(new BundleKey(1, 0, i), bundle).toCompletableFuture());
        }

        CompletableFuture<Void> refused =
                store().putBundle(new BundleKey(1, 0, fitting), bundle).toCompletableFuture();

        assertThat(accepted).noneMatch(CompletableFuture::isDone);
        assertThatThrownBy(() -> await(refused)).hasRootCauseInstanceOf(ServiceUnavailableException.class);
        open.gate().open();
        accepted.forEach(MessageStoreContract::await);
        assertThat(await(store().getBundle(new BundleKey(1, 0, fitting)))).isNull();
        await(store().putBundle(new BundleKey(1, 0, fitting), bundle));
    }

    @Test
    void everythingIsFoundAgainAfterClosing() {
        BundleKey received = new BundleKey(1, 0, 10);
        BundleKey deleted = new BundleKey(1, 0, 11);
        BundleKey removed = new BundleKey(1, 0, 12);
        Bundle bundle = BundleTest.bundleOf(aMessage("a"), aMessage("b"));
        Deliveries none = Deliveries.none(bundle);
        for (BundleKey key : List.of(received, deleted, removed)) {
            await(store().putBundle(key, bundle));
        }
        await(store().replaceDeliveries(received, none, received(none, 1, 5)));
        await(store().replaceDeliveries(deleted, none, deleted(none, 0)));
        await(store().replaceDeliveries(removed, none, deleted(none, 0, 1)));
        await(store().removeBundle(removed));

        reopen(AMPLE);

        assertThat(Objects.requireNonNull(await(store().getBundle(received))).bytes())
                .isEqualTo(bundle.bytes());
        assertThat(Objects.requireNonNull(await(store().getDeliveries(received)))
                        .delivery(1))
                .isEqualTo(received(none, 1, 5).delivery(1));
        assertThat(Objects.requireNonNull(await(store().getDeliveries(deleted))).alive())
                .isEqualTo(0b10);
        assertThat(await(store().getBundle(removed))).isNull();
        assertThat(await(store().getDeliveries(removed))).isNull();
        assertThat(store().lastBundle(1, 0)).isEqualTo(11);
    }

    @Test
    void stateReadFromTheDiskCanBeReplaced() {
        BundleKey key = new BundleKey(1, 0, 10);
        Bundle bundle = BundleTest.bundleOf(aMessage("a"), aMessage("b"));
        Deliveries none = Deliveries.none(bundle);
        await(store().putBundle(key, bundle));
        await(store().replaceDeliveries(key, none, received(none, 1, 5)));

        reopen(AMPLE);

        assertThat(await(store().replaceDeliveries(key, none, deleted(none, 0))))
                .isFalse();
        Deliveries read = Objects.requireNonNull(await(store().getDeliveries(key)));
        assertThat(await(store().replaceDeliveries(key, read, deleted(read, 0))))
                .isTrue();
    }

    @Test
    void moreThanFitsIntoMemoryIsReadBackFromTheDisk() {
        reopen(TINY);
        Bundle[] bundles = new Bundle[5_000];
        List<CompletableFuture<?>> writes = new ArrayList<>();
        for (int i = 0; i < bundles.length; i++) {
            bundles[i] = BundleTest.bundleOf(aMessage("body " + i + "x".repeat(i % 300)), aMessage("second"));
            Deliveries none = Deliveries.none(bundles[i]);
            BundleKey key = new BundleKey(1, i % 4, i);
            int nonce = i;
            writes.add(store().putBundle(key, bundles[i])
                    .thenCompose(done -> store().replaceDeliveries(key, none, received(none, 1, nonce)))
                    .toCompletableFuture());
        }
        writes.forEach(MessageStoreContract::await);

        int inMemory = open.caches()
                .<byte[], byte[]>getCache("messages")
                .getAdvancedCache()
                .getDataContainer()
                .sizeIncludingExpired();
        assertThat(inMemory).isLessThan(1_000);
        for (int i = 0; i < bundles.length; i++) {
            BundleKey key = new BundleKey(1, i % 4, i);
            assertThat(Objects.requireNonNull(await(store().getBundle(key))).bytes())
                    .isEqualTo(bundles[i].bytes());
            assertThat(Objects.requireNonNull(Objects.requireNonNull(await(store().getDeliveries(key)))
                                    .delivery(1))
                            .nonce())
                    .isEqualTo(i);
        }
    }

    @Test
    void stateWhoseWriterDidNotWaitIsReadAtOnceAlsoWhenMemoryHoldsIt() {
        reopen(TINY);
        Bundle bundle = BundleTest.bundleOf(aMessage("a"));
        Deliveries before = Deliveries.none(bundle);
        BundleKey key = new BundleKey(1, 0, 10);
        await(store().putBundle(key, bundle));
        for (int nonce = 1; nonce <= 2_000; nonce++) {
            assertThat(await(store().replaceDeliveries(key, before, received(before, 0, nonce))))
                    .isTrue();
            evict(key);

            before = Objects.requireNonNull(await(store().getDeliveries(key)));

            assertThat(Objects.requireNonNull(before.delivery(0)).nonce()).isEqualTo(nonce);
        }
    }

    @Test
    void bundleThatMemoryDoesNotHoldIsRemovedFromTheDiskToo() {
        Bundle bundle = BundleTest.bundleOf(aMessage("a"));
        Deliveries none = Deliveries.none(bundle);
        BundleKey key = new BundleKey(1, 0, 10);
        await(store().putBundle(key, bundle));
        await(store().replaceDeliveries(key, none, deleted(none, 0)));
        evict(key);

        await(store().removeBundle(key));

        assertThat(await(store().getBundle(key))).isNull();
        assertThat(await(store().getDeliveries(key))).isNull();
        reopen(AMPLE);
        assertThat(await(store().getBundle(key))).isNull();
        assertThat(await(store().getDeliveries(key))).isNull();
        assertThat(store().lastBundle(1, 0)).isZero();
    }

    @Test
    void stateThatMemoryDoesNotHoldIsReplacedOnlyWhileItIsTheExpectedOne() {
        Bundle bundle = BundleTest.bundleOf(aMessage("a"));
        Deliveries none = Deliveries.none(bundle);
        Deliveries first = received(none, 0, 1);
        BundleKey key = new BundleKey(1, 0, 10);
        await(store().putBundle(key, bundle));
        await(store().replaceDeliveries(key, none, first));

        evict(key);
        assertThat(await(store().replaceDeliveries(key, none, received(none, 0, 2))))
                .isFalse();
        evict(key);
        assertThat(await(store().replaceDeliveries(key, received(none, 0, 3), received(none, 0, 4))))
                .isFalse();
        evict(key);
        assertThat(await(store().replaceDeliveries(key, first, received(first, 0, 5))))
                .isTrue();
    }

    @Test
    void removalWhoseWriterDidNotWaitIsSeenAtOnce() {
        Bundle bundle = BundleTest.bundleOf(aMessage("a"));
        Deliveries none = Deliveries.none(bundle);
        for (int i = 0; i < 500; i++) {
            BundleKey key = new BundleKey(1, 0, i);
            await(store().putBundle(key, bundle));
            await(store().replaceDeliveries(key, none, received(none, 0, 1)));

            await(store().removeBundle(key));

            assertThat(await(store().getBundle(key))).isNull();
            assertThat(await(store().getDeliveries(key))).isNull();
        }
    }

    @Test
    void stateWhoseBundleIsGoneIsRemovedByAScan() {
        Bundle bundle = BundleTest.bundleOf(aMessage("a"));
        Deliveries none = Deliveries.none(bundle);
        for (long number = 1; number <= 5; number++) {
            BundleKey key = new BundleKey(1, 0, number);
            await(store().putBundle(key, bundle));
            await(store().replaceDeliveries(key, none, received(none, 0, 1)));
        }
        for (long number : List.of(1L, 2L, 4L, 5L)) {
            open.disk().deleteUnawaited(onDisk(EntryKind.BUNDLE, number));
        }
        reopen(AMPLE);
        List<Long> visited = new ArrayList<>();

        store().scan(1, 0, 0, Long.MAX_VALUE, (key, found, deliveries) -> visited.add(key.bundle()));

        assertThat(visited).containsExactly(3L);
        for (long number : List.of(1L, 2L, 4L, 5L)) {
            assertThat(open.disk().get(onDisk(EntryKind.DELIVERIES, number)))
                    .as("state of bundle %d", number)
                    .isNull();
        }
        assertThat(await(store().getDeliveries(new BundleKey(1, 0, 3)))).isNotNull();
    }

    @Test
    void entriesOfOnePartitionShareASegmentAndPartitionsAreSpread() {
        PartitionKeyPartitioner partitioner = new PartitionKeyPartitioner(InfinispanMessageStore.SEGMENTS);
        List<Integer> segments = new ArrayList<>();
        for (int queue = 1; queue <= 1_000; queue++) {
            int segment = partitioner.getSegment(new BundleKey(queue, 0, 1).bytes());
            assertThat(partitioner.getSegment(new BundleKey(queue, 0, Long.MAX_VALUE >>> 6).bytes()))
                    .isEqualTo(segment);
            assertThat(segment).isBetween(0, InfinispanMessageStore.SEGMENTS - 1);
            segments.add(segment);
        }
        assertThat(segments.stream().distinct()).hasSizeGreaterThan(240);
    }

    @Test
    void segmentOfAPartitionNeverChanges() {
        PartitionKeyPartitioner partitioner = new PartitionKeyPartitioner(InfinispanMessageStore.SEGMENTS);

        assertThat(partitioner.getSegment(new BundleKey(1, 0, 5).bytes())).isEqualTo(SEGMENT_OF_1_0);
        assertThat(partitioner.getSegment(new BundleKey(0xA7, 3, 5).bytes())).isEqualTo(SEGMENT_OF_A7_3);
        assertThat(partitioner.getSegment(new BundleKey(Long.MAX_VALUE, Short.MAX_VALUE, 5).bytes()))
                .isEqualTo(SEGMENT_OF_THE_LAST);
    }

    private static final int SEGMENT_OF_1_0 = 253;
    private static final int SEGMENT_OF_A7_3 = 135;
    private static final int SEGMENT_OF_THE_LAST = 21;

    @Test
    void damagedBytesAreReportedTheScanGoesOnAndTheyStay() {
        BundleKey damaged = new BundleKey(7, 0, 1);
        BundleKey whole = new BundleKey(7, 0, 2);
        byte[] onDisk = EntryKind.BUNDLE.onDisk(
                new PartitionKeyPartitioner(InfinispanMessageStore.SEGMENTS)
                        .getSegment(Arrays.copyOf(damaged.bytes(), BundleKey.PARTITION_LENGTH)),
                damaged.bytes());
        byte[] torn = Arrays.copyOf(BundleTest.bundleOf(aMessage("damaged")).bytes(), 35);
        await(open.disk().put(onDisk, torn));
        await(store().putBundle(whole, BundleTest.bundleOf(aMessage("whole"))));
        List<String> seen = new ArrayList<>();

        store().scan(7, 0, 0, Long.MAX_VALUE, new MessageStore.Visitor() {
            @Override
            public void visit(BundleKey key, Bundle bundle, @Nullable Deliveries deliveries) {
                seen.add("read " + key.bundle());
            }

            @Override
            public void unreadable(BundleKey key, UnreadableBundleException reason) {
                seen.add("unreadable " + key.bundle());
            }
        });

        assertThat(seen).containsExactly("unreadable 1", "read 2");
        assertThatThrownBy(() -> await(store().getBundle(damaged)))
                .hasRootCauseInstanceOf(UnreadableBundleException.class);
        assertThat(open.disk().get(onDisk)).isEqualTo(torn);
    }

    private void evict(BundleKey key) {
        open.caches().<byte[], byte[]>getCache("messages").evict(key.bytes());
        open.caches().<byte[], byte[]>getCache("deliveries").evict(key.bytes());
    }

    private static byte[] onDisk(EntryKind kind, long number) {
        BundleKey key = new BundleKey(1, 0, number);
        return kind.onDisk(
                new PartitionKeyPartitioner(InfinispanMessageStore.SEGMENTS).getSegment(key.bytes()), key.bytes());
    }
}
