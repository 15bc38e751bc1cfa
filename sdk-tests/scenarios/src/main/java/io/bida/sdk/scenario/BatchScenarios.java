package io.bida.sdk.scenario;

import static io.bida.sdk.OutgoingMessage.aMessage;
import static io.bida.sdk.OutgoingMessage.aRawMessage;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.sdk.IncomingMessage;
import io.bida.sdk.Operation;
import io.bida.sdk.OutgoingMessage;
import io.bida.sdk.RefusedException;
import io.bida.sdk.SentMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules about sending, receiving and deleting up to 16 messages in one call. */
public interface BatchScenarios extends Scenario {

    /** A handle of the real service, which the tests of its PHP library use as one that cannot work. */
    String FOREIGN_HANDLE = "1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==";

    @Test
    default void sixteenMessagesGoThroughTheirLifeTogether() throws Exception {
        String queue = aQueueThatShowsAgainSoon("batch");

        List<SentMessage> sent = client().sendBatch(queue, messages(16));
        List<IncomingMessage> received = client().receiveBatch(queue, 16, PATIENCE_SECONDS);
        client().deleteBatch(queue, handlesOf(received));

        assertThat(received)
                .extracting(IncomingMessage::id)
                .containsExactlyElementsOf(sent.stream().map(SentMessage::id).toList());
        assertThat(received)
                .extracting(IncomingMessage::decodedBody)
                .containsExactlyElementsOf(
                        messages(16).stream().map(OutgoingMessage::body).toList());
        assertThat(whatComesBack(queue)).isEmpty();
    }

    @Test
    default void aBatchReceiveGivesWhatThereIs() throws Exception {
        String queue = aQueue("few");
        client().sendBatch(queue, messages(3));

        assertThat(client().receiveBatch(queue, 16, PATIENCE_SECONDS)).hasSize(3);
    }

    @Test
    default void aBatchReceiveGivesNoMoreThanAskedFor() throws Exception {
        String queue = aQueue("many");
        client().sendBatch(queue, messages(5));

        assertThat(client().receiveBatch(queue, 2, PATIENCE_SECONDS)).hasSize(2);
        assertThat(client().receiveBatch(queue, 16, PATIENCE_SECONDS)).hasSize(3);
    }

    @Test
    default void delayedMessagesOfABatchHaveHandlesForTheirSender() throws Exception {
        String queue = aQueue("batch-delayed");

        List<SentMessage> sent = client().sendBatch(
                        queue, List.of(aMessage("now"), aMessage("later").delayedBySeconds(600)));
        client().delete(queue, sent.get(1).receiptHandle().orElseThrow());

        assertThat(sent.get(0).receiptHandle()).isEmpty();
        assertThat(client().getQueueAttributes(queue).delayMessages()).isZero();
    }

    @Test
    default void aBatchDeleteDeletesWhatItCanAndNamesTheRest() throws Exception {
        String queue = aQueueThatShowsAgainSoon("partial");
        client().sendBatch(queue, messages(3));
        List<String> handles = handlesOf(client().receiveBatch(queue, 16, PATIENCE_SECONDS));
        client().delete(queue, handles.get(1));
        List<String> withForeign = new ArrayList<>(handles);
        withForeign.add(FOREIGN_HANDLE);

        RefusedException refused =
                assertRefused(Operation.DELETE_BATCH, "", () -> client().deleteBatch(queue, withForeign));

        assertThat(refused.refusedHandles())
                .isEqualTo(Map.of(handles.get(1), "MessageNotExist", FOREIGN_HANDLE, "ReceiptHandleError"));
        assertThat(whatComesBack(queue)).isEmpty();
    }

    @Test
    default void aBatchDeleteInAMissingQueueIsRefused() throws Exception {
        String queue = aQueue("batch-will-be-missing");
        client().sendBatch(queue, messages(2));
        List<String> handles = handlesOf(client().receiveBatch(queue, 16, PATIENCE_SECONDS));
        client().deleteQueue(queue);

        assertRefused(Operation.DELETE, "QueueNotExist", () -> client().deleteBatch(queue, handles));
    }

    @Test
    default void aBatchOfSeventeenIsRefusedAndStoresNothing() throws Exception {
        String queue = aQueue("seventeen");

        assertRefused(Operation.OTHER, "InvalidArgument", () -> client().sendBatch(queue, messages(17)));

        assertThat(client().receive(queue)).isEmpty();
    }

    @Test
    default void aBatchOverSixtyFourKilobytesIsRefusedAndStoresNothing() throws Exception {
        String queue = aQueue("batch-size");
        OutgoingMessage half = aRawMessage("x".repeat(32_769));

        assertRefused(Operation.OTHER, "InvalidArgument", () -> client().sendBatch(queue, List.of(half, half)));

        assertThat(client().receive(queue)).isEmpty();
    }

    @Test
    default void aBatchReceiveOfSeventeenIsRefused() throws Exception {
        String queue = aQueue("receive-seventeen");

        assertRefused(Operation.RECEIVE, "InvalidArgument", () -> client().receiveBatch(queue, 17, 0));
    }

    @Test
    default void aBatchToAMissingQueueIsRefused() {
        assertRefused(Operation.OTHER, "QueueNotExist", () -> client().sendBatch(aQueueName("missing"), messages(2)));
    }

    private static List<OutgoingMessage> messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> aMessage("第 " + i + " 条"))
                .toList();
    }

    private static List<String> handlesOf(List<IncomingMessage> messages) {
        return messages.stream().map(IncomingMessage::handle).toList();
    }
}
