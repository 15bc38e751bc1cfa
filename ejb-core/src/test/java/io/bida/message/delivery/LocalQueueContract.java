package io.bida.message.delivery;

import static io.bida.message.MessageToSend.aMessage;
import static io.bida.message.delivery.QueueUnderTest.NO_WAIT;
import static io.bida.message.delivery.QueueUnderTest.VISIBILITY;
import static io.bida.message.delivery.QueueUnderTest.isRefused;
import static io.bida.message.delivery.QueueUnderTest.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.message.ChangedVisibility;
import io.bida.message.MessageId;
import io.bida.message.MessageNotExistException;
import io.bida.message.MessageProperties;
import io.bida.message.MessageProperty;
import io.bida.message.PeekedMessage;
import io.bida.message.ReceiptHandle;
import io.bida.message.ReceiptHandleException;
import io.bida.message.ReceiptHandles.Claim;
import io.bida.message.ReceivedMessage;
import io.bida.message.SentMessage;
import io.bida.queue.QueueNotExistException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a queue does with its messages, whatever it is stored in and whoever runs its steps. */
interface LocalQueueContract {

    Duration MILLISECOND = Duration.ofMillis(1);

    /** A new queue without messages. */
    QueueUnderTest newQueue();

    /** The same in several units of order. */
    QueueUnderTest newQueue(int partitions);

    private static List<String> bodies(List<ReceivedMessage> received) {
        return received.stream().map(message -> message.body().toString()).toList();
    }

    // ---- sending ----

    @Test
    default void sentMessageIsNamedAndSummed() {
        QueueUnderTest queue = newQueue();

        SentMessage sent = queue.send(aMessage("hello"));

        assertThat(MessageId.parse(sent.id().toString())).contains(sent.id());
        assertThat(sent.id().queueId()).isEqualTo(queue.id);
        assertThat(sent.bodyMd5()).isEqualTo("5D41402ABC4B2A76B9719D911017C592");
        assertThat(sent.receiptHandle()).isEmpty();
    }

    @Test
    default void messageIsReceivedAsItWasSent() {
        QueueUnderTest queue = newQueue();
        MessageProperties properties = new MessageProperties(
                Optional.of("group"),
                List.of(new MessageProperty("traceparent", "00-ab", MessageProperty.Type.STRING)),
                List.of(new MessageProperty("k", "1", MessageProperty.Type.NUMBER)));
        SentMessage sent = queue.send(aMessage("必达 \uD83D\uDE00").ofPriority(3).with(properties));

        ReceivedMessage received = queue.receive();

        assertThat(received.id()).isEqualTo(sent.id());
        assertThat(received.body()).hasToString("必达 \uD83D\uDE00");
        assertThat(received.body().md5()).isEqualTo(sent.bodyMd5());
        assertThat(received.priority().value()).isEqualTo(3);
        assertThat(received.properties()).isEqualTo(properties);
    }

    @Test
    default void idsOfMessagesAreAllDifferent() {
        QueueUnderTest queue = newQueue();
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            queue.send(aMessage("a"), aMessage("b"), aMessage("c")).forEach(sent -> ids.add(sent.id()));
        }

        assertThat(ids).doesNotHaveDuplicates();
    }

    // ---- order ----

    @Test
    default void moreUrgentMessagesAreReceivedFirstThenOlderOnes() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("third").ofPriority(8));
        queue.send(aMessage("fifth").ofPriority(16));
        queue.send(aMessage("fourth").ofPriority(8));
        queue.send(aMessage("first").ofPriority(1));
        queue.send(aMessage("second").ofPriority(1));

        assertThat(queue.receiveAll()).containsExactly("first", "second", "third", "fourth", "fifth");
    }

    @Test
    default void messagesOfABatchAreReceivedInTheirOrder() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("1"), aMessage("2"), aMessage("3"));
        queue.send(aMessage("4"), aMessage("5"));

        assertThat(bodies(queue.receive(16))).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    default void batchReceiveTakesNoMoreThanAskedAndTheMostUrgent() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("c"), aMessage("a").ofPriority(1), aMessage("b").ofPriority(2));

        assertThat(bodies(queue.receive(2))).containsExactly("a", "b");
        assertThat(bodies(queue.receive(2))).containsExactly("c");
    }

    @Test
    default void urgencyHoldsAcrossTheUnitsOfAQueue() {
        QueueUnderTest queue = newQueue(3);
        for (int i = 0; i < 9; i++) {
            queue.letPass(MILLISECOND);
            queue.send(aMessage("p" + (9 - i / 3)).ofPriority(9 - i / 3));
        }

        assertThat(queue.receiveAll()).containsExactly("p7", "p7", "p7", "p8", "p8", "p8", "p9", "p9", "p9");
    }

    @Test
    default void ageHoldsAcrossTheUnitsOfAQueue() {
        QueueUnderTest queue = newQueue(3);
        for (int i = 0; i < 9; i++) {
            queue.letPass(MILLISECOND);
            queue.send(aMessage("m" + i));
        }

        assertThat(queue.receiveAll()).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8");
    }

    // ---- delay ----

    @Test
    default void delayedMessageIsReceivableWhenItsDelayIsOverAndNoMillisecondEarlier() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("late").delayedBy(Duration.ofSeconds(10)));
        queue.holds(0, 0, 1);

        queue.letPass(Duration.ofSeconds(10).minus(MILLISECOND));
        queue.nothingIsReceivable();
        queue.letPass(MILLISECOND);

        queue.holds(1, 0, 0);
        assertThat(queue.receiveAll()).containsExactly("late");
    }

    @Test
    default void longestDelayIsSevenDays() {
        QueueUnderTest queue = newQueue();
        queue.retention(Duration.ofDays(8));
        queue.send(aMessage("late").delayedBy(Duration.ofSeconds(604_800)));

        queue.letPass(Duration.ofSeconds(604_800).minus(MILLISECOND));
        queue.nothingIsReceivable();
        queue.letPass(MILLISECOND);

        assertThat(queue.receiveAll()).containsExactly("late");
    }

    @Test
    default void delayOfZeroIsNoDelay() {
        QueueUnderTest queue = newQueue();

        assertThat(queue.send(aMessage("now").delayedBy(Duration.ZERO)).receiptHandle())
                .isEmpty();

        assertThat(queue.receiveAll()).containsExactly("now");
    }

    @Test
    default void dueMessageTakesThePlaceOfItsAge() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("first").delayedBy(Duration.ofSeconds(1)));
        queue.letPass(MILLISECOND);
        queue.send(aMessage("second"));
        queue.letPass(Duration.ofSeconds(1));

        assertThat(queue.receiveAll()).containsExactly("first", "second");
    }

    @Test
    default void dueMessageAnswersAWaitingReceiveAtOnce() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("late").delayedBy(Duration.ofSeconds(5)));
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(1, Duration.ofSeconds(30));

        queue.letPass(Duration.ofSeconds(5).minus(MILLISECOND));
        assertThat(waiting).isNotDone();
        queue.letPass(MILLISECOND);

        assertThat(bodies(result(waiting))).containsExactly("late");
    }

    @Test
    default void delayedMessagesOfOneBatchComeWhenEachIsDue() {
        QueueUnderTest queue = newQueue();
        queue.send(
                aMessage("3 s").delayedBy(Duration.ofSeconds(3)),
                aMessage("at once"),
                aMessage("1 s").delayedBy(Duration.ofSeconds(1)));

        assertThat(queue.receiveAll()).containsExactly("at once");
        queue.letPass(Duration.ofSeconds(1));
        assertThat(queue.receiveAll()).containsExactly("1 s");
        queue.letPass(Duration.ofSeconds(2));
        assertThat(queue.receiveAll()).containsExactly("3 s");
    }

    // ---- visibility ----

    @Test
    default void receivedMessageStaysHiddenUntilItsVisibilityTimeoutEnds() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));
        queue.receive();

        queue.letPass(VISIBILITY.minus(MILLISECOND));
        queue.nothingIsReceivable();
        queue.letPass(MILLISECOND);

        assertThat(queue.receiveAll()).containsExactly("m");
    }

    @Test
    default void messageThatComesBackTakesItsOldPlace() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("oldest"));
        queue.send(aMessage("urgent").ofPriority(1));
        queue.send(aMessage("newest"));
        queue.receive(2);

        queue.letPass(VISIBILITY);

        assertThat(queue.receiveAll()).containsExactly("urgent", "oldest", "newest");
    }

    @Test
    default void messageThatComesBackAnswersAWaitingReceiveAtOnce() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));
        queue.receive();
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(1, VISIBILITY);

        queue.letPass(VISIBILITY);

        assertThat(bodies(result(waiting))).containsExactly("m");
    }

    @Test
    default void receiveCountsAndTimesAreTheSpecifications() {
        QueueUnderTest queue = newQueue();
        long sentAt = queue.now();
        queue.send(aMessage("m"));
        queue.letPass(Duration.ofSeconds(7));

        ReceivedMessage first = queue.receive();
        assertThat(first.dequeueCount()).isEqualTo(1);
        assertThat(first.enqueuedAt().toEpochMilli()).isEqualTo(sentAt);
        assertThat(first.firstDequeuedAt().toEpochMilli()).isEqualTo(sentAt + 7_000);
        assertThat(first.nextVisibleAt().toEpochMilli()).isEqualTo(sentAt + 37_000);

        queue.letPass(VISIBILITY);
        ReceivedMessage second = queue.receive();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.dequeueCount()).isEqualTo(2);
        assertThat(second.enqueuedAt()).isEqualTo(first.enqueuedAt());
        assertThat(second.firstDequeuedAt()).isEqualTo(first.firstDequeuedAt());
        assertThat(second.nextVisibleAt().toEpochMilli()).isEqualTo(sentAt + 67_000);
        assertThat(second.receiptHandle()).isNotEqualTo(first.receiptHandle());
    }

    // ---- receipt handles ----

    @Test
    default void handleDeletesItsMessageForGood() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));

        queue.delete(queue.receive().receiptHandle());

        queue.holds(0, 0, 0);
        queue.letPass(VISIBILITY);
        queue.nothingIsReceivable();
        queue.isForgotten();
    }

    @Test
    default void handleIsGoodUntilTheLastMillisecondOfHiding() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));
        ReceiptHandle handle = queue.receive().receiptHandle();

        queue.letPass(VISIBILITY.minus(MILLISECOND));

        queue.delete(handle);
    }

    @Test
    default void handleIsVoidWhenTheHidingHasEnded() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));
        ReceiptHandle handle = queue.receive().receiptHandle();

        queue.letPass(VISIBILITY);

        isRefused(queue.deleting(handle), MessageNotExistException.class);
        isRefused(queue.changingVisibility(handle, VISIBILITY), MessageNotExistException.class);
        queue.holds(1, 0, 0);
    }

    @Test
    default void handleIsVoidAfterANewerReceiveWhoseHandleIsGood() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));
        ReceiptHandle older = queue.receive().receiptHandle();
        queue.letPass(VISIBILITY);
        ReceiptHandle newer = queue.receive().receiptHandle();

        isRefused(queue.deleting(older), MessageNotExistException.class);
        isRefused(queue.changingVisibility(older, VISIBILITY), MessageNotExistException.class);
        queue.delete(newer);
    }

    @Test
    default void changedVisibilityGivesAnotherHandleAndTheOldOneStaysGoodAsLong() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));
        ReceivedMessage received = queue.receive();
        queue.letPass(Duration.ofSeconds(20));

        ChangedVisibility changed = queue.changeVisibility(received.receiptHandle(), Duration.ofSeconds(60));

        assertThat(changed.nextVisibleAt().toEpochMilli()).isEqualTo(queue.now() + 60_000);
        assertThat(changed.receiptHandle()).isNotEqualTo(received.receiptHandle());
        queue.letPass(Duration.ofSeconds(60).minus(MILLISECOND));
        queue.nothingIsReceivable();
        queue.delete(received.receiptHandle());
    }

    @Test
    default void visibilityChangedTwiceWithinOneMillisecondGivesTwoHandlesAndAllAreGood() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));
        ReceiptHandle received = queue.receive().receiptHandle();

        ReceiptHandle first = queue.changeVisibility(received, VISIBILITY).receiptHandle();
        ReceiptHandle second = queue.changeVisibility(first, VISIBILITY).receiptHandle();

        assertThat(List.of(received, first, second)).doesNotHaveDuplicates();
        queue.changeVisibility(first, VISIBILITY);
        queue.changeVisibility(received, VISIBILITY);
        queue.delete(received);
    }

    @Test
    default void handleOfAChangedVisibilityIsGoodToo() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));
        ReceiptHandle first = queue.receive().receiptHandle();
        ReceiptHandle second =
                queue.changeVisibility(first, Duration.ofSeconds(60)).receiptHandle();
        ReceiptHandle third =
                queue.changeVisibility(second, Duration.ofSeconds(90)).receiptHandle();

        queue.changeVisibility(first, Duration.ofSeconds(70));
        queue.delete(third);

        isRefused(queue.deleting(second), MessageNotExistException.class);
    }

    @Test
    default void changedVisibilityCountsFromNowAndMayBeShorter() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));
        ReceivedMessage received = queue.receive();

        queue.changeVisibility(received.receiptHandle(), Duration.ofSeconds(1));

        queue.letPass(Duration.ofSeconds(1).minus(MILLISECOND));
        queue.nothingIsReceivable();
        queue.letPass(MILLISECOND);
        ReceivedMessage again = queue.receive();
        assertThat(again.dequeueCount()).isEqualTo(2);
        isRefused(queue.deleting(received.receiptHandle()), MessageNotExistException.class);
    }

    @Test
    default void shortenedVisibilityAnswersAWaitingReceiveWhenItEnds() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));
        ReceiptHandle handle = queue.receive().receiptHandle();
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(1, Duration.ofSeconds(30));

        queue.changeVisibility(handle, Duration.ofSeconds(2));
        queue.letPass(Duration.ofSeconds(2));

        assertThat(bodies(result(waiting))).containsExactly("m");
    }

    @Test
    default void longestVisibilityIsTwelveHours() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));
        queue.changeVisibility(queue.receive().receiptHandle(), Duration.ofSeconds(43_200));

        queue.letPass(Duration.ofSeconds(43_200).minus(MILLISECOND));
        queue.nothingIsReceivable();
        queue.letPass(MILLISECOND);

        assertThat(queue.receiveAll()).containsExactly("m");
    }

    @Test
    default void deletedMessageCannotBeDeletedAgainOrChanged() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"), aMessage("other"));
        ReceiptHandle handle = queue.receive().receiptHandle();
        queue.delete(handle);

        isRefused(queue.deleting(handle), MessageNotExistException.class);
        isRefused(queue.changingVisibility(handle, VISIBILITY), MessageNotExistException.class);
        queue.holds(1, 0, 0);
    }

    @Test
    default void sameHandleTwiceInOneBatchDeletesOnce() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"), aMessage("other"));
        String handle = queue.receive().receiptHandle().text();

        List<CompletableFuture<Boolean>> outcomes = queue.queue().delete(List.of(handle, handle));

        assertThat(result(outcomes.get(0))).isTrue();
        isRefused(outcomes.get(1), MessageNotExistException.class);
        queue.holds(1, 0, 0);
    }

    @Test
    default void ofABatchOfDeletesEachHandleSucceedsOrFailsByItself() {
        QueueUnderTest queue = newQueue();
        QueueUnderTest foreign = newQueue();
        queue.send(aMessage("a"), aMessage("b"), aMessage("c"));
        foreign.send(aMessage("x"));
        List<ReceivedMessage> received = queue.receive(2);

        List<CompletableFuture<Boolean>> outcomes = queue.queue()
                .delete(List.of(
                        received.get(1).receiptHandle().text(),
                        "1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==",
                        foreign.receive().receiptHandle().text(),
                        received.get(0).receiptHandle().text()));

        assertThat(result(outcomes.get(0))).isTrue();
        isRefused(outcomes.get(1), ReceiptHandleException.class);
        isRefused(outcomes.get(2), ReceiptHandleException.class);
        assertThat(result(outcomes.get(3))).isTrue();
        queue.holds(1, 0, 0);
        foreign.holds(0, 1, 0);
    }

    @Test
    default void textThatWasNeverAHandleIsRefusedAsSuch() {
        QueueUnderTest queue = newQueue();

        isRefused(queue.deleting(new ReceiptHandle("")), ReceiptHandleException.class);
        isRefused(queue.changingVisibility(new ReceiptHandle("x"), VISIBILITY), ReceiptHandleException.class);
    }

    @Test
    default void handleOfAnotherUnitThanTheQueueHasIsRefused() {
        QueueUnderTest queue = newQueue();
        Claim claim = new Claim(1, 64, 5);
        ReceiptHandle handle = queue.services.handles().issue(queue.id, claim);

        isRefused(queue.deleting(handle), ReceiptHandleException.class);
    }

    // ---- the handle of a delayed send ----

    @Test
    default void handleOfADelayedSendDeletesTheMessageBeforeAnybodySeesIt() {
        QueueUnderTest queue = newQueue();
        ReceiptHandle handle = queue.send(aMessage("m").delayedBy(Duration.ofSeconds(10)))
                .receiptHandle()
                .orElseThrow();

        queue.delete(handle);

        queue.holds(0, 0, 0);
        queue.letPass(Duration.ofSeconds(10));
        queue.nothingIsReceivable();
    }

    @Test
    default void handleOfADelayedSendEndsTheDelay() {
        QueueUnderTest queue = newQueue();
        ReceiptHandle handle = queue.send(aMessage("m").delayedBy(Duration.ofDays(1)))
                .receiptHandle()
                .orElseThrow();

        ChangedVisibility changed = queue.changeVisibility(handle, Duration.ofSeconds(1));

        queue.holds(0, 0, 1);
        assertThat(changed.nextVisibleAt().toEpochMilli()).isEqualTo(queue.now() + 1_000);
        queue.letPass(Duration.ofSeconds(1));
        ReceivedMessage received = queue.receive();
        assertThat(received.dequeueCount()).isEqualTo(1);
        assertThat(received.firstDequeuedAt().toEpochMilli()).isEqualTo(queue.now());
    }

    @Test
    default void handleOfADelayedSendStaysGoodAfterTheDelayWasChanged() {
        QueueUnderTest queue = newQueue();
        ReceiptHandle handle = queue.send(aMessage("m").delayedBy(Duration.ofSeconds(10)))
                .receiptHandle()
                .orElseThrow();
        ReceiptHandle changed =
                queue.changeVisibility(handle, Duration.ofSeconds(60)).receiptHandle();
        queue.letPass(Duration.ofSeconds(50));

        assertThat(changed).isNotEqualTo(handle);
        queue.delete(handle);

        queue.holds(0, 0, 0);
    }

    @Test
    default void handleOfADelayedSendIsVoidWhenTheDelayIsOver() {
        QueueUnderTest queue = newQueue();
        ReceiptHandle handle = queue.send(aMessage("m").delayedBy(Duration.ofSeconds(10)))
                .receiptHandle()
                .orElseThrow();

        queue.letPass(Duration.ofSeconds(10));

        isRefused(queue.deleting(handle), MessageNotExistException.class);
        isRefused(queue.changingVisibility(handle, VISIBILITY), MessageNotExistException.class);
        queue.holds(1, 0, 0);
    }

    @Test
    default void handleOfADelayedSendIsVoidAfterTheFirstReceive() {
        QueueUnderTest queue = newQueue();
        ReceiptHandle handle = queue.send(aMessage("m").delayedBy(Duration.ofSeconds(10)))
                .receiptHandle()
                .orElseThrow();
        queue.letPass(Duration.ofSeconds(10));
        queue.receive();

        isRefused(queue.deleting(handle), MessageNotExistException.class);
        queue.holds(0, 1, 0);
    }

    @Test
    default void handlesOfDelayedMessagesOfOneBatchAreEachTheirOwn() {
        QueueUnderTest queue = newQueue();
        List<SentMessage> sent = queue.send(
                aMessage("a").delayedBy(Duration.ofSeconds(10)), aMessage("b").delayedBy(Duration.ofSeconds(20)));

        queue.changeVisibility(sent.get(1).receiptHandle().orElseThrow(), Duration.ofSeconds(1));
        queue.delete(sent.get(0).receiptHandle().orElseThrow());

        queue.letPass(Duration.ofSeconds(20));
        assertThat(queue.receiveAll()).containsExactly("b");
    }

    // ---- retention ----

    @Test
    default void messageIsNotReceivedOnceItsRetentionIsOverAlsoBeforeItIsRemoved() {
        QueueUnderTest queue = newQueue();
        queue.retention(Duration.ofSeconds(60));
        queue.send(aMessage("m"));

        queue.letPass(Duration.ofSeconds(60).minus(MILLISECOND));
        assertThat(queue.peek(1)).hasSize(1);
        queue.letPass(MILLISECOND);

        queue.nothingIsReceivable();
        queue.holds(0, 0, 0);
        queue.isForgotten();
    }

    @Test
    default void messagesInEveryStateAreRemovedWhenTheirRetentionIsOver() {
        QueueUnderTest queue = newQueue();
        queue.retention(Duration.ofSeconds(60));
        queue.send(aMessage("received"), aMessage("waiting"));
        ReceiptHandle delayed = queue.send(aMessage("delayed").delayedBy(Duration.ofSeconds(600)))
                .receiptHandle()
                .orElseThrow();
        queue.letPass(Duration.ofSeconds(59));
        ReceiptHandle received = queue.receive().receiptHandle();
        queue.expire();
        queue.holds(1, 1, 1);

        queue.letPass(Duration.ofSeconds(1));
        queue.expire();

        queue.holds(0, 0, 0);
        isRefused(queue.deleting(received), MessageNotExistException.class);
        isRefused(queue.deleting(delayed), MessageNotExistException.class);
        queue.isForgotten();
        queue.restart();
        queue.holds(0, 0, 0);
    }

    @Test
    default void messagesKeepTheRetentionThatWasInForceWhenTheyWereSent() {
        QueueUnderTest queue = newQueue();
        queue.retention(Duration.ofSeconds(600));
        queue.send(aMessage("long"));
        queue.retention(Duration.ofSeconds(60));
        queue.letPass(Duration.ofSeconds(1));
        queue.send(aMessage("short"));
        queue.retention(Duration.ofSeconds(600));
        queue.letPass(Duration.ofSeconds(1));
        queue.send(aMessage("long again"));

        queue.letPass(Duration.ofSeconds(60));
        queue.expire();
        queue.holds(2, 0, 0);
        queue.letPass(Duration.ofSeconds(538));
        queue.expire();
        queue.holds(1, 0, 0);
        queue.letPass(Duration.ofSeconds(2));
        queue.expire();

        queue.holds(0, 0, 0);
    }

    @Test
    default void restartedQueueKeepsEachMessagesRetentionAlsoWithSendsMeanwhile() {
        QueueUnderTest queue = newQueue();
        queue.retention(Duration.ofSeconds(600));
        queue.send(aMessage("long"));
        queue.letPass(MILLISECOND);
        queue.retention(Duration.ofSeconds(60));
        queue.send(aMessage("short"));
        queue.letPass(MILLISECOND);
        queue.retention(Duration.ofSeconds(600));
        queue.send(aMessage("long again"));
        queue.letPass(MILLISECOND);

        queue.restart();
        queue.send(aMessage("long after the restart"));
        queue.letPass(Duration.ofSeconds(60));
        queue.expire();
        queue.holds(3, 0, 0); // counted once all is read again; a receive would take the new message before that

        assertThat(queue.receiveAll()).containsExactly("long", "long again", "long after the restart");
    }

    @Test
    default void receiveDoesNotProlongTheRetention() {
        QueueUnderTest queue = newQueue();
        queue.retention(Duration.ofSeconds(60));
        queue.send(aMessage("m"));
        queue.letPass(Duration.ofSeconds(50));
        queue.receive();

        queue.letPass(VISIBILITY);

        queue.nothingIsReceivable();
        queue.holds(0, 0, 0);
    }

    // ---- waiting receives ----

    @Test
    default void receiveWithoutWaitIsAnsweredAtOnce() {
        QueueUnderTest queue = newQueue();

        isRefused(queue.receiving(1, NO_WAIT), MessageNotExistException.class);
    }

    @Test
    default void receiveIsRefusedAfterItsWaitAndNotBefore() {
        QueueUnderTest queue = newQueue();
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(1, Duration.ofSeconds(3));

        queue.letPass(Duration.ofSeconds(3).minus(MILLISECOND));
        queue.statistics();
        assertThat(waiting).isNotDone();
        queue.letPass(MILLISECOND);

        isRefused(waiting, MessageNotExistException.class);
    }

    @Test
    default void sentMessageAnswersAWaitingReceiveAtOnce() {
        QueueUnderTest queue = newQueue();
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(1, Duration.ofSeconds(30));

        queue.send(aMessage("m"));

        assertThat(bodies(result(waiting))).containsExactly("m");
        queue.holds(0, 1, 0);
    }

    @Test
    default void waitingReceivesAreAnsweredInTheOrderInWhichTheyCame() {
        QueueUnderTest queue = newQueue();
        List<CompletableFuture<List<ReceivedMessage>>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(queue.receiving(1, Duration.ofSeconds(30 - i)));
            queue.statistics();
        }

        for (int i = 0; i < 5; i++) {
            queue.send(aMessage("m" + i));
            assertThat(bodies(result(waiting.get(i)))).containsExactly("m" + i);
            assertThat(waiting.subList(i + 1, 5)).noneMatch(CompletableFuture::isDone);
        }
    }

    @Test
    default void waitingReceivesAreRefusedInTheOrderOfTheirOwnDeadlines() {
        QueueUnderTest queue = newQueue();
        CompletableFuture<List<ReceivedMessage>> longer = queue.receiving(1, Duration.ofSeconds(10));
        CompletableFuture<List<ReceivedMessage>> shorter = queue.receiving(1, Duration.ofSeconds(5));

        queue.letPass(Duration.ofSeconds(5));
        isRefused(shorter, MessageNotExistException.class);
        assertThat(longer).isNotDone();
        queue.letPass(Duration.ofSeconds(5));

        isRefused(longer, MessageNotExistException.class);
    }

    @Test
    default void batchOfMessagesAnswersSeveralWaitingReceives() {
        QueueUnderTest queue = newQueue();
        CompletableFuture<List<ReceivedMessage>> two = queue.receiving(2, Duration.ofSeconds(30));
        queue.statistics();
        CompletableFuture<List<ReceivedMessage>> one = queue.receiving(1, Duration.ofSeconds(30));
        queue.statistics();
        CompletableFuture<List<ReceivedMessage>> none = queue.receiving(1, Duration.ofSeconds(30));

        queue.send(aMessage("a"), aMessage("b"), aMessage("c"));

        assertThat(bodies(result(two))).containsExactly("a", "b");
        assertThat(bodies(result(one))).containsExactly("c");
        assertThat(none).isNotDone();
    }

    @Test
    default void receiverThatHungUpGetsNothingAndTheMessageGoesToTheNext() {
        QueueUnderTest queue = newQueue();
        AtomicBoolean present = new AtomicBoolean(true);
        CompletableFuture<List<ReceivedMessage>> hungUp = queue.receiving(1, Duration.ofSeconds(30), present::get);
        queue.statistics();
        CompletableFuture<List<ReceivedMessage>> next = queue.receiving(1, Duration.ofSeconds(30));
        queue.statistics();
        present.set(false);

        queue.send(aMessage("m"));

        assertThat(bodies(result(next))).containsExactly("m");
        isRefused(hungUp, MessageNotExistException.class);
        queue.holds(0, 1, 0);
    }

    @Test
    default void messageForAReceiverThatHungUpStaysReceivable() {
        QueueUnderTest queue = newQueue();
        CompletableFuture<List<ReceivedMessage>> hungUp = queue.receiving(1, Duration.ofSeconds(30), () -> false);

        queue.send(aMessage("m"));

        isRefused(hungUp, MessageNotExistException.class);
        queue.holds(1, 0, 0);
        assertThat(queue.receive().dequeueCount()).isEqualTo(1);
    }

    // ---- the end of a queue ----

    @Test
    default void deletedQueueAnswersWaitingReceivesAndRefusesEverythingElse() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("a"), aMessage("b"));
        ReceiptHandle handle = queue.receive(2).get(0).receiptHandle();
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(1, Duration.ofSeconds(30));

        queue.queue().close(new QueueNotExistException());

        isRefused(waiting, QueueNotExistException.class);
        isRefused(queue.receiving(1, NO_WAIT), QueueNotExistException.class);
        isRefused(queue.receiving(1, Duration.ofSeconds(30)), QueueNotExistException.class);
        isRefused(queue.sending(aMessage("c")), QueueNotExistException.class);
        isRefused(queue.deleting(handle), QueueNotExistException.class);
        isRefused(queue.changingVisibility(handle, VISIBILITY), QueueNotExistException.class);
        isRefused(queue.queue().peek(1), QueueNotExistException.class);
        isRefused(queue.queue().statistics(), QueueNotExistException.class);
    }

    // ---- counts ----

    @Test
    default void countsAreExactAtEveryMoment() {
        QueueUnderTest queue = newQueue();
        queue.holds(0, 0, 0);
        queue.send(aMessage("a"), aMessage("b"), aMessage("c").delayedBy(Duration.ofSeconds(5)));
        queue.holds(2, 0, 1);
        ReceiptHandle a = queue.receive().receiptHandle();
        queue.holds(1, 1, 1);
        queue.letPass(Duration.ofSeconds(5));
        queue.holds(2, 1, 0);
        queue.receive(2);
        queue.holds(0, 3, 0);
        queue.delete(a);
        queue.holds(0, 2, 0);
        queue.letPass(VISIBILITY);
        queue.holds(2, 0, 0);
        queue.receive(16).forEach(message -> queue.delete(message.receiptHandle()));
        queue.holds(0, 0, 0);
    }

    // ---- peeking ----

    @Test
    default void peekShowsTheNextMessagesInOrderWithoutAnyEffect() {
        QueueUnderTest queue = newQueue();
        long sentAt = queue.now();
        SentMessage first = queue.send(aMessage("first").ofPriority(1));
        queue.send(aMessage("second"));
        queue.send(aMessage("third"));
        queue.send(aMessage("delayed").delayedBy(Duration.ofSeconds(10)));
        queue.letPass(Duration.ofSeconds(1));

        for (int i = 0; i < 3; i++) {
            List<PeekedMessage> peeked = queue.peek(2);
            assertThat(peeked).extracting(message -> message.body().toString()).containsExactly("first", "second");
            assertThat(peeked.get(0).id()).isEqualTo(first.id());
            assertThat(peeked.get(0).priority().value()).isEqualTo(1);
            assertThat(peeked.get(0).dequeueCount()).isZero();
            assertThat(peeked.get(0).enqueuedAt().toEpochMilli()).isEqualTo(sentAt);
            assertThat(peeked.get(0).firstDequeuedAt().toEpochMilli()).isEqualTo(sentAt);
        }
        queue.holds(3, 0, 1);
        assertThat(queue.receive().dequeueCount()).isEqualTo(1);
    }

    @Test
    default void peekShowsNeitherHiddenNorDelayedMessages() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("hidden"), aMessage("delayed").delayedBy(Duration.ofSeconds(10)));
        queue.receive();

        isRefused(queue.queue().peek(16), MessageNotExistException.class);
    }

    @Test
    default void peekShowsHowOftenAMessageWasReceivedAndWhenFirst() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));
        queue.letPass(Duration.ofSeconds(3));
        ReceivedMessage received = queue.receive();
        queue.letPass(VISIBILITY);

        PeekedMessage peeked = queue.peek(1).get(0);

        assertThat(peeked.dequeueCount()).isEqualTo(1);
        assertThat(peeked.firstDequeuedAt()).isEqualTo(received.firstDequeuedAt());
    }

    @Test
    default void peekDoesNotDisturbAWaitingReceive() {
        QueueUnderTest queue = newQueue();
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(1, Duration.ofSeconds(30));

        isRefused(queue.queue().peek(1), MessageNotExistException.class);
        queue.send(aMessage("m"));

        assertThat(bodies(result(waiting))).containsExactly("m");
    }

    // ---- after a restart ----

    @Test
    default void restartedQueueHoldsItsMessagesInTheirStatesAndOrder() {
        QueueUnderTest queue = newQueue();
        queue.send(
                aMessage("2 second"), aMessage("deleted"), aMessage("1 urgent").ofPriority(1));
        queue.send(
                aMessage("4 delayed").delayedBy(Duration.ofSeconds(10)),
                aMessage("hidden").ofPriority(1));
        List<ReceivedMessage> received = queue.receive(16);
        for (ReceivedMessage message : received) {
            switch (message.body().toString()) {
                case "deleted" -> queue.delete(message.receiptHandle());
                case "hidden" -> queue.changeVisibility(message.receiptHandle(), Duration.ofSeconds(1_000));
                default -> queue.changeVisibility(message.receiptHandle(), Duration.ofSeconds(5));
            }
        }
        queue.letPass(Duration.ofSeconds(5));
        queue.send(aMessage("3 third"));

        queue.restart();

        queue.holds(3, 1, 1);
        assertThat(queue.receiveAll()).containsExactly("1 urgent", "2 second", "3 third");
        queue.letPass(Duration.ofSeconds(5));
        assertThat(queue.receiveAll()).containsExactly("4 delayed");
    }

    @Test
    default void handlesFromBeforeARestartWork() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("a"), aMessage("b"), aMessage("c"));
        List<ReceivedMessage> received = queue.receive(3);
        ReceiptHandle delayed = queue.send(aMessage("delayed").delayedBy(Duration.ofSeconds(100)))
                .receiptHandle()
                .orElseThrow();

        queue.restart();

        queue.delete(received.get(0).receiptHandle());
        queue.changeVisibility(received.get(1).receiptHandle(), Duration.ofSeconds(1));
        queue.changeVisibility(delayed, Duration.ofSeconds(1));
        queue.holds(0, 2, 1);
        queue.letPass(Duration.ofSeconds(1));
        assertThat(queue.receiveAll()).containsExactly("b", "delayed");
        isRefused(queue.deleting(received.get(0).receiptHandle()), MessageNotExistException.class);
        queue.delete(received.get(2).receiptHandle());
    }

    @Test
    default void countsAndTimesOfAReceiveSurviveARestart() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));
        queue.letPass(Duration.ofSeconds(3));
        ReceivedMessage first = queue.receive();

        queue.restart();
        queue.letPass(VISIBILITY);
        ReceivedMessage second = queue.receive();

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.dequeueCount()).isEqualTo(2);
        assertThat(second.firstDequeuedAt()).isEqualTo(first.firstDequeuedAt());
    }

    @Test
    default void delayChangedBeforeARestartIsKept() {
        QueueUnderTest queue = newQueue();
        SentMessage sent = queue.send(aMessage("m").delayedBy(Duration.ofSeconds(100)));
        queue.changeVisibility(sent.receiptHandle().orElseThrow(), Duration.ofSeconds(5));

        queue.restart();

        queue.holds(0, 0, 1);
        queue.letPass(Duration.ofSeconds(5));
        assertThat(queue.receive().dequeueCount()).isEqualTo(1);
    }

    @Test
    default void messagesOfOneBundleSurviveTheDeletionOfTheOthersAndARestart() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("a"), aMessage("b"), aMessage("c"));
        for (ReceivedMessage message : queue.receive(2)) {
            queue.delete(message.receiptHandle());
        }

        queue.restart();

        queue.holds(1, 0, 0);
        ReceivedMessage last = queue.receive();
        assertThat(last.body()).hasToString("c");
        queue.delete(last.receiptHandle());
        queue.isForgotten();
    }

    @Test
    default void newMessagesAfterARestartComeAfterTheOldOnesAlsoWhenTheClockWentBack() {
        QueueUnderTest queue = newQueue();
        SentMessage before = queue.send(aMessage("before"));

        queue.clock.stepBy(Duration.ofHours(-1));
        queue.restart();
        queue.holds(1, 0, 0); // read again; until then a new message may overtake
        SentMessage after = queue.send(aMessage("after"));

        assertThat(after.id().position()).isGreaterThan(before.id().position());
        assertThat(queue.receiveAll()).containsExactly("before", "after");
    }

    // ---- the clock ----

    @Test
    default void messageWithoutDelayIsReceivableAlsoAfterTheClockWentBack() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));

        queue.clock.stepBy(Duration.ofHours(-1));

        queue.holds(1, 0, 0);
        assertThat(queue.receiveAll()).containsExactly("m");
    }

    @Test
    default void waitOfAReceiveEndsOnTimeAlsoWhenTheClockWentBack() {
        QueueUnderTest queue = newQueue();
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(1, Duration.ofSeconds(5));

        queue.clock.stepBy(Duration.ofHours(-1));
        queue.letPass(Duration.ofSeconds(5).minus(MILLISECOND));
        assertThat(waiting).isNotDone();
        queue.letPass(MILLISECOND);

        isRefused(waiting, MessageNotExistException.class);
    }

    @Test
    default void waitOfAReceiveGoesOnWhenTheClockJumpsForward() {
        QueueUnderTest queue = newQueue();
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(1, Duration.ofSeconds(5));

        queue.clock.stepBy(Duration.ofHours(1));
        queue.services.deadlines().wakeDue();
        queue.holds(0, 0, 0);
        assertThat(waiting).isNotDone();
        queue.letPass(Duration.ofSeconds(5));

        isRefused(waiting, MessageNotExistException.class);
    }

    @Test
    default void hiddenMessageComesBackEarlierOrLaterByNoMoreThanTheClockWasSet() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("m"));
        queue.receive();

        queue.clock.stepBy(Duration.ofSeconds(10));
        queue.letPass(VISIBILITY.minusSeconds(10).minus(MILLISECOND));
        queue.nothingIsReceivable();
        queue.letPass(MILLISECOND);
        assertThat(queue.receiveAll()).containsExactly("m");

        queue.clock.stepBy(Duration.ofSeconds(-10));
        queue.letPass(VISIBILITY.plusSeconds(10).minus(MILLISECOND));
        queue.nothingIsReceivable();
        queue.letPass(MILLISECOND);
        assertThat(queue.receiveAll()).containsExactly("m");
    }

    @Test
    default void clockThatJumpsForwardEndsDelaysAndHidings() {
        QueueUnderTest queue = newQueue();
        queue.send(aMessage("hidden"), aMessage("delayed").delayedBy(Duration.ofMinutes(10)));
        queue.receive();

        queue.clock.stepBy(Duration.ofHours(1));
        queue.services.deadlines().wakeDue();

        queue.holds(2, 0, 0);
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(16, Duration.ofSeconds(1));
        assertThat(result(waiting)).hasSize(2);
    }
}
