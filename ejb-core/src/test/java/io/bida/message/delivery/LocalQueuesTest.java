package io.bida.message.delivery;

import static io.bida.message.MessageToSend.aMessage;
import static io.bida.message.delivery.QueueUnderTest.isRefused;
import static io.bida.message.delivery.QueueUnderTest.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bida.account.AccountId;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.DeleteOutcome;
import io.bida.message.MessageNotExistException;
import io.bida.message.NewMessage;
import io.bida.message.ReceiptHandleException;
import io.bida.message.ReceiptHandles;
import io.bida.message.ReceiveRequest;
import io.bida.message.ReceivedMessage;
import io.bida.message.SendOutcome;
import io.bida.message.SentMessage;
import io.bida.message.delivery.StoreMovedByHand.Kind;
import io.bida.queue.Queue;
import io.bida.queue.QueueAttributes;
import io.bida.queue.QueueDeleted;
import io.bida.queue.QueueName;
import io.bida.queue.QueueNotExistException;
import io.bida.queue.QueueStatistics;
import io.bida.time.ClockMovedByHand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queues of a node and what can be done with their messages, from start to stop. */
class LocalQueuesTest {

    private static final AccountId ACCOUNT = new AccountId("1234567890");
    private static final QueueAttributes ATTRIBUTES = new QueueAttributes(
            Duration.ZERO, 65536, Duration.ofSeconds(600), Duration.ofSeconds(40), Duration.ofSeconds(7), false);

    private final ClockMovedByHand clock = new ClockMovedByHand();
    private final SchedulerMovedByHand scheduler = new SchedulerMovedByHand(clock);
    private final StoreMovedByHand store = new StoreMovedByHand();
    private final CatalogueInMemory catalogue = new CatalogueInMemory();
    private LocalQueues queues = new LocalQueues();
    private final MessageDelivery delivery = new MessageDelivery();
    private final Queue queue = queue(1, "orders", ATTRIBUTES);

    @BeforeEach
    void start() {
        catalogue.add(queue);
        startNode();
    }

    private void startNode() {
        queues = new LocalQueues();
        queues.catalogue = catalogue;
        queues.clock = clock;
        queues.monotonic = clock::elapsedMillis;
        delivery.localQueues = queues;
        delivery.serve(store, new ReceiptHandles(new byte[32]), scheduler, Runnable::run, Runnable::run);
    }

    private static Queue queue(long id, String name, QueueAttributes attributes) {
        return new Queue(id, ACCOUNT, new QueueName(name), attributes, 1, Instant.EPOCH, Instant.EPOCH);
    }

    private SentMessage send(Queue to, NewMessage message) {
        return result(delivery.send(to, message));
    }

    private CompletionStage<List<ReceivedMessage>> receiving(Queue from, OptionalInt waitSeconds) {
        return delivery.receive(from, new ReceiveRequest(1, waitSeconds, () -> true));
    }

    private ReceivedMessage receive(Queue from) {
        return result(receiving(from, OptionalInt.of(0))).get(0);
    }

    private void letPass(Duration duration) {
        clock.moveBy(duration);
        scheduler.runDue();
    }

    // ---- attributes of the queue ----

    @Test
    void messageWithoutADelayOfItsOwnTakesTheQueues() {
        Queue delaying = queue(
                1,
                "orders",
                new QueueAttributes(
                        Duration.ofSeconds(10),
                        65536,
                        Duration.ofSeconds(600),
                        Duration.ofSeconds(40),
                        Duration.ZERO,
                        false));
        send(delaying, aMessage("of the queue").build());
        send(delaying, aMessage("its own").delayedBy(Duration.ofSeconds(5)).build());
        assertThat(send(delaying, aMessage("none").delayedBy(Duration.ZERO).build())
                        .receiptHandle())
                .isEmpty();

        assertThat(receive(delaying).body()).hasToString("none");
        letPass(Duration.ofSeconds(5));
        assertThat(receive(delaying).body()).hasToString("its own");
        letPass(Duration.ofSeconds(5));
        assertThat(receive(delaying).body()).hasToString("of the queue");
    }

    @Test
    void receiveHidesForTheQueuesVisibilityTimeout() {
        send(queue, aMessage("m").build());

        assertThat(receive(queue).nextVisibleAt()).isEqualTo(clock.instant().plusSeconds(40));
    }

    @Test
    void receiveThatNamesNoWaitTakesTheQueues() {
        CompletionStage<List<ReceivedMessage>> waiting = receiving(queue, OptionalInt.empty());

        letPass(Duration.ofMillis(6_999));
        assertThat(waiting.toCompletableFuture()).isNotDone();
        letPass(Duration.ofMillis(1));

        isRefused(waiting, MessageNotExistException.class);
    }

    @Test
    void waitOfTheReceiveHoldsOverTheQueues() {
        isRefused(receiving(queue, OptionalInt.of(0)), MessageNotExistException.class);
    }

    @Test
    void messageLivesForTheQueuesRetentionPeriod() {
        send(queue, aMessage("m").build());

        letPass(Duration.ofSeconds(600));
        queues.expire();

        assertThat(result(queues.statistics(List.of(queue)))).isEqualTo(Map.of(queue.id(), QueueStatistics.EMPTY));
        assertThat(store.kept().bundleCount()).isZero();
    }

    @Test
    void countsAreOfTheQueuesThatAreNotDeletedMeanwhile() {
        send(queue, aMessage("m").build());
        Queue other = queue(2, "other", ATTRIBUTES);
        Queue deleted = queue(3, "deleted", ATTRIBUTES);
        catalogue.add(other);

        assertThat(result(queues.statistics(List.of(deleted, other, queue))))
                .isEqualTo(Map.of(other.id(), QueueStatistics.EMPTY, queue.id(), new QueueStatistics(1, 0, 0)));
    }

    // ---- batches ----

    @Test
    void outcomesOfABatchOfSendsAreInTheirOrder() {
        List<SendOutcome> outcomes = result(delivery.send(
                queue,
                List.of(
                        aMessage("a").build(),
                        aMessage("b").delayedBy(Duration.ofSeconds(1)).build(),
                        aMessage("c").build())));

        assertThat(outcomes).allMatch(SendOutcome.Sent.class::isInstance);
        SentMessage first = ((SendOutcome.Sent) outcomes.get(0)).message();
        SentMessage second = ((SendOutcome.Sent) outcomes.get(1)).message();
        assertThat(first.receiptHandle()).isEmpty();
        assertThat(second.receiptHandle()).isPresent();
        assertThat(receive(queue).id()).isEqualTo(first.id());
    }

    @Test
    void failedSendsOfABatchSayWhy() {
        store.fail(Kind.PUT_BUNDLE);

        List<SendOutcome> outcomes = result(delivery.send(
                queue, List.of(aMessage("a").build(), aMessage("b").build())));

        assertThat(outcomes)
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(((SendOutcome.Failed) outcome).reason())
                        .isInstanceOf(ServiceUnavailableException.class));
    }

    @Test
    void outcomesOfABatchOfDeletesAreInTheOrderOfTheirHandles() {
        send(queue, aMessage("a").build());
        String handle = receive(queue).receiptHandle().text();

        List<DeleteOutcome> outcomes = result(delivery.delete(queue, List.of("no handle", handle, handle)));

        assertThat(outcomes).extracting(DeleteOutcome::receiptHandle).containsExactly("no handle", handle, handle);
        assertThat(((DeleteOutcome.Failed) outcomes.get(0)).reason()).isInstanceOf(ReceiptHandleException.class);
        assertThat(outcomes.get(1)).isInstanceOf(DeleteOutcome.Deleted.class);
        assertThat(((DeleteOutcome.Failed) outcomes.get(2)).reason()).isInstanceOf(MessageNotExistException.class);
    }

    // ---- the disk is nearly full ----

    @Test
    void sendsCanBeRefusedWhileReceivesAndDeletesGoOn() {
        send(queue, aMessage("m").build());
        delivery.refuseSends("the disk is nearly full");

        assertThatThrownBy(() -> delivery.send(queue, aMessage("n").build()))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("the disk is nearly full");
        assertThatThrownBy(() -> delivery.send(queue, List.of(aMessage("n").build())))
                .isInstanceOf(ServiceUnavailableException.class);
        result(delivery.changeVisibility(queue, receive(queue).receiptHandle().text(), 1));
        letPass(Duration.ofSeconds(1));
        result(delivery.delete(queue, receive(queue).receiptHandle().text()));

        delivery.acceptSends();
        send(queue, aMessage("n").build());
        assertThat(result(delivery.peek(queue, 1))).hasSize(1);
    }

    // ---- queues that go ----

    @Test
    void deletedQueueIsForgottenAndItsWaitingReceivesAreTold() {
        send(queue, aMessage("m").build());
        receive(queue);
        CompletionStage<List<ReceivedMessage>> waiting = receiving(queue, OptionalInt.of(30));

        catalogue.remove(queue);
        queues.onQueueDeleted(new QueueDeleted(queue));

        isRefused(waiting, QueueNotExistException.class);
        assertThatThrownBy(() -> delivery.send(queue, aMessage("n").build()))
                .isInstanceOf(QueueNotExistException.class);
        assertThat(store.kept().bundleCount()).isZero();
        assertThat(store.kept().deliveriesCount()).isZero();
    }

    @Test
    void queueOfTheSameNameCreatedAgainIsEmptyAndRefusesOldHandles() {
        send(queue, aMessage("m").build());
        String handle = receive(queue).receiptHandle().text();
        catalogue.remove(queue);
        queues.onQueueDeleted(new QueueDeleted(queue));
        Queue again = queue(2, "orders", ATTRIBUTES);
        catalogue.add(again);

        isRefused(receiving(again, OptionalInt.of(0)), MessageNotExistException.class);
        isRefused(delivery.delete(again, handle), ReceiptHandleException.class);
        assertThatThrownBy(() -> delivery.send(queue, aMessage("late").build()))
                .isInstanceOf(QueueNotExistException.class);
    }

    @Test
    void deletedQueueThatNobodyUsedYetIsForgottenToo() {
        send(queue, aMessage("m").build());
        queues.stop();
        startNode();
        Queue other = queue(3, "other", ATTRIBUTES);
        catalogue.add(other);
        catalogue.remove(queue);

        queues.onQueueDeleted(new QueueDeleted(queue));
        queues.onQueueDeleted(new QueueDeleted(other));

        assertThat(store.kept().bundleCount()).isZero();
    }

    // ---- start and stop ----

    @Test
    void nothingIsServedBeforeTheStartAndAfterTheStop() {
        LocalQueues unstarted = new LocalQueues();
        unstarted.catalogue = catalogue;
        unstarted.clock = clock;
        assertThatThrownBy(() -> unstarted.localQueue(queue)).isInstanceOf(ServiceUnavailableException.class);
        unstarted.wakeDue();
        unstarted.expire();

        queues.stop();

        assertThatThrownBy(() -> delivery.send(queue, aMessage("m").build()))
                .isInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void messagesOfAQueueThatWasDeletedWhenTheNodeWentDownAreDroppedAtTheStart() {
        Queue kept = queue(2, "kept", ATTRIBUTES);
        catalogue.add(kept);
        send(queue, aMessage("m").build());
        receive(queue);
        send(kept, aMessage("n").build());
        queues.stop();
        catalogue.remove(queue);

        startNode();

        assertThat(store.storedQueues()).containsOnlyKeys(kept.id());
        assertThat(receive(kept).body()).hasToString("n");
    }

    @Test
    void nothingIsDroppedWhileTheCatalogueDoesNotAnswer() {
        send(queue, aMessage("m").build());
        queues.stop();
        catalogue.remove(queue);
        catalogue.answers = false;

        startNode();

        assertThat(store.kept().bundleCount()).isEqualTo(1);
    }

    @Test
    void queueThatIsMadeWhileTheNodeStopsServesNobody() {
        Thread stopping = new Thread(queues::stop);
        store.whileAQueueIsMade(() -> {
            stopping.start();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> stopping.getState() == Thread.State.BLOCKED || !stopping.isAlive());
        });

        assertThatThrownBy(() -> delivery.send(queue, aMessage("late").build()))
                .isInstanceOf(ServiceUnavailableException.class);

        assertThat(store.kept().bundleCount()).isZero();
    }

    @Test
    void storedMessagesAreCountedRightAfterAStartBeforeAnybodyAsks() {
        send(queue, aMessage("m").build());
        queues.stop();
        letPass(Duration.ofSeconds(600));

        startNode();
        queues.expire();

        assertThat(store.kept().bundleCount()).isZero();
    }

    @Test
    void stoppingNodeEndsWaitsAsEmptyAndRefusesTheRestAsUnavailable() {
        send(queue, aMessage("m").build());
        ReceivedMessage received = receive(queue);
        CompletableFuture<List<ReceivedMessage>> waiting =
                receiving(queue, OptionalInt.of(30)).toCompletableFuture();
        store.hold(Kind.PUT_BUNDLE);
        CompletionStage<SentMessage> inFlight =
                delivery.send(queue, aMessage("in flight").build());
        CompletionStage<SentMessage> behind =
                delivery.send(queue, aMessage("behind").build());
        LocalQueue stopping = queues.localQueue(queue);

        queues.stop();

        isRefused(waiting, MessageNotExistException.class);
        isRefused(behind, ServiceUnavailableException.class);
        isRefused(stopping.delete(List.of(received.receiptHandle().text())).get(0), ServiceUnavailableException.class);
        isRefused(stopping.changeVisibility(received.receiptHandle().text(), 1_000), ServiceUnavailableException.class);
        isRefused(stopping.peek(1), ServiceUnavailableException.class);
        isRefused(stopping.statistics(), ServiceUnavailableException.class);
        store.letGo();
        assertThat(result(inFlight)).isNotNull();
    }
}
