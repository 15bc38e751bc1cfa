package io.bida.sdk.scenario;

import static io.bida.sdk.OutgoingMessage.aMessage;
import static io.bida.sdk.QueueSetting.DELAY_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.sdk.IncomingMessage;
import io.bida.sdk.Operation;
import io.bida.sdk.QueueSettings;
import io.bida.sdk.SentMessage;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** Rules about messages that wait before they can be received, and the handle their sender holds. */
public interface DelayScenarios extends Scenario {

    @Test
    default void aDelayedMessageComesWhenItIsDueAndNotBefore() throws Exception {
        String queue = aQueue("delayed");
        send(queue, aMessage("later").delayedBySeconds(2));

        assertThat(client().receive(queue)).isEmpty();
        assertThat(client().peek(queue)).isEmpty();
        IncomingMessage received = receiveOne(queue);

        assertThat(received.decodedBody()).isEqualTo("later");
        assertThat(received.firstDequeuedAt())
                .isAfterOrEqualTo(received.enqueuedAt().plusSeconds(2));
        assertThat(Clock.systemUTC().instant()).isAfterOrEqualTo(received.firstDequeuedAt());
    }

    @Test
    default void theDelayOfTheQueueHoldsForMessagesThatNameNone() throws Exception {
        String queue = aQueue("queue-delay", QueueSettings.none().with(DELAY_SECONDS, 600));

        SentMessage sent = send(queue, "later");

        assertThat(client().receive(queue)).isEmpty();
        assertThat(sent.receiptHandle()).isPresent();
        assertThat(client().getQueueAttributes(queue).delayMessages()).isEqualTo(1);
    }

    @Test
    default void theDelayOfTheMessageGoesBeforeThatOfTheQueue() throws Exception {
        String queue = aQueue("own-delay", QueueSettings.none().with(DELAY_SECONDS, 600));

        SentMessage sent = send(queue, aMessage("now").delayedBySeconds(0));

        assertThat(sent.receiptHandle()).isEmpty();
        assertThat(receiveOne(queue).decodedBody()).isEqualTo("now");
    }

    @Test
    default void theSenderOfADelayedMessageCanDeleteItBeforeItIsDue() throws Exception {
        String queue = aQueue("withdrawn");
        SentMessage sent = send(queue, aMessage("never").delayedBySeconds(1));

        client().delete(queue, sent.receiptHandle().orElseThrow());

        assertThat(client().getQueueAttributes(queue).delayMessages()).isZero();
        assertThat(client().receive(queue, 2)).isEmpty();
    }

    @Test
    default void theSenderOfADelayedMessageCanEndItsDelay() throws Exception {
        String queue = aQueue("hurried");
        SentMessage sent = send(queue, aMessage("sooner").delayedBySeconds(600));

        client().changeVisibility(queue, sent.receiptHandle().orElseThrow(), 1);

        assertThat(receiveOne(queue).id()).isEqualTo(sent.id());
    }

    @Test
    default void aMessageWithoutDelayHasNoHandleForItsSender() throws Exception {
        String queue = aQueue("no-delay");

        assertThat(send(queue, "now").receiptHandle()).isEmpty();
    }

    @Test
    default void aDelayOverSevenDaysIsRefused() throws Exception {
        String queue = aQueue("delay-range");

        assertRefused(
                Operation.OTHER,
                "InvalidArgument",
                () -> client().send(queue, aMessage("x").delayedBySeconds(604_801)));
    }
}
