package io.bida.message.store;

import static io.bida.message.MessageToSend.aMessage;
import static io.bida.message.store.MessageStoreContract.await;
import static io.bida.message.store.MessageStoreContract.deleted;
import static io.bida.message.store.MessageStoreContract.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreReplayTest {

    private static final long AMPLE = 64L << 20;
    private static final BundleKey KEY = new BundleKey(7, 1, 42);

    @TempDir
    Path root;

    private final ExecutorService scans = Executors.newFixedThreadPool(2);
    private OpenStore live;

    @BeforeEach
    void open() {
        live = new OpenStore(root.resolve("live"), Durability.DISK, AMPLE);
    }

    @AfterEach
    void close() {
        live.close();
        scans.shutdown();
    }

    private Path aside(String name, Consumer<OpenStore> content) {
        try (OpenStore store = new OpenStore(root.resolve(name), Durability.DISK, AMPLE)) {
            content.accept(store);
        }
        return root.resolve(name);
    }

    private StoreReplay.Result replay(Path directory) {
        return new StoreReplay(live.store(), scans, live.threads())
                .replay(directory)
                .toCompletableFuture()
                .join();
    }

    private Deliveries state() {
        return Objects.requireNonNull(await(live.store().getDeliveries(KEY)));
    }

    @Test
    void theUnionOfAllStoresIsPutBackWithItsStates() {
        Bundle bundle = BundleTest.bundleOf(aMessage("a"), aMessage("b"), aMessage("c"));
        Deliveries none = Deliveries.none(bundle);
        BundleKey onlyB = new BundleKey(8, 0, 1);
        Path a = aside("a", store -> {
            await(store.store().putBundle(KEY, bundle));
            await(store.store().replaceDeliveries(KEY, none, received(none, 1, 5)));
        });
        Path b = aside("b", store -> {
            await(store.store().putBundle(KEY, bundle));
            await(store.store().replaceDeliveries(KEY, none, deleted(none, 0)));
            await(store.store().putBundle(onlyB, bundle));
        });

        assertThat(replay(a)).isEqualTo(new StoreReplay.Result(1, 0, 0, 0));
        assertThat(replay(b)).isEqualTo(new StoreReplay.Result(1, 1, 0, 0));

        assertThat(state().alive()).isEqualTo(0b110);
        assertThat(state().delivery(1)).isEqualTo(received(none, 1, 5).delivery(1));
        assertThat(await(live.store().getBundle(onlyB))).isNotNull();
        assertThat(await(live.store().getDeliveries(onlyB))).isNull();
        assertThat(Deliveries.mustBeFlushed(Objects.requireNonNull(state().stored())))
                .isTrue();
    }

    @Test
    void puttingBackTwiceChangesNothing() {
        Bundle bundle = BundleTest.bundleOf(aMessage("a"), aMessage("b"));
        Deliveries none = Deliveries.none(bundle);
        Path a = aside("a", store -> {
            await(store.store().putBundle(KEY, bundle));
            await(store.store().replaceDeliveries(KEY, none, deleted(none, 0)));
        });
        replay(a);
        byte[] once = state().stored();
        long writes = live.disk().writes();

        assertThat(replay(a)).isEqualTo(new StoreReplay.Result(0, 1, 0, 0));

        assertThat(state().stored()).isEqualTo(once);
        assertThat(live.disk().writes()).isEqualTo(writes);
    }

    @Test
    void aBundleThatOneNodeHasRemovedDoesNotComeBackFromAnother() {
        Bundle bundle = BundleTest.bundleOf(aMessage("a"), aMessage("b"));
        Deliveries none = Deliveries.none(bundle);
        Path removed = aside("removed", store -> {
            await(store.store().putBundle(KEY, bundle));
            await(store.store().replaceDeliveries(KEY, none, deleted(none, 0, 1)));
            await(store.store().removeBundle(KEY));
        });
        Path deletedOnly = aside("deleted", store -> {
            await(store.store().putBundle(KEY, bundle));
            await(store.store().replaceDeliveries(KEY, none, deleted(none, 0, 1)));
        });
        // Died between the two removals: the bundle goes first, so what is left is a state without one.
        Path between = aside("between", store -> {
            await(store.store().replaceDeliveries(KEY, none, deleted(none, 0, 1)));
        });

        assertThat(replay(removed)).isEqualTo(new StoreReplay.Result(0, 0, 0, 0));
        assertThat(replay(deletedOnly)).isEqualTo(new StoreReplay.Result(0, 0, 1, 0));
        assertThat(replay(between)).isEqualTo(new StoreReplay.Result(0, 0, 0, 0));

        assertThat(await(live.store().getBundle(KEY))).isNull();
        assertThat(await(live.store().getDeliveries(KEY))).isNull();
    }

    @Test
    void theHigherDequeueCountHoldsAndThenTheLaterTime() {
        Bundle bundle = BundleTest.bundleOf(aMessage("a"), aMessage("b"));
        Deliveries.Change one = Deliveries.none(bundle).change();
        one.set(0, new Deliveries.Delivery(2, 1, 100, 11));
        one.set(1, new Deliveries.Delivery(3, 1, 100, 12));
        Deliveries.Change other = Deliveries.none(bundle).change();
        other.set(0, new Deliveries.Delivery(1, 1, 900, 21));
        other.set(1, new Deliveries.Delivery(3, 1, 200, 22));
        Deliveries a = one.done();
        Deliveries b = other.done();

        for (Deliveries merged : new Deliveries[] {a.mergedWith(b), b.mergedWith(a)}) {
            assertThat(Objects.requireNonNull(merged.delivery(0)).nonce()).isEqualTo(11);
            assertThat(Objects.requireNonNull(merged.delivery(1)).nonce()).isEqualTo(22);
            assertThat(Deliveries.mustBeFlushed(Objects.requireNonNull(merged.stored())))
                    .isFalse();
            assertThat(Deliveries.of(Objects.requireNonNull(merged.stored())).isSameAs(merged))
                    .isTrue();
        }
    }

    @Test
    void whatCannotBeReadIsCountedAndTheRestIsPutBack() {
        Bundle bundle = BundleTest.bundleOf(aMessage("a"));
        Path a = aside("a", store -> {
            await(store.disk().put(EntryKind.BUNDLE.onDisk(0, new BundleKey(1, 0, 1).bytes()), new byte[] {9, 9}));
            await(store.store().putBundle(KEY, bundle));
        });

        assertThat(replay(a)).isEqualTo(new StoreReplay.Result(1, 0, 0, 1));

        assertThat(await(live.store().getBundle(KEY))).isNotNull();
    }

    @Test
    void manyBundlesOfManySegmentsComeBack() {
        Bundle bundle = BundleTest.bundleOf(aMessage("a"), aMessage("b"));
        Deliveries none = Deliveries.none(bundle);
        Path a = aside("a", store -> {
            for (int i = 0; i < 2_000; i++) {
                BundleKey key = new BundleKey(i % 20, i % 3, i + 1);
                await(store.store().putBundle(key, bundle));
                if (i % 2 == 0) {
                    await(store.store().replaceDeliveries(key, none, received(none, 1, i)));
                }
            }
        });

        assertThat(replay(a)).isEqualTo(new StoreReplay.Result(2_000, 0, 0, 0));

        for (int i = 0; i < 2_000; i++) {
            BundleKey key = new BundleKey(i % 20, i % 3, i + 1);
            assertThat(await(live.store().getBundle(key))).isNotNull();
            assertThat(await(live.store().getDeliveries(key)) != null).isEqualTo(i % 2 == 0);
        }
    }

    @Test
    void aStoreThatCannotBeOpenedFailsTheReplay() throws Exception {
        Path damaged = Files.createDirectories(root.resolve("damaged"));
        Files.writeString(damaged.resolve("CURRENT"), "nonsense");

        assertThatThrownBy(() -> replay(damaged))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("cannot open the message store");
    }
}
