package io.bida.message.delivery;

import static io.bida.message.MessageToSend.aMessage;
import static io.bida.message.delivery.QueueUnderTest.isRefused;
import static io.bida.message.delivery.QueueUnderTest.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.AccountId;
import io.bida.cluster.ClusterNode;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.NewMessage;
import io.bida.message.ReceiptHandles;
import io.bida.message.ReceivedMessage;
import io.bida.message.SentMessage;
import io.bida.message.delivery.StoreMovedByHand.Kind;
import io.bida.message.lifecycle.BundleNumbers;
import io.bida.message.store.Bundle;
import io.bida.message.store.BundleKey;
import io.bida.message.store.Deliveries;
import io.bida.message.store.Deliveries.Delivery;
import io.bida.queue.Queue;
import io.bida.queue.QueueAttributes;
import io.bida.queue.QueueName;
import io.bida.queue.QueueStatistics;
import io.bida.time.ClockMovedByHand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queues of one node of a cluster while their partitions get other leaders. */
class ChangingLeadersTest {

    private static final QueueAttributes ATTRIBUTES = new QueueAttributes(
            Duration.ZERO, 65536, Duration.ofSeconds(600), Duration.ofSeconds(40), Duration.ZERO, false);
    private static final int PARTITIONS = 2;

    private final ClockMovedByHand clock = new ClockMovedByHand();
    private final SchedulerMovedByHand scheduler = new SchedulerMovedByHand(clock);
    private final StoreMovedByHand store = new StoreMovedByHand();
    private final CatalogueInMemory catalogue = new CatalogueInMemory();
    private final LeadersMovedByHand leaders = new LeadersMovedByHand(PARTITIONS);
    private final Takers others = new Takers();
    private final LocalQueues queues = new LocalQueues();
    private final List<Runnable> scans = new ArrayList<>();
    private boolean scansAreBusy;
    private final Queue queue = new Queue(
            7,
            new AccountId("1234567890"),
            new QueueName("orders"),
            ATTRIBUTES,
            PARTITIONS,
            Instant.EPOCH,
            Instant.EPOCH);

    /** Other nodes, which take what is handed over, unless they do not answer. */
    private static final class Takers implements OtherNodes {
        private final List<BundleKey> taken = new ArrayList<>();
        private final List<BundleKey> changed = new ArrayList<>();
        private boolean answer = true;

        @Override
        public boolean serve(long queueId, int partitions) {
            return true;
        }

        @Override
        public CompletionStage<List<ReceivedMessage>> pull(
                long queueId, int partitions, int maxMessages, long visibilityMillis, boolean waits) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public void hint(long queueId, UUID node) {
            throw new AssertionError("nobody waits there");
        }

        @Override
        public CompletionStage<Void> adopt(long queueId, int partition, long bundle) {
            if (!answer) {
                return CompletableFuture.failedFuture(LeaderCalls.cutOff());
            }
            taken.add(new BundleKey(queueId, partition, bundle));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void changed(long queueId, int partition, long bundle) {
            changed.add(new BundleKey(queueId, partition, bundle));
        }
    }

    @BeforeEach
    void start() {
        catalogue.add(queue);
        queues.catalogue = catalogue;
        queues.clock = clock;
        queues.monotonic = clock::elapsedMillis;
    }

    private void startNode() {
        ReceiptHandles handles = new ReceiptHandles(new byte[32]);
        queues.start(store, leaders, others, handles, scheduler, Runnable::run, scan -> {
            if (scansAreBusy) {
                scans.add(scan);
            } else {
                scan.run();
            }
        });
    }

    private CompletableFuture<SentMessage> sending() {
        Outgoing message = new Outgoing(aMessage("m").build(), 0, 600);
        queues.send(queue, List.of(message));
        return message.answer();
    }

    private void letPass(Duration duration) {
        clock.moveBy(duration);
        scheduler.runDue();
    }

    private List<BundleKey> stored(int partition) {
        List<BundleKey> keys = new ArrayList<>();
        store.scan(queue.id(), partition, 0, Long.MAX_VALUE, (key, bundle, deliveries) -> keys.add(key));
        return keys;
    }

    private long active() {
        return counts().active();
    }

    // ---- leaders that go ----

    @Test
    void whatIsStoredAfterTheLeaderChangedIsHandedOverThoughNobodyWasToldYet() {
        startNode();
        queues.localQueue(queue);
        leaders.move(0, leaders.other);

        for (int i = 0; i < 10; i++) {
            result(sending());
        }

        assertThat(stored(0)).hasSize(10);
        assertThat(others.taken).isEqualTo(stored(0));
        assertThat(active()).isZero();
    }

    @Test
    void whatIsStoredByANodeThatStopsIsHandedOverToTheLeaderOfThen() {
        startNode();
        store.hold(Kind.PUT_BUNDLE);
        CompletableFuture<SentMessage> inFlight = sending();
        leaders.move(0, leaders.other);
        queues.stop();

        store.letGo();

        result(inFlight);
        assertThat(others.taken).isEqualTo(stored(0)).hasSize(1);
    }

    @Test
    void whatIsTakenOrDeletedAfterTheLeaderChangedIsToldToTheNewOneThoughNobodyWasToldYet() {
        startNode();
        SentMessage sent = result(sending());
        BundleKey bundle = stored(0).get(0);
        leaders.move(0, leaders.other);

        ReceivedMessage received = receive();
        assertThat(received.id()).isEqualTo(sent.id());
        assertThat(others.changed).containsExactly(bundle);

        result(queues.delete(queue, List.of(received.receiptHandle().text())).get(0));
        assertThat(others.changed).containsExactly(bundle, bundle);
    }

    @Test
    void partitionThatIsLedElsewhereTakesNoMoreSendsThoughTheScansAreBusy() {
        startNode();
        result(sending());
        scansAreBusy = true;
        leaders.move(0, leaders.other);
        leaders.tell();
        leaders.tell();

        for (int i = 0; i < 10; i++) {
            result(sending());
        }

        assertThat(stored(0)).hasSize(1);
        assertThat(stored(1)).hasSize(10);
        assertThat(scans).as("both changes are looked at together").hasSize(1);
    }

    @Test
    void whatCannotBeHandedOverIsGivenOutHereIfThisNodeLeadsAgain() {
        startNode();
        queues.localQueue(queue);
        leaders.move(0, leaders.other);
        others.answer = false;
        isRefused(sending(), ServiceUnavailableException.class);
        assertThat(active()).isZero();

        leaders.move(0, leaders.self);
        letPass(Duration.ofSeconds(15));

        assertThat(stored(0)).hasSize(1);
        assertThat(active()).isEqualTo(1);
    }

    // ---- leaders that come ----

    @Test
    void queueThatIsMadeWhileLeadersChangeLeadsWhatIsItsOwn() {
        leaders.move(0, leaders.other);
        leaders.move(1, leaders.other);
        startNode();
        leaders.afterNextLook(() -> {
            leaders.move(0, leaders.self);
            leaders.tell();
        });

        queues.localQueue(queue);

        result(sending());
        assertThat(stored(0)).hasSize(1);
    }

    @Test
    void queueThatIsMadeWhileLeadersChangeLeadsNothingOfOthers() {
        leaders.move(1, leaders.other);
        startNode();
        leaders.afterNextLook(() -> {
            leaders.move(0, leaders.other);
            leaders.tell();
        });

        queues.localQueue(queue);

        isRefused(sending(), NotLeaderException.class);
    }

    @Test
    void storedQueueThatTheCatalogueDoesNotKnowYetIsServedWithoutAnybodyAskingForItOnceItDoes() {
        storeOneMessage();
        catalogue.remove(queue);
        catalogue.answers = false;
        leaders.leadSegments(true);
        startNode();
        letPass(Duration.ofSeconds(5));

        catalogue.add(queue);
        letPass(Duration.ofSeconds(5));
        letPass(Duration.ofSeconds(600));
        assertThat(store.kept().bundleCount()).isEqualTo(1);
        queues.expire();

        assertThat(store.kept().bundleCount()).isZero();
        assertThat(scheduler.waiting()).as("nobody looks again").isZero();
    }

    @Test
    void segmentsThatCouldNotBeLookedThroughAreLookedThroughAgain() {
        storeOneMessage();
        leaders.leadSegments(true);
        store.failNextLookForQueues();
        startNode();
        letPass(Duration.ofSeconds(5));
        letPass(Duration.ofSeconds(600));

        queues.expire();

        assertThat(store.kept().bundleCount()).isZero();
    }

    // ---- what the leader before did after the scan ----

    @Test
    void messageThatTheLeaderBeforeDeletedIsNotCountedWhetherItWasSeenReadyOrHidden() {
        startNode();
        result(sending());
        result(sending());
        receive();
        assertThat(counts()).isEqualTo(new QueueStatistics(1, 1, 0));

        for (BundleKey key : stored(0)) {
            changeElsewhere(key, change -> change.delete(0));
            result(rereading(key));
        }

        assertThat(counts()).isEqualTo(QueueStatistics.EMPTY);
    }

    @Test
    void messageThatTheLeaderBeforeGaveOutIsHiddenAndOneThatItShowedAgainIsSeen() {
        startNode();
        result(sending());
        BundleKey key = stored(0).get(0);
        long soon = clock.millis() + 30_000;
        changeElsewhere(key, change -> change.set(0, new Delivery(1, clock.millis(), soon, 99)));
        result(rereading(key));
        assertThat(counts()).isEqualTo(new QueueStatistics(0, 1, 0));

        changeElsewhere(key, change -> change.set(0, new Delivery(1, clock.millis(), clock.millis(), 99)));
        result(rereading(key));

        assertThat(receive().dequeueCount()).isEqualTo(2);
    }

    @Test
    void lookAtWhatIsStoredDoesNotUndoWhatIsDoneMeanwhile() {
        startNode();
        result(sending());
        BundleKey key = stored(0).get(0);
        store.hold(Kind.GET_DELIVERIES);
        CompletableFuture<Void> look = rereading(key);
        CompletionStage<List<ReceivedMessage>> receiving = queues.receive(queue, 1, 40_000, 0, () -> true);

        store.letGo();

        String handle = result(receiving).get(0).receiptHandle().text();
        result(look);
        assertThat(counts()).isEqualTo(new QueueStatistics(0, 1, 0));
        result(queues.delete(queue, List.of(handle)).get(0));
        assertThat(counts()).isEqualTo(QueueStatistics.EMPTY);
    }

    @Test
    void messageWhoseHidingEndedWhileItsDeletionWasStoredIsNotCounted() {
        startNode();
        result(sending());
        String handle = receive().receiptHandle().text();
        store.hold(Kind.REPLACE_DELIVERIES);
        CompletableFuture<Boolean> deleting =
                queues.delete(queue, List.of(handle)).get(0);
        letPass(Duration.ofSeconds(41));
        assertThat(counts()).isEqualTo(new QueueStatistics(1, 0, 0));

        store.letGo();

        assertThat(result(deleting)).isTrue();
        assertThat(counts()).isEqualTo(QueueStatistics.EMPTY);
    }

    private CompletableFuture<Void> rereading(BundleKey key) {
        return queues.localQueue(queue).changed(key.partition(), key.bundle()).toCompletableFuture();
    }

    private void changeElsewhere(BundleKey key, Consumer<Deliveries.Change> change) {
        Deliveries before = result(store.getDeliveries(key));
        if (before == null) {
            before = Deliveries.none(Objects.requireNonNull(result(store.getBundle(key))));
        }
        Deliveries.Change next = before.change();
        change.accept(next);
        assertThat(result(store.replaceDeliveries(key, before, next.done()))).isTrue();
    }

    private ReceivedMessage receive() {
        return result(queues.receive(queue, 1, 40_000, 0, () -> true)).get(0);
    }

    private QueueStatistics counts() {
        return result(queues.localQueue(queue).statistics());
    }

    // ---- what came too late for the scan ----

    @Test
    void bundlesThatCameAfterTheScanAreFoundThoughOneAmongThemCannotBeRead() {
        startNode();
        queues.localQueue(queue);
        for (int i = 0; i < 600; i++) {
            store(BundleNumbers.firstAt(clock.millis()) + i);
        }
        store.damage(new BundleKey(queue.id(), 0, BundleNumbers.firstAt(clock.millis())));
        assertThat(active()).isZero();

        letPass(Duration.ofMillis(500));

        assertThat(active()).isEqualTo(599);
        letPass(Duration.ofSeconds(15));
        assertThat(active()).isEqualTo(599);
        assertThat(queues.unreadableBundles()).isEqualTo(1);
    }

    @Test
    void partitionWithoutRecentMessagesIsNotScannedAgainForLateOnes() {
        store(BundleNumbers.firstAt(clock.millis()));
        letPass(Duration.ofMinutes(2));
        startNode();
        queues.localQueue(queue);
        AtomicInteger scanned = new AtomicInteger();
        store.duringScan(scanned::incrementAndGet);

        letPass(Duration.ofSeconds(15));

        assertThat(scanned).hasValue(0);
        assertThat(active()).isEqualTo(1);
    }

    // ---- disks that are nearly full ----

    @Test
    void sendsLeaveOutPartitionsOfWhichANodeWithoutRoomKeepsACopy() {
        leaders.keepCopyElsewhere(1);
        startNode();
        saysThatItsDiskIsScarce(true);

        for (int i = 0; i < 10; i++) {
            result(sending());
        }

        assertThat(stored(0)).hasSize(10);
        assertThat(stored(1)).isEmpty();
    }

    @Test
    void sendsAreRefusedWhereEveryPartitionHasACopyWithoutRoomUntilItHasRoomAgain() {
        leaders.keepCopyElsewhere(0);
        leaders.keepCopyElsewhere(1);
        startNode();
        result(sending());
        saysThatItsDiskIsScarce(true);

        assertThat(sending())
                .isCompletedExceptionally()
                .satisfies(refused -> assertThatThrownBy(refused::join)
                        .hasCauseInstanceOf(ServiceUnavailableException.class)
                        .hasMessageContaining("nearly full"));
        assertThat(active()).as("what is there is served on").isEqualTo(1);

        saysThatItsDiskIsScarce(false);
        result(sending());
    }

    @Test
    void nodeThatSaysNothingAnyMoreOfItsDiskIsBelievedForFiveSeconds() {
        leaders.keepCopyElsewhere(0);
        leaders.keepCopyElsewhere(1);
        startNode();
        saysThatItsDiskIsScarce(true);

        letPass(Duration.ofSeconds(5));
        isRefused(sending(), ServiceUnavailableException.class);
        letPass(Duration.ofMillis(1));
        result(sending());
    }

    private void saysThatItsDiskIsScarce(boolean isScarce) {
        byte[] news = CalledQueues.request(QueueOperation.DISK, 0, out -> out.writeBoolean(isScarce));
        result(new CalledQueues(queues).answer(new ClusterNode("other", leaders.other), news));
    }

    private void storeOneMessage() {
        store(BundleNumbers.firstAt(clock.millis()));
    }

    private void store(long bundle) {
        NewMessage message = aMessage("m").build();
        result(store.putBundle(
                new BundleKey(queue.id(), 0, bundle),
                Bundle.pack(List.of(message), new int[] {0}, clock.millis(), 600)));
    }
}
