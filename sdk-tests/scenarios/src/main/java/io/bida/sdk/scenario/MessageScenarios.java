package io.bida.sdk.scenario;

import static io.bida.sdk.OutgoingMessage.aMessage;
import static io.bida.sdk.QueueSetting.DELAY_SECONDS;
import static io.bida.sdk.QueueSetting.VISIBILITY_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bida.sdk.IncomingMessage;
import io.bida.sdk.Operation;
import io.bida.sdk.QueueSettings;
import io.bida.sdk.QueueView;
import io.bida.sdk.SentMessage;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Rules about the life of one message: sent, received, deleted. */
public interface MessageScenarios extends Scenario {

    @Test
    default void aReceivedMessageSaysWhereAndWhenItIs() throws Exception {
        Instant now = Clock.systemUTC().instant();
        String queue = aQueue("life", QueueSettings.none().with(VISIBILITY_TIMEOUT, 60));
        SentMessage sent = send(queue, "hello");

        IncomingMessage received = receiveOne(queue);

        assertThat(received.id()).isEqualTo(sent.id());
        assertThat(received.dequeueCount()).isEqualTo(1);
        assertThat(received.priority()).isEqualTo(8);
        assertThat(received.enqueuedAt()).isCloseTo(now, within(30, ChronoUnit.SECONDS));
        assertThat(received.firstDequeuedAt()).isAfterOrEqualTo(received.enqueuedAt());
        assertThat(received.nextVisibleAt().orElseThrow())
                .isEqualTo(received.firstDequeuedAt().plusSeconds(60));
    }

    @Test
    default void anEmptyQueueGivesNoMessage() throws Exception {
        String queue = aQueue("empty");

        assertThat(client().receive(queue)).isEmpty();
        assertThat(client().receiveBatch(queue, 16, 0)).isEmpty();
    }

    @Test
    default void aReceivedMessageStaysHiddenFromOthers() throws Exception {
        String queue = aQueue("hidden");
        send(queue, "once");
        receiveOne(queue);

        assertThat(client().receive(queue)).isEmpty();
    }

    @Test
    default void aReceivedMessageComesBackWhenItsVisibilityTimeoutEnds() throws Exception {
        String queue = aQueueThatShowsAgainAfterASecond("comes-back");
        send(queue, "twice");
        IncomingMessage first = receiveOne(queue);

        IncomingMessage second = receiveOne(queue);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.dequeueCount()).isEqualTo(2);
        assertThat(second.firstDequeuedAt()).isEqualTo(first.firstDequeuedAt());
        assertThat(second.handle()).isNotEqualTo(first.handle());
        assertThat(second.nextVisibleAt().orElseThrow())
                .isAfterOrEqualTo(first.nextVisibleAt().orElseThrow().plusSeconds(1));
    }

    @Test
    default void aDeletedMessageDoesNotComeBack() throws Exception {
        String queue = aQueueThatShowsAgainSoon("deleted");
        send(queue, "once");

        client().delete(queue, receiveOne(queue).handle());

        assertThat(whatComesBack(queue)).isEmpty();
    }

    @Test
    default void deletingADeletedMessageIsRefused() throws Exception {
        String queue = aQueue("deleted-twice");
        send(queue, "once");
        String handle = receiveOne(queue).handle();
        client().delete(queue, handle);

        assertRefused(Operation.DELETE, "MessageNotExist", () -> client().delete(queue, handle));
    }

    @Test
    default void deletingWithAnOlderReceiptHandleIsRefused() throws Exception {
        String queue = aQueueThatShowsAgainAfterASecond("older-handle");
        send(queue, "twice");
        String older = receiveOne(queue).handle();
        receiveOne(queue);

        assertRefused(Operation.DELETE, "MessageNotExist", () -> client().delete(queue, older));
    }

    @Test
    default void deletingWithSomethingThatIsNoReceiptHandleIsRefused() throws Exception {
        String queue = aQueue("no-handle");

        assertRefused(Operation.DELETE, "ReceiptHandleError", () -> client().delete(queue, "nonsense"));
    }

    @Test
    default void deletingWithTheReceiptHandleOfAnotherQueueIsRefused() throws Exception {
        String queue = aQueue("this");
        String another = aQueue("another");
        send(another, "not here");
        String handle = receiveOne(another).handle();

        assertRefused(Operation.DELETE, "ReceiptHandleError", () -> client().delete(queue, handle));
    }

    @Test
    default void sendingToAMissingQueueIsRefused() {
        assertRefused(Operation.OTHER, "QueueNotExist", () -> client().send(aQueueName("missing"), aMessage("x")));
    }

    @Test
    default void receivingFromAMissingQueueIsRefused() {
        assertRefused(Operation.RECEIVE, "QueueNotExist", () -> client().receive(aQueueName("missing")));
        assertRefused(Operation.RECEIVE, "QueueNotExist", () -> client().receiveBatch(aQueueName("missing"), 16, 1));
    }

    @Test
    default void deletingFromAMissingQueueIsRefused() throws Exception {
        String queue = aQueue("will-be-missing");
        send(queue, "x");
        String handle = receiveOne(queue).handle();
        client().deleteQueue(queue);

        assertRefused(Operation.DELETE, "QueueNotExist", () -> client().delete(queue, handle));
    }

    @Test
    default void theCountersFollowTheStatesOfTheMessages() throws Exception {
        String queue = aQueue("counters");
        send(queue, "active");
        send(queue, "inactive");
        send(queue, aMessage("delayed").delayedBySeconds(600));
        receiveOne(queue);

        QueueView view = client().getQueueAttributes(queue);

        assertThat(view.activeMessages()).isEqualTo(1);
        assertThat(view.inactiveMessages()).isEqualTo(1);
        assertThat(view.delayMessages()).isEqualTo(1);
        assertThat(view.settings().find(DELAY_SECONDS)).contains(0L);
    }
}
