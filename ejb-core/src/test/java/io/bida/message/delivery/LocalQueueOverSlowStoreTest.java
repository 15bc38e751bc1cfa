package io.bida.message.delivery;

import static io.bida.message.MessageToSend.aMessage;
import static io.bida.message.delivery.QueueUnderTest.NO_WAIT;
import static io.bida.message.delivery.QueueUnderTest.VISIBILITY;
import static io.bida.message.delivery.QueueUnderTest.isRefused;
import static io.bida.message.delivery.QueueUnderTest.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.error.ServiceUnavailableException;
import io.bida.message.MessageNotExistException;
import io.bida.message.MessageToSend;
import io.bida.message.ReceiptHandle;
import io.bida.message.ReceivedMessage;
import io.bida.message.SentMessage;
import io.bida.message.delivery.StoreMovedByHand.Kind;
import io.bida.message.lifecycle.Position;
import io.bida.message.store.Bundle;
import io.bida.message.store.BundleKey;
import io.bida.message.store.Deliveries;
import io.bida.message.store.Deliveries.Delivery;
import io.bida.message.store.UnreadableBundleException;
import io.bida.queue.QueueNotExistException;
import io.bida.queue.QueueStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a queue treats its store: what it does together, and what it does when the store is slow, broken or shared. */
@SuppressWarnings("FutureReturnValueIgnored") // a send whose answer no rule here is about
class LocalQueueOverSlowStoreTest {

    private final StoreMovedByHand store = new StoreMovedByHand();
    private final QueueUnderTest queue = new QueueUnderTest(store, Runnable::run);

    // ---- sends ----

    @Test
    void sendsDuringAWriteBecomeOneBundle() {
        store.hold(Kind.PUT_BUNDLE);
        CompletableFuture<SentMessage> first = queue.sending(aMessage("first"));
        List<CompletableFuture<SentMessage>> meanwhile = sendingMany(40);
        assertThat(store.count(Kind.PUT_BUNDLE)).isEqualTo(1);
        assertThat(meanwhile).noneMatch(CompletableFuture::isDone);

        store.letGo();

        assertThat(store.count(Kind.PUT_BUNDLE)).isEqualTo(2);
        long bundle = Position.bundle(result(meanwhile.get(0)).id().position());
        for (int i = 0; i < meanwhile.size(); i++) {
            assertThat(result(meanwhile.get(i)).id().position()).isEqualTo(Position.of(bundle, i));
        }
        assertThat(result(first).id().position()).isLessThan(Position.of(bundle, 0));
        queue.holds(41, 0, 0);
    }

    @Test
    void bundleHoldsNoMoreThan64Messages() {
        store.hold(Kind.PUT_BUNDLE);
        queue.sending(aMessage("first"));
        sendingMany(129);

        store.letGo();

        assertThat(store.count(Kind.PUT_BUNDLE)).isEqualTo(4);
        queue.holds(130, 0, 0);
    }

    @Test
    void bundleHoldsNoMoreThan256KibibytesUnlessASingleMessageIsLarger() {
        store.hold(Kind.PUT_BUNDLE);
        queue.sending(aMessage("first"));
        String half = "x".repeat(Bundle.MAX_BYTES / 2);
        queue.sending(List.of(
                aMessage(half),
                aMessage(half),
                aMessage("y"),
                aMessage("z".repeat(Bundle.MAX_BYTES + 1)),
                aMessage("a")));

        store.letGo();

        assertThat(store.count(Kind.PUT_BUNDLE)).isEqualTo(1 + 4);
        queue.holds(6, 0, 0);
    }

    @Test
    void delayedMessagesAreBundledApartFromImmediateOnes() {
        store.hold(Kind.PUT_BUNDLE);
        queue.sending(aMessage("first"));
        List<MessageToSend> mixed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            mixed.add(i % 2 == 0 ? aMessage("m") : aMessage("m").delayedBy(Duration.ofSeconds(i)));
        }
        queue.sending(mixed);

        store.letGo();

        assertThat(store.count(Kind.PUT_BUNDLE)).isEqualTo(3);
        queue.holds(11, 0, 10);
    }

    @Test
    void messagesOfDifferentRetentionAreBundledApart() {
        store.hold(Kind.PUT_BUNDLE);
        queue.sending(aMessage("first"));
        queue.sending(aMessage("days"));
        queue.retention(Duration.ofSeconds(60));
        queue.sending(aMessage("a minute"));

        store.letGo();

        assertThat(store.count(Kind.PUT_BUNDLE)).isEqualTo(3);
        queue.letPass(Duration.ofSeconds(60));
        queue.expire();
        queue.holds(2, 0, 0);
    }

    @Test
    void messageIsReceivableOnlyWhenItsWriteIsAcknowledged() {
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(1, Duration.ofSeconds(30));
        store.hold(Kind.PUT_BUNDLE);
        queue.sending(aMessage("m"));
        queue.nothingIsReceivable();
        queue.holds(0, 0, 0);
        assertThat(waiting).isNotDone();

        store.letGo();

        assertThat(result(waiting)).hasSize(1);
    }

    @Test
    void failedWriteIsUnknownToItsSendersAndTheQueueGoesOn() {
        store.fail(Kind.PUT_BUNDLE);
        isRefused(queue.sending(aMessage("lost")), ServiceUnavailableException.class);
        queue.holds(0, 0, 0);

        store.heal();
        queue.send(aMessage("kept"));

        assertThat(queue.receiveAll()).containsExactly("kept");
    }

    // ---- receives ----

    @Test
    void messagesOfOneBundleAreTakenByOneReplacement() {
        queue.send(aMessage("a"), aMessage("b"), aMessage("c"));
        store.forgetCalls();

        assertThat(queue.receive(16)).hasSize(3);

        assertThat(store.count(Kind.REPLACE_DELIVERIES)).isEqualTo(1);
        assertThat(store.count(Kind.GET_BUNDLE)).isEqualTo(1);
    }

    @Test
    void receivesThatMeetOnOneBundleShareTheNextReplacement() {
        queue.send(IntStream.range(0, 10).mapToObj(i -> aMessage("m" + i)).toArray(MessageToSend[]::new));
        store.forgetCalls();
        store.hold(Kind.REPLACE_DELIVERIES);
        List<CompletableFuture<List<ReceivedMessage>>> receives = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            receives.add(queue.receiving(1, NO_WAIT));
        }
        assertThat(store.count(Kind.REPLACE_DELIVERIES)).isEqualTo(1);

        store.letGo();

        assertThat(store.count(Kind.REPLACE_DELIVERIES)).isEqualTo(2);
        assertThat(receives.stream().map(received -> result(received).get(0).body()))
                .extracting(Object::toString)
                .containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
        queue.holds(0, 10, 0);
    }

    @Test
    void receiveThatCannotBeStoredIsRefusedAndTheMessageComesBackAfterItsHiding() {
        queue.send(aMessage("m"));
        store.fail(Kind.REPLACE_DELIVERIES);
        isRefused(queue.receiving(1, Duration.ofSeconds(30)), ServiceUnavailableException.class);

        store.heal();
        queue.nothingIsReceivable();
        queue.letPass(VISIBILITY);

        assertThat(queue.receive().dequeueCount()).isEqualTo(1);
    }

    @Test
    void receiveThatCannotReadIsRefused() {
        queue.send(aMessage("m"));
        store.fail(Kind.GET_BUNDLE);
        isRefused(queue.receiving(1, NO_WAIT), ServiceUnavailableException.class);
        store.fail(Kind.GET_DELIVERIES);
        queue.letPass(VISIBILITY);
        isRefused(queue.receiving(1, NO_WAIT), ServiceUnavailableException.class);

        store.heal();
        queue.letPass(VISIBILITY);

        assertThat(queue.receiveAll()).containsExactly("m");
    }

    @Test
    void batchReceiveGivesWhatItGotWhenOneOfItsBundlesCannotBeRead() {
        queue.send(aMessage("a"));
        queue.letPass(Duration.ofMillis(1));
        queue.send(aMessage("b"));
        store.hold(Kind.REPLACE_DELIVERIES);
        CompletableFuture<List<ReceivedMessage>> both = queue.receiving(16, NO_WAIT);
        store.beforeNextReplace(() -> store.fail(Kind.GET_DELIVERIES));

        store.letGo();

        assertThat(result(both)).hasSize(2);
    }

    // ---- deletes ----

    @Test
    void deletesOfOneBundleAreOneReplacement() {
        queue.send(aMessage("a"), aMessage("b"), aMessage("c"));
        List<String> handles = queue.receive(16).stream()
                .map(message -> message.receiptHandle().text())
                .toList();
        store.forgetCalls();

        queue.queue()
                .delete(handles)
                .forEach(deleted -> assertThat(result(deleted)).isTrue());

        assertThat(store.count(Kind.REPLACE_DELIVERIES)).isEqualTo(1);
        assertThat(store.count(Kind.REMOVE_BUNDLE)).isEqualTo(1);
        assertThat(store.kept().bundleCount()).isZero();
        assertThat(store.kept().deliveriesCount()).isZero();
    }

    @Test
    void deleteIsAcknowledgedOnlyWhenItIsStored() {
        queue.send(aMessage("m"));
        ReceiptHandle handle = queue.receive().receiptHandle();
        store.hold(Kind.REPLACE_DELIVERIES);

        CompletableFuture<Boolean> deleting = queue.deleting(handle);

        assertThat(deleting).isNotDone();
        queue.holds(0, 1, 0);
        store.letGo();
        assertThat(result(deleting)).isTrue();
        queue.holds(0, 0, 0);
    }

    @Test
    void deleteThatCannotBeStoredIsUnknownAndTheMessageComesBack() {
        queue.send(aMessage("m"));
        ReceiptHandle handle = queue.receive().receiptHandle();
        store.fail(Kind.REPLACE_DELIVERIES);
        isRefused(queue.deleting(handle), ServiceUnavailableException.class);

        store.heal();
        queue.letPass(VISIBILITY);

        assertThat(queue.receiveAll()).containsExactly("m");
    }

    @Test
    void bundleThatCannotBeRemovedHarmsNobody() {
        queue.send(aMessage("m"));
        store.fail(Kind.REMOVE_BUNDLE);

        queue.delete(queue.receive().receiptHandle());

        store.heal();
        queue.restart();
        queue.holds(0, 0, 0);
        queue.nothingIsReceivable();
        assertThat(store.kept().bundleCount()).isZero();
    }

    @Test
    void actsOnOneBundleAreDecidedInTheirOrder() {
        queue.send(aMessage("m"));
        ReceiptHandle handle = queue.receive().receiptHandle();
        store.hold(Kind.GET_DELIVERIES);
        CompletableFuture<?> changed = queue.changingVisibility(handle, Duration.ofSeconds(60));
        CompletableFuture<Boolean> deleted = queue.deleting(handle);
        CompletableFuture<?> changedAgain = queue.changingVisibility(handle, Duration.ofSeconds(60));

        store.letGo();

        assertThat(changed).isCompleted();
        assertThat(result(deleted)).isTrue();
        isRefused(changedAgain, MessageNotExistException.class);
    }

    // ---- another writer ----

    @Test
    void receiveThatLostToAnotherWriterIsDecidedAgain() {
        SentMessage sent =
                queue.send(aMessage("taken by another"), aMessage("left")).get(0);
        store.beforeNextReplace(() -> takeElsewhere(sent));

        ReceivedMessage received = queue.receive();

        assertThat(received.body()).hasToString("left");
        assertThat(store.count(Kind.REPLACE_DELIVERIES)).isEqualTo(2);
        queue.holds(0, 2, 0);
        queue.letPass(Duration.ofSeconds(100));
        assertThat(queue.receive().dequeueCount()).isEqualTo(2);
    }

    @Test
    void deleteThatLostToANewerReceiveElsewhereIsRefused() {
        SentMessage sent = queue.send(aMessage("m"));
        ReceiptHandle handle = queue.receive().receiptHandle();
        store.beforeNextReplace(() -> takeElsewhere(sent));

        isRefused(queue.deleting(handle), MessageNotExistException.class);

        queue.holds(0, 1, 0);
    }

    @Test
    void actThatKeepsLosingPausesAndIsGivenUpAtLast() {
        queue.send(aMessage("m"));
        ReceiptHandle handle = queue.receive().receiptHandle();
        store.loseEachReplace(true);
        store.forgetCalls();

        CompletableFuture<Boolean> delete = queue.deleting(handle);
        assertThat(store.count(Kind.REPLACE_DELIVERIES)).isEqualTo(4);
        queue.letPass(Duration.ofMillis(9));
        assertThat(store.count(Kind.REPLACE_DELIVERIES)).isEqualTo(4);
        queue.letPass(Duration.ofMillis(1));
        assertThat(store.count(Kind.REPLACE_DELIVERIES)).isEqualTo(5);
        for (int i = 0; i < 10; i++) {
            queue.letPass(Duration.ofSeconds(2));
        }

        isRefused(delete, ServiceUnavailableException.class);
        assertThat(store.count(Kind.REPLACE_DELIVERIES)).isEqualTo(12);
        queue.holds(0, 1, 0);
    }

    @Test
    void actThatLostForAWhileIsDoneThen() {
        queue.send(aMessage("m"));
        ReceiptHandle handle = queue.receive().receiptHandle();
        store.loseEachReplace(true);
        CompletableFuture<Boolean> delete = queue.deleting(handle);
        CompletableFuture<Boolean> behind = queue.deleting(handle);
        store.loseEachReplace(false);

        assertThat(delete).isNotDone();
        queue.letPass(Duration.ofMillis(10));

        assertThat(result(delete)).isTrue();
        isRefused(behind, MessageNotExistException.class);
        queue.holds(0, 0, 0);
    }

    @Test
    void actThatPausesIsAnsweredWhenTheQueueIsClosed() {
        queue.send(aMessage("m"));
        ReceiptHandle handle = queue.receive().receiptHandle();
        store.loseEachReplace(true);
        CompletableFuture<Boolean> delete = queue.deleting(handle);

        queue.queue().close(new QueueNotExistException());

        isRefused(delete, QueueNotExistException.class);
    }

    @Test
    void messageThatWasDeletedElsewhereIsNotReceived() {
        SentMessage sent = queue.send(aMessage("deleted"), aMessage("left")).get(0);
        BundleKey key = keyOf(sent);
        Deliveries.Change change = Deliveries.none(bundle(key)).change();
        change.delete(0);
        result(store.kept().replaceDeliveries(key, Deliveries.none(bundle(key)), change.done()));

        assertThat(queue.receiveAll()).containsExactly("left");
        queue.holds(0, 1, 0);
    }

    @Test
    void messageWhoseBundleIsGoneElsewhereIsNotReceived() {
        SentMessage sent = queue.send(aMessage("gone"));
        result(store.kept().removeBundle(keyOf(sent)));

        queue.nothingIsReceivable();

        queue.holds(0, 0, 0);
    }

    @Test
    void waitingReceiveThatMissesGoesOnWaiting() {
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(1, Duration.ofSeconds(30));
        store.hold(Kind.GET_DELIVERIES);
        SentMessage sent = queue.send(aMessage("gone"));
        result(store.kept().removeBundle(keyOf(sent)));
        store.letGo();
        assertThat(waiting).isNotDone();

        queue.send(aMessage("m"));

        assertThat(result(waiting).get(0).body()).hasToString("m");
    }

    private void takeElsewhere(SentMessage sent) {
        BundleKey key = keyOf(sent);
        Deliveries stored = result(store.kept().getDeliveries(key));
        Deliveries before = stored == null ? Deliveries.none(bundle(key)) : stored;
        Deliveries.Change change = before.change();
        change.set(0, new Delivery(1, queue.now(), queue.now() + 100_000, 5));
        assertThat(result(store.kept().replaceDeliveries(key, before, change.done())))
                .isTrue();
    }

    private BundleKey keyOf(SentMessage sent) {
        return new BundleKey(queue.id, 0, Position.bundle(sent.id().position()));
    }

    private Bundle bundle(BundleKey key) {
        return Objects.requireNonNull(result(store.kept().getBundle(key)));
    }

    // ---- slowness and time ----

    @Test
    void receiveIsNotRefusedWhileItIsTakingAMessage() {
        queue.send(aMessage("m"));
        store.hold(Kind.GET_BUNDLE);
        CompletableFuture<List<ReceivedMessage>> receive = queue.receiving(1, Duration.ofSeconds(1));

        queue.letPass(Duration.ofSeconds(2));
        assertThat(receive).isNotDone();
        store.letGo();

        assertThat(result(receive)).hasSize(1);
    }

    @Test
    void visibilityCountsFromWhenTheReceiveIsDecided() {
        queue.send(aMessage("m"));
        store.hold(Kind.GET_BUNDLE);
        CompletableFuture<List<ReceivedMessage>> receive = queue.receiving(1, NO_WAIT);
        queue.letPass(Duration.ofSeconds(10));
        store.letGo();

        assertThat(result(receive).get(0).nextVisibleAt().toEpochMilli())
                .isEqualTo(queue.now() + VISIBILITY.toMillis());
        queue.letPass(VISIBILITY.minusMillis(1));
        queue.nothingIsReceivable();
        queue.delete(result(receive).get(0).receiptHandle());
    }

    @Test
    void messageWhoseReceiveTakesLongerThanItsHidingIsNotGivenToTwo() {
        queue.send(aMessage("m"));
        store.hold(Kind.REPLACE_DELIVERIES);
        CompletableFuture<List<ReceivedMessage>> slow = queue.receiving(1, NO_WAIT);
        queue.letPass(VISIBILITY);
        CompletableFuture<List<ReceivedMessage>> second = queue.receiving(1, NO_WAIT);

        store.letGo();

        assertThat(result(slow)).hasSize(1);
        assertThat(result(second).get(0).dequeueCount()).isEqualTo(2);
        queue.nothingIsReceivable();
        isRefused(queue.deleting(result(slow).get(0).receiptHandle()), MessageNotExistException.class);
        queue.delete(result(second).get(0).receiptHandle());
        queue.holds(0, 0, 0);
    }

    @Test
    void expiredMessagesOfABundleInFlightAreNotLeftBehind() {
        queue.retention(Duration.ofSeconds(60));
        queue.send(aMessage("a"), aMessage("b"));
        store.hold(Kind.REPLACE_DELIVERIES);
        CompletableFuture<List<ReceivedMessage>> receive = queue.receiving(1, NO_WAIT);
        queue.letPass(Duration.ofSeconds(60));
        queue.expire();
        store.letGo();

        assertThat(receive).isDone();
        queue.holds(0, 0, 0);
        queue.restart();
        queue.holds(0, 0, 0);
        assertThat(store.kept().bundleCount()).isZero();
    }

    @Test
    void closingRefusesWaitingSendsAndStillAcknowledgesTheWriteInFlight() {
        store.hold(Kind.PUT_BUNDLE);
        CompletableFuture<SentMessage> inFlight = queue.sending(aMessage("in flight"));
        CompletableFuture<SentMessage> behind = queue.sending(aMessage("behind"));

        queue.queue().close(new QueueNotExistException());

        isRefused(behind, QueueNotExistException.class);
        assertThat(inFlight).isNotDone();
        store.letGo();
        assertThat(result(inFlight)).isNotNull();
    }

    // ---- reading again ----

    @Test
    void sendsAndReceivesOfNewMessagesGoOnWhileStoredOnesAreReadAgain() {
        queue.send(aMessage("old"));
        List<Runnable> reading = new ArrayList<>();
        QueueUnderTest restarted = restartedReadingLater(reading);

        restarted.send(aMessage("new"));
        ReceivedMessage received = restarted.receive();
        assertThat(received.body()).hasToString("new");
        restarted.delete(received.receiptHandle());

        reading.forEach(Runnable::run);
        restarted.holds(1, 0, 0);
        assertThat(restarted.receiveAll()).containsExactly("old");
    }

    @Test
    void whatNeedsTheStoredMessagesWaitsUntilTheyAreRead() {
        queue.send(aMessage("old"));
        ReceiptHandle handle = queue.receive().receiptHandle();
        queue.send(aMessage("waiting"));
        List<Runnable> reading = new ArrayList<>();
        QueueUnderTest restarted = restartedReadingLater(reading);

        CompletableFuture<QueueStatistics> counts =
                restarted.queue().statistics().toCompletableFuture();
        CompletableFuture<?> peek = restarted.queue().peek(1).toCompletableFuture();
        CompletableFuture<Boolean> delete = restarted.deleting(handle);
        CompletableFuture<List<ReceivedMessage>> receive = restarted.receiving(1, NO_WAIT);
        restarted.letPass(Duration.ofSeconds(1));
        assertThat(List.of(counts, peek, delete, receive)).noneMatch(CompletableFuture::isDone);
        reading.forEach(Runnable::run);

        assertThat(result(delete)).isTrue();
        assertThat(result(receive).get(0).body()).hasToString("waiting");
        assertThat(counts).isCompleted();
        assertThat(peek).isDone();
    }

    @Test
    void manyStoredMessagesAreReadAgainInSteps() {
        for (int i = 0; i < 600; i++) {
            queue.send(aMessage("m" + i));
        }

        queue.restart();

        queue.holds(600, 0, 0);
        assertThat(queue.receiveAll()).hasSize(600);
    }

    @Test
    void queueWhoseStoredMessagesCannotBeReadAnswersEverybody() {
        queue.send(aMessage("old"));
        ReceiptHandle handle = queue.receive().receiptHandle();
        List<Runnable> reading = new ArrayList<>();
        QueueUnderTest restarted = restartedReadingLater(reading);
        List<CompletableFuture<?>> asked = new ArrayList<>();
        asked.add(restarted.queue().statistics().toCompletableFuture());
        asked.add(restarted.queue().peek(1).toCompletableFuture());
        asked.add(restarted.receiving(1, Duration.ofSeconds(30)));
        CompletableFuture<Boolean> delete = restarted.deleting(handle);
        store.duringScan(() -> {
            throw new IllegalStateException("as if the disk failed");
        });

        reading.forEach(Runnable::run);

        asked.forEach(each -> isRefused(each, ServiceUnavailableException.class));
        assertThat(delete).isDone();
        isRefused(restarted.sending(aMessage("new")), ServiceUnavailableException.class);
        isRefused(restarted.receiving(1, NO_WAIT), ServiceUnavailableException.class);
    }

    @Test
    void nodeThatCannotReadItsDiskIsToldSo() {
        List<Runnable> reading = new ArrayList<>();
        QueueUnderTest restarted = restartedReadingLater(reading);
        store.duringScan(() -> {
            throw new UncheckedIOException(new IOException("as if the disk failed"));
        });

        reading.forEach(Runnable::run);

        isRefused(restarted.sending(aMessage("new")), ServiceUnavailableException.class);
        assertThat(restarted.unreadable).singleElement().asString().contains("as if the disk failed");
    }

    @Test
    void nodeThatFailsToReadForAnotherReasonThanItsDiskIsNotToldToEnd() {
        List<Runnable> reading = new ArrayList<>();
        QueueUnderTest restarted = restartedReadingLater(reading);
        store.duringScan(() -> {
            throw new IllegalStateException("as if there were an error in it, as in every other node");
        });

        reading.forEach(Runnable::run);

        isRefused(restarted.sending(aMessage("new")), ServiceUnavailableException.class);
        assertThat(restarted.unreadable).isEmpty();
    }

    @Test
    void queueDeletedWhileItIsReadAgainAnswersEverybody() {
        queue.send(aMessage("old"));
        List<Runnable> reading = new ArrayList<>();
        QueueUnderTest restarted = restartedReadingLater(reading);
        List<CompletableFuture<?>> asked = new ArrayList<>();
        asked.add(restarted.queue().statistics().toCompletableFuture());
        asked.add(restarted.queue().peek(1).toCompletableFuture());
        asked.add(restarted.receiving(1, Duration.ofSeconds(30)));

        restarted.queue().close(new QueueNotExistException());
        reading.forEach(Runnable::run);

        asked.forEach(each -> isRefused(each, QueueNotExistException.class));
    }

    // ---- bundles that are mostly dead ----

    private ReceivedMessage stragglerOfADeletedBundle() {
        queue.send(aMessage("a".repeat(100)), aMessage("b".repeat(100)), aMessage("straggler"), aMessage("d"));
        List<ReceivedMessage> received = queue.receive(16);
        ReceivedMessage straggler = received.get(2);
        received.stream()
                .filter(message -> !message.equals(straggler))
                .forEach(message -> queue.delete(message.receiptHandle()));
        queue.changeVisibility(straggler.receiptHandle(), Duration.ofHours(1));
        return straggler;
    }

    private BundleKey keyOf(ReceivedMessage message) {
        return new BundleKey(queue.id, 0, Position.bundle(message.id().position()));
    }

    @Test
    void bundleThatWasMostlyDeadForFiveMinutesIsRewrittenSmallAndItsMessageStaysWhatItIs() {
        ReceivedMessage straggler = stragglerOfADeletedBundle();

        queue.letPass(Duration.ofMinutes(5).minusMillis(1));
        queue.queue().rewriteSparse();
        assertThat(bundle(keyOf(straggler)).entries()).isEqualTo(4);
        queue.letPass(Duration.ofMillis(1));
        queue.queue().rewriteSparse();

        assertThat(bundle(keyOf(straggler)).entries()).isEqualTo(1);
        queue.changeVisibility(straggler.receiptHandle(), Duration.ofSeconds(1));
        queue.letPass(Duration.ofSeconds(1));
        ReceivedMessage again = queue.receive();
        assertThat(again.id()).isEqualTo(straggler.id());
        assertThat(again.body()).hasToString("straggler");
        assertThat(again.dequeueCount()).isEqualTo(2);
        queue.delete(again.receiptHandle());
        assertThat(store.kept().bundleCount()).isZero();
    }

    @Test
    void bundleFoundMostlyDeadAtAStartIsRewrittenToo() {
        ReceivedMessage straggler = stragglerOfADeletedBundle();
        queue.restart();

        queue.letPass(Duration.ofMinutes(5));
        queue.queue().rewriteSparse();

        assertThat(bundle(keyOf(straggler)).entries()).isEqualTo(1);
        queue.restart();
        queue.holds(0, 1, 0);
        queue.delete(straggler.receiptHandle());
    }

    @Test
    void deleteOfABundleThatIsBeingRewrittenWaitsAndTheBundleDoesNotComeBack() {
        ReceivedMessage straggler = stragglerOfADeletedBundle();
        queue.letPass(Duration.ofMinutes(5));
        store.hold(Kind.REPLACE_BUNDLE);
        queue.queue().rewriteSparse();

        CompletableFuture<Boolean> deleting = queue.deleting(straggler.receiptHandle());
        assertThat(deleting).isNotDone();
        store.letGo();

        assertThat(result(deleting)).isTrue();
        assertThat(store.kept().bundleCount()).isZero();
        assertThat(store.kept().deliveriesCount()).isZero();
    }

    @Test
    void bundleThatCannotBeRewrittenStaysAsItIs() {
        ReceivedMessage straggler = stragglerOfADeletedBundle();
        queue.letPass(Duration.ofMinutes(5));
        store.fail(Kind.REPLACE_BUNDLE);
        queue.queue().rewriteSparse();
        store.heal();

        assertThat(bundle(keyOf(straggler)).entries()).isEqualTo(4);
        queue.delete(straggler.receiptHandle());
    }

    // ---- what cannot be read ----

    @Test
    void unreadableBundleIsLeftOutAndTheRestIsServedAndNothingOfItRemoved() {
        SentMessage damaged = queue.send(aMessage("damaged"));
        queue.send(aMessage("whole"));
        store.damage(keyOf(damaged));

        queue.restart();

        queue.holds(1, 0, 0);
        assertThat(queue.receiveAll()).containsExactly("whole");
        assertThat(queue.queue().unreadableBundles()).isEqualTo(1);
        queue.send(aMessage("new"));
        assertThat(queue.receiveAll()).containsExactly("new");
        assertThat(store.kept().bundleCount()).isEqualTo(3);
    }

    @Test
    void bundleFoundUnreadableByAReceiveIsLeftOutAndTheReceiverGetsTheNextMessage() {
        SentMessage damaged =
                queue.send(aMessage("damaged"), aMessage("with it")).get(0);
        queue.send(aMessage("whole"));
        store.damage(keyOf(damaged));

        assertThat(queue.receiveAll()).containsExactly("whole");

        assertThat(queue.queue().unreadableBundles()).isEqualTo(1);
        queue.holds(0, 1, 0);
        queue.letPass(QueueUnderTest.RETENTION);
        queue.expire();
        queue.send(aMessage("new"));
        assertThat(queue.receiveAll()).containsExactly("new");
        assertThat(bundle(keyOf(damaged))).isNotNull();
    }

    @Test
    void deleteOfAMessageWhoseStateCannotBeReadIsRefusedAsUnavailable() {
        SentMessage damaged = queue.send(aMessage("damaged"));
        ReceiptHandle handle = queue.receive().receiptHandle();
        store.damage(keyOf(damaged));

        isRefused(queue.deleting(handle), UnreadableBundleException.class);

        assertThat(bundle(keyOf(damaged))).isNotNull();
    }

    // ---- what throws ----

    @Test
    void waitingReceiverWhosePresenceCannotBeToldIsAnsweredAndTheQueueGoesOn() {
        CompletableFuture<List<ReceivedMessage>> broken = queue.receiving(1, Duration.ofSeconds(30), () -> {
            throw new IllegalStateException("as if the connection were broken");
        });

        queue.send(aMessage("m"));

        isRefused(broken, MessageNotExistException.class);
        assertThat(queue.receiveAll()).containsExactly("m");
        assertThat(queue.isOver()).isFalse();
    }

    /** The same queue in a node that began later, whose reading of stored messages the test does itself. */
    private QueueUnderTest restartedReadingLater(List<Runnable> reading) {
        return queue.restarted(reading::add);
    }

    // ---- who does the work ----

    @Test
    void answersAreGivenWhenTheQueueIsFreeForOthers() {
        queue.send(aMessage("a"), aMessage("b"), aMessage("c"));
        ReceiptHandle handle = queue.receive().receiptHandle();
        List<Runnable> reading = new ArrayList<>();
        QueueUnderTest restarted = restartedReadingLater(reading);
        List<String> answered = new CopyOnWriteArrayList<>();
        Consumer<String> slowClient = name -> {
            assertThat(countsSeenByAnother(restarted)).isEqualTo(1);
            answered.add(name);
        };
        restarted.queue().peek(1).thenAccept(any -> slowClient.accept("peek"));
        restarted.queue().statistics().thenAccept(any -> slowClient.accept("statistics"));
        restarted.receiving(1, NO_WAIT).thenAccept(any -> slowClient.accept("receive"));
        restarted.deleting(handle).thenAccept(any -> slowClient.accept("delete"));

        reading.forEach(Runnable::run);

        assertThat(answered).containsExactlyInAnyOrder("peek", "statistics", "receive", "delete");
    }

    /** Asks on another thread and waits, as a slow client would. */
    private static long countsSeenByAnother(QueueUnderTest asked) {
        return CompletableFuture.supplyAsync(() -> asked.statistics().active())
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private List<CompletableFuture<SentMessage>> sendingMany(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> queue.sending(aMessage("m" + i)))
                .toList();
    }
}
