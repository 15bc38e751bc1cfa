package io.bida.sdk.scenario;

import static io.bida.sdk.OutgoingMessage.aMessage;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.sdk.IncomingMessage;
import io.bida.sdk.Operation;
import io.bida.sdk.SentMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules about looking at messages without receiving them. */
public interface PeekScenarios extends Scenario {

    @Test
    default void peekingHasNoEffect() throws Exception {
        String queue = aQueue("peek");
        SentMessage sent = send(queue, "seen");

        IncomingMessage peeked = client().peek(queue).orElseThrow();
        IncomingMessage again = client().peek(queue).orElseThrow();
        IncomingMessage received = receiveOne(queue);

        assertThat(peeked).isEqualTo(again);
        assertThat(peeked.id()).isEqualTo(sent.id());
        assertThat(peeked.decodedBody()).isEqualTo("seen");
        assertThat(peeked.bodyMD5()).isEqualTo(sent.bodyMD5());
        assertThat(peeked.dequeueCount()).isZero();
        assertThat(peeked.firstDequeuedAt()).isEqualTo(peeked.enqueuedAt());
        assertThat(peeked.receiptHandle()).isEmpty();
        assertThat(received.dequeueCount()).isEqualTo(1);
    }

    @Test
    default void aBatchPeekShowsMessagesInTheOrderTheyWouldBeReceived() throws Exception {
        String queue = aQueue("batch-peek");
        client().sendBatch(
                        queue,
                        List.of(aMessage("b"), aMessage("c"), aMessage("a").withPriority(1)));

        List<IncomingMessage> peeked = client().peekBatch(queue, 16);
        List<IncomingMessage> received = client().receiveBatch(queue, 16, PATIENCE_SECONDS);

        assertThat(peeked).extracting(IncomingMessage::decodedBody).containsExactly("a", "b", "c");
        assertThat(peeked).extracting(IncomingMessage::dequeueCount).containsOnly(0);
        assertThat(received).extracting(IncomingMessage::decodedBody).containsExactly("a", "b", "c");
        assertThat(received).extracting(IncomingMessage::dequeueCount).containsOnly(1);
    }

    @Test
    default void aReceivedMessageCannotBePeeked() throws Exception {
        String queue = aQueue("peek-hidden");
        send(queue, "hidden");
        receiveOne(queue);

        assertThat(client().peek(queue)).isEmpty();
        assertThat(client().peekBatch(queue, 16)).isEmpty();
    }

    @Test
    default void peekingAtAMissingQueueIsRefused() {
        assertRefused(Operation.RECEIVE, "QueueNotExist", () -> client().peek(aQueueName("missing")));
        assertRefused(Operation.RECEIVE, "QueueNotExist", () -> client().peekBatch(aQueueName("missing"), 16));
    }
}
