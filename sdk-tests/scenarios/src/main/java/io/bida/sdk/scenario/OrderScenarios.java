package io.bida.sdk.scenario;

import static io.bida.sdk.OutgoingMessage.aMessage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bida.sdk.IncomingMessage;
import io.bida.sdk.Operation;
import io.bida.sdk.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules about which message comes first. */
public interface OrderScenarios extends Scenario {

    @Test
    default void priorityOneComesBeforePrioritySixteen() throws Exception {
        String queue = aQueue("priority");
        send(queue, aMessage("sixteen").withPriority(16));
        send(queue, aMessage("eight"));
        send(queue, aMessage("one").withPriority(1));
        send(queue, aMessage("nine").withPriority(9));

        assertThat(receiveBodies(queue, 4)).containsExactly("one", "eight", "nine", "sixteen");
    }

    @Test
    default void amongEqualPrioritiesTheOldestComesFirst() throws Exception {
        String queue = aQueue("oldest");
        for (int i = 0; i < 6; i++) {
            send(queue, aMessage("message " + i).withPriority(3));
        }

        assertThat(receiveBodies(queue, 6))
                .containsExactly("message 0", "message 1", "message 2", "message 3", "message 4", "message 5");
    }

    @Test
    default void aMessageThatComesBackComesBeforeYoungerOnes() throws Exception {
        String queue = aQueueThatShowsAgainAfterASecond("place");
        send(queue, "older");
        receiveOne(queue);
        send(queue, "younger");

        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> client().getQueueAttributes(queue).activeMessages() == 2);

        assertThat(receiveBodies(queue, 2)).containsExactly("older", "younger");
    }

    @Test
    default void aBatchComesInTheSameOrder() throws Exception {
        String queue = aQueue("batch-order");
        client().sendBatch(
                        queue,
                        List.of(
                                aMessage("c").withPriority(9),
                                aMessage("b").withPriority(8),
                                aMessage("a").withPriority(1)));

        List<IncomingMessage> received = client().receiveBatch(queue, 16, PATIENCE_SECONDS);

        assertThat(received).extracting(IncomingMessage::decodedBody).containsExactly("a", "b", "c");
        assertThat(received).extracting(IncomingMessage::priority).containsExactly(1, 8, 9);
    }

    @Test
    default void aPriorityOutOfItsRangeIsRefused() throws Exception {
        String queue = aQueue("priority-range");

        assertRefused(
                Operation.OTHER,
                "InvalidArgument",
                () -> client().send(queue, aMessage("x").withPriority(17)));
        assertRefused(
                Operation.OTHER,
                "InvalidArgument",
                () -> client().send(queue, aMessage("x").withPriority(0)));
    }

    private List<String> receiveBodies(String queue, int count) throws RefusedException {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add(receiveOne(queue).decodedBody());
        }
        return bodies;
    }
}
