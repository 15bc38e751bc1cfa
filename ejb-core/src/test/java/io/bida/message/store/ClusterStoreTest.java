package io.bida.message.store;

import static io.bida.message.MessageToSend.aMessage;
import static io.bida.message.store.MessageStoreContract.await;
import static io.bida.message.store.MessageStoreContract.deleted;
import static io.bida.message.store.MessageStoreContract.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bida.cluster.TestChannels;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.NewMessage;
import io.bida.message.lifecycle.BundleNumbers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three and four nodes over real JGroups and real disks, within one process. */
class ClusterStoreTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final TestChannels channels = new TestChannels("store");
    private final List<ClusterNodeStore> nodes = new ArrayList<>();
    private final List<ClusterNodeStore> dead = new ArrayList<>();

    private ClusterNodeStore start(String name) throws Exception {
        ClusterNodeStore node = new ClusterNodeStore(channels.node(name), directory.resolve(name), 2);
        nodes.add(node);
        return node;
    }

    private void startThree() throws Exception {
        start("a");
        start("b");
        start("c");
        awaitComplete(3);
    }

    private void awaitComplete(int members) {
        await().atMost(SOON).until(() -> nodes.stream().allMatch(node -> node.isComplete(members)));
    }

    private void crash(int index) {
        ClusterNodeStore node = nodes.remove(index);
        node.crash();
        dead.add(node);
    }

    @AfterEach
    void close() {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            nodes.get(i).close();
        }
        dead.forEach(ClusterNodeStore::close);
        channels.close();
    }

    private static Bundle bundle(String... bodies) {
        List<NewMessage> messages = new ArrayList<>();
        for (String body : bodies) {
            messages.add(aMessage(body).build());
        }
        return Bundle.pack(messages, new int[bodies.length], 1_800_000_000_000L, 600);
    }

    @Test
    void whatIsAcknowledgedIsOnTheDiskOfEveryNode() throws Exception {
        startThree();
        BundleKey key = new BundleKey(1, 0, 77);
        Bundle bundle = bundle("x", "y");

        await(nodes.get(1).store().putBundle(key, bundle));
        Deliveries state = deleted(Deliveries.none(bundle), 1);
        assertThat(await(nodes.get(2).store().replaceDeliveries(key, Deliveries.none(bundle), state)))
                .isTrue();

        for (ClusterNodeStore node : nodes) {
            List<BundleKey> found = new ArrayList<>();
            node.store().scan(1, 0, 0, Long.MAX_VALUE, (k, b, d) -> {
                found.add(k);
                assertThat(d != null && d.isAlive(0) && !d.isAlive(1)).isTrue();
            });
            assertThat(found).containsExactly(key);
        }
    }

    @Test
    void aCompareAndSetIsDecidedOnceForAllNodes() throws Exception {
        startThree();
        Bundle bundle = bundle("x");
        for (int round = 0; round < 50; round++) {
            BundleKey key = new BundleKey(1, round % 8, 100 + round);
            await(nodes.get(round % 3).store().putBundle(key, bundle));
            List<CompletableFuture<Boolean>> tries = new ArrayList<>();
            for (int n = 0; n < 3; n++) {
                tries.add(nodes.get(n)
                        .store()
                        .replaceDeliveries(key, Deliveries.none(bundle), received(Deliveries.none(bundle), 0, 7 + n))
                        .toCompletableFuture());
            }
            assertThat(tries.stream().filter(MessageStoreContract::await)).hasSize(1);
        }
    }

    @Test
    void aNumberIsGivenToOneBundleOnly() throws Exception {
        startThree();
        BundleKey key = new BundleKey(1, 0, 5);
        await(nodes.get(0).store().putBundle(key, bundle("first")));

        assertThatThrownBy(() -> nodes.get(1)
                        .store()
                        .putBundle(key, bundle("second"))
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(ServiceUnavailableException.class);
        assertThat(await(nodes.get(2).store().getBundle(key)).body(0).toString())
                .isEqualTo("first");
    }

    /** Lets the next write of this node begin in one topology and end in another; the next try waits until told. */
    private Runnable changeOwnersDuringTheNextWriteOf(ClusterNodeStore writer) {
        writer.confirmation(members -> {
            writer.confirmation(later -> false);
            crash(2);
            awaitComplete(2);
            return true;
        });
        return () -> writer.confirmation(members -> true);
    }

    @Test
    void theRepetitionOfAPutDoesNotBringBackWhatWasDeletedMeanwhile() throws Exception {
        startThree();
        BundleKey key = new BundleKey(1, 0, 5);
        Bundle bundle = bundle("x");
        MessageStore other = nodes.get(1).store();
        Runnable goOn = changeOwnersDuringTheNextWriteOf(nodes.get(0));

        CompletableFuture<Void> put =
                nodes.get(0).store().putBundle(key, bundle).toCompletableFuture();
        await().atMost(SOON).until(() -> await(other.getBundle(key)) != null);
        await(other.replaceDeliveries(key, Deliveries.none(bundle), deleted(Deliveries.none(bundle), 0)));
        await(other.removeBundle(key));
        goOn.run();

        assertThatThrownBy(() -> await(put)).hasRootCauseInstanceOf(ServiceUnavailableException.class);
        assertThat(await(other.getBundle(key))).isNull();
    }

    @Test
    void theRepetitionOfAPutKeepsWhatIsThere() throws Exception {
        startThree();
        BundleKey key = new BundleKey(1, 0, 5);
        Runnable goOn = changeOwnersDuringTheNextWriteOf(nodes.get(0));

        CompletableFuture<Void> put =
                nodes.get(0).store().putBundle(key, bundle("x")).toCompletableFuture();
        await().atMost(SOON).until(() -> await(nodes.get(1).store().getBundle(key)) != null);
        assertThat(put).isNotDone();
        goOn.run();

        await(put);
        assertThat(await(nodes.get(1).store().getBundle(key))).isNotNull();
    }

    @Test
    void aReplacementThatMayHaveBeenMadeIsNotSaidToBeLost() throws Exception {
        startThree();
        BundleKey key = new BundleKey(1, 0, 5);
        Bundle bundle = bundle("x", "y");
        Deliveries none = Deliveries.none(bundle);
        MessageStore other = nodes.get(1).store();
        await(other.putBundle(key, bundle));
        Runnable goOn = changeOwnersDuringTheNextWriteOf(nodes.get(0));

        CompletableFuture<Boolean> delete = nodes.get(0)
                .store()
                .replaceDeliveries(key, none, deleted(none, 0))
                .toCompletableFuture();
        await().atMost(SOON).until(() -> await(other.getDeliveries(key)) != null);
        Deliveries seen = Objects.requireNonNull(await(other.getDeliveries(key)));
        assertThat(await(other.replaceDeliveries(key, seen, received(seen, 1, 77))))
                .isTrue();
        goOn.run();

        assertThatThrownBy(() -> await(delete)).hasRootCauseInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void aWriteIsAnsweredThoughADiskHangs() throws Exception {
        startThree();
        ClusterNodeStore hanging = nodes.get(0);
        hanging.gate().close(hanging.disk());

        List<CompletableFuture<Void>> puts = new ArrayList<>();
        for (ClusterNodeStore node : nodes) {
            for (int partition = 0; partition < 8; partition++) {
                BundleKey key = new BundleKey(1, partition, 5 + nodes.indexOf(node));
                puts.add(node.store().putBundle(key, bundle("x")).toCompletableFuture());
            }
        }

        for (CompletableFuture<Void> put : puts) {
            assertThat(put)
                    .failsWithin(SOON)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(ServiceUnavailableException.class);
        }
    }

    @Test
    void copiesAreMovedInPiecesThatASmallMemoryCanHold() throws Exception {
        assertThat(start("a").entriesMovedTogether() * Bundle.MAX_BYTES).isLessThanOrEqualTo(16 << 20);
    }

    @Test
    void stateWhoseBundleWentFirstIsRemovedByTheNextScanOfALeaderIfItIsOld() throws Exception {
        startThree();
        long now = BundleNumbers.firstAt(1_800_000_000_000L);
        BundleKey old = new BundleKey(1, 0, BundleNumbers.firstAt(1_800_000_000_000L - 600_001));
        BundleKey young = new BundleKey(1, 0, BundleNumbers.firstAt(1_800_000_000_000L - 599_999));
        BundleKey whole = new BundleKey(1, 0, old.bundle() - 1);
        Deliveries none = Deliveries.none(bundle("x"));
        MessageStore leader = nodes.get(0).store();
        await(leader.putBundle(whole, bundle("x")));
        for (BundleKey key : List.of(old, young, whole)) {
            await(leader.replaceDeliveries(key, none, received(none, 0, 5)));
        }

        leader.scan(1, 0, 0, Long.MAX_VALUE, (key, bundle, deliveries) -> {});
        leader.scan(1, 0, 0, now, (key, bundle, deliveries) -> {});

        await().atMost(SOON).until(() -> await(leader.getDeliveries(old)) == null);
        assertThat(await(leader.getDeliveries(young))).isNotNull();
        assertThat(await(leader.getDeliveries(whole))).isNotNull();
    }

    @Test
    void everyPartitionHasOneLeaderAndAnotherOneWhenItDies() throws Exception {
        startThree();
        List<UUID> leaders = new ArrayList<>();
        for (int partition = 0; partition < 64; partition++) {
            int p = partition;
            assertThat(nodes.stream().filter(node -> node.store().leaders().isHere(9, p)))
                    .hasSize(1);
            leaders.add(nodes.get(0).store().leaders().leader(9, p));
        }
        assertThat(leaders).containsAll(nodes.stream().map(ClusterNodeStore::id).toList());
        CompletableFuture<Void> told = new CompletableFuture<>();
        nodes.get(0).store().leaders().onChange(() -> told.complete(null));

        crash(2);

        awaitComplete(2);
        assertThat(told).succeedsWithin(SOON);
        for (int partition = 0; partition < 64; partition++) {
            int p = partition;
            assertThat(nodes.stream().filter(node -> node.store().leaders().isHere(9, p)))
                    .hasSize(1);
        }
    }

    @Test
    void writesGoOnWhileANodeDiesAndWhileOneJoins() throws Exception {
        startThree();
        List<BundleKey> acknowledged = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            if (i == 100) {
                crash(2);
            }
            if (i == 200) {
                start("d");
            }
            BundleKey key = new BundleKey(3, i % 8, 1000 + i);
            nodes.get(i % 2)
                    .store()
                    .putBundle(key, bundle("m" + i))
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            acknowledged.add(key);
        }
        awaitComplete(3);

        for (ClusterNodeStore node : nodes) {
            List<BundleKey> found = new ArrayList<>();
            for (int partition = 0; partition < 8; partition++) {
                node.store().scan(3, partition, 0, Long.MAX_VALUE, (k, b, d) -> found.add(k));
            }
            assertThat(found).as("on %s", node.calls().self()).containsExactlyInAnyOrderElementsOf(acknowledged);
        }
    }

    @Test
    void tooFewCopiesAreNoAcknowledgement() throws Exception {
        start("a");
        assertThatThrownBy(() -> nodes.get(0)
                        .store()
                        .putBundle(new BundleKey(1, 0, 1), bundle("x"))
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("only 1 of at least 2 copies");
    }

    @Test
    void aNodeThatIsCutOffRefusesAndTakesOverWhatTheOthersStoredMeanwhile() throws Exception {
        startThree();
        BundleKey before = new BundleKey(4, 0, 1);
        await(nodes.get(0).store().putBundle(before, bundle("before")));
        ClusterNodeStore alone = nodes.get(2);

        alone.channels().cutOff();
        await().atMost(SOON)
                .until(() -> nodes.get(0).isComplete(2) && nodes.get(1).isComplete(2));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(alone.store().leaders().leader(4, 0)).isNull());
        assertThat(alone.store().putBundle(new BundleKey(4, 0, 9), bundle("refused")))
                .failsWithin(SOON);
        await(nodes.get(0).store().putBundle(new BundleKey(4, 2, 3), bundle("meanwhile")));

        alone.channels().reconnect();
        awaitComplete(3);

        for (ClusterNodeStore node : nodes) {
            List<BundleKey> found = new ArrayList<>();
            for (int partition = 0; partition < 8; partition++) {
                node.store().scan(4, partition, 0, Long.MAX_VALUE, (k, b, d) -> found.add(k));
            }
            assertThat(found).as("on %s", node.calls().self()).containsExactly(before, new BundleKey(4, 2, 3));
        }
    }

    @Test
    void aNodeKnowsHowManyCopiesItKeepsAndHowManyThereAre() throws Exception {
        assertThat(start("a").ownCopies()).isEqualTo(new OwnCopies(256, 0, 0, 1, 1));
        startMore("b", "c", "d");
        awaitComplete(4);

        int owned = nodes.stream().mapToInt(node -> node.ownCopies().owned()).sum();
        assertThat(owned).isEqualTo(3 * 256);
        for (ClusterNodeStore node : nodes) {
            OwnCopies copies = node.ownCopies();
            assertThat(copies.owned()).isBetween(128, 255);
            assertThat(copies).isEqualTo(new OwnCopies(copies.owned(), 0, 0, 3, 3));
        }
    }

    private void startMore(String... names) throws Exception {
        for (String name : names) {
            start(name);
        }
    }

    @Test
    void aNodeThatLeavesHasGivenItsCopiesToTheOthersBeforeItGoes() throws Exception {
        startThree();
        start("d");
        awaitComplete(4);
        List<BundleKey> acknowledged = new ArrayList<>();
        // The first is the coordinator, so the second one leaves under another, which was told the rule by the first.
        for (int leaver = 0; leaver < 2; leaver++) {
            ClusterNodeStore leaving = nodes.get(0);
            for (int i = 0; i < 100; i++) {
                if (i == 30) {
                    nodes.forEach(node -> node.store().handOver(leaving.id()));
                }
                BundleKey key = new BundleKey(6, i % 8, 1000L * leaver + i + 1);
                nodes.get(i % nodes.size())
                        .store()
                        .putBundle(key, bundle("m" + i))
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
                acknowledged.add(key);
            }
            await().atMost(SOON).until(() -> {
                nodes.forEach(node -> node.store().handOver(leaving.id()));
                return leaving.store().isHandedOver(leaving.id());
            });
            CacheCopies copies = leaving.store().copies();
            assertThat(copies.segmentsLed()).isZero();
            assertThat(copies.holders()).isEqualTo(3 - leaver);
            assertThat(copies.underReplicated()).isZero();
            assertThat(await(leaving.store().getBundle(acknowledged.get(0)))).isNotNull();

            nodes.remove(leaving);
            Map<BundleKey, Integer> found = new HashMap<>();
            for (ClusterNodeStore node : nodes) {
                for (int partition = 0; partition < 8; partition++) {
                    node.store().scan(6, partition, 0, Long.MAX_VALUE, (k, b, d) -> found.merge(k, 1, Integer::sum));
                }
            }
            assertThat(found)
                    .hasSize(acknowledged.size())
                    .allSatisfy((key, times) -> assertThat(times).isEqualTo(nodes.size()));
            leaving.close();
            leaving.channels().close();
            awaitComplete(nodes.size());
        }
    }

    @Test
    @Timeout(120)
    void aNodeThatEndsAsSoonAsItIsBackDoesNotKeepAnotherOneOut() throws Exception {
        startThree();
        for (int i = 0; i < 500; i++) {
            await(nodes.get(i % 2).store().putBundle(new BundleKey(5, i % 8, 1 + i), bundle("m" + i)));
        }
        ClusterNodeStore returning = nodes.get(2);
        returning.channels().cutOff();
        await().atMost(SOON)
                .until(() -> nodes.get(0).isComplete(2) && nodes.get(1).isComplete(2));

        returning.channels().reconnect();
        await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> nodes.get(0).knows(returning) || nodes.get(1).knows(returning));
        crash(2);
        await().atMost(SOON)
                .until(() ->
                        nodes.stream().allMatch(node -> node.calls().members().size() == 2));
        start("d");

        awaitComplete(3);
    }
}
