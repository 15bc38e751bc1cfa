package io.bida.it.rest;

import static io.bida.it.rest.Documents.element;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long a handle is good, and what a change of visibility does to it. Wire specification 5.3, 7.1, 7.6, 7.8;
 * RELIABILITY 4.3 rows 62, 67, 68.
 */
@Execution(ExecutionMode.CONCURRENT)
class ReceiptHandleLifeIT {

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void aHandleIsVoidOnceItsTimeIsOver() {
        TestQueue queue = server.createQueue("handle", element("VisibilityTimeout", 1));
        queue.send("a").assertStatus(201);
        String handle = queue.receive().value("ReceiptHandle");
        Timing.letPass(Duration.ofMillis(1_200));

        queue.delete(handle).assertError(404, "MessageNotExist");
        queue.changeVisibility(handle, 60).assertError(404, "MessageNotExist");

        assertThat(queue.receive("waitseconds=1").assertStatus(200).number("DequeueCount"))
                .isEqualTo(2);
    }

    @Test
    void onceReceivedAgainOnlyTheNewestHandleWorks() {
        TestQueue queue = server.createQueue("handle", element("VisibilityTimeout", 1));
        queue.send("a").assertStatus(201);
        String older = queue.receive().value("ReceiptHandle");
        queue.set(element("VisibilityTimeout", 60)).assertStatus(204);
        String newer = queue.receive("waitseconds=5").assertStatus(200).value("ReceiptHandle");

        assertThat(newer).isNotEqualTo(older);
        queue.delete(older).assertError(404, "MessageNotExist");
        queue.changeVisibility(older, 60).assertError(404, "MessageNotExist");
        queue.deleteBatch(older).assertStatus(404);

        assertThat(queue.counts()).containsExactly(0L, 1L, 0L);
        queue.delete(newer).assertStatus(204);
    }

    @Test
    void changingVisibilityAnswersANewHandleAndTheTime() {
        TestQueue queue = server.createQueue("change");
        queue.send("a").assertStatus(201);
        String handle = queue.receive().value("ReceiptHandle");
        long before = server.now().toEpochMilli();

        Answer answer = queue.changeVisibility(handle, 100).assertStatus(200);

        assertThat(answer.xml().name()).isEqualTo("ChangeVisibility");
        assertThat(answer.xml().names()).containsExactly("ReceiptHandle", "NextVisibleTime");
        assertThat(answer.value("ReceiptHandle")).isNotEqualTo(handle);
        assertThat(answer.number("NextVisibleTime"))
                .isBetween(before + 99_950, server.now().toEpochMilli() + 100_050);
    }

    @Test
    void oldAndNewHandleBothDeleteWhileTheMessageStaysWithItsReceiver() {
        TestQueue queue = server.createQueue("change");
        queue.send("a").assertStatus(201);
        queue.send("b").assertStatus(201);
        String first = queue.receive().value("ReceiptHandle");
        String second = queue.receive().value("ReceiptHandle");
        queue.changeVisibility(first, 50).assertStatus(200);
        String changed = queue.changeVisibility(second, 50).value("ReceiptHandle");

        queue.delete(first).assertStatus(204);
        queue.delete(changed).assertStatus(204);
        queue.delete(second).assertError(404, "MessageNotExist");

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void theOldHandleLivesAsLongAsTheProlongedReception() {
        TestQueue queue = server.createQueue("change", element("VisibilityTimeout", 1));
        queue.send("a").assertStatus(201);
        String handle = queue.receive().value("ReceiptHandle");
        queue.changeVisibility(handle, 60).assertStatus(200);
        Timing.letPass(Duration.ofMillis(1_300));

        queue.receive().assertError(404, "MessageNotExist");
        queue.delete(handle).assertStatus(204);
    }

    @Test
    void changesMayFollowEachOtherWithOldAndNewHandles() {
        TestQueue queue = server.createQueue("change");
        queue.send("a").assertStatus(201);
        String first = queue.receive().value("ReceiptHandle");
        String second = queue.changeVisibility(first, 50).assertStatus(200).value("ReceiptHandle");
        queue.changeVisibility(second, 51).assertStatus(200);
        queue.changeVisibility(first, 52).assertStatus(200);

        queue.delete(second).assertStatus(204);
    }

    @Test
    void shorteningMakesTheMessageReceivableEarlierWithTheSameCount() {
        TestQueue queue = server.createQueue("change", element("VisibilityTimeout", 600));
        queue.send("a").assertStatus(201);
        Answer first = queue.receive().assertStatus(200);
        Answer change = queue.changeVisibility(first.value("ReceiptHandle"), 1).assertStatus(200);

        Answer again = queue.receive("waitseconds=10").assertStatus(200);

        assertThat(again.since(change))
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(1).plus(Timing.TOLERANCE));
        assertThat(again.number("DequeueCount")).isEqualTo(2);
        assertThat(again.number("FirstDequeueTime")).isEqualTo(first.number("FirstDequeueTime"));
        assertThat(again.number("EnqueueTime")).isEqualTo(first.number("EnqueueTime"));
        queue.delete(first.value("ReceiptHandle")).assertError(404, "MessageNotExist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "43199", "43200"})
    void aVisibilityOf1SecondTo12HoursIsAccepted(String seconds) {
        TestQueue queue = server.createQueue("change");
        queue.send("a").assertStatus(201);

        queue.changeVisibility(queue.receive().value("ReceiptHandle"), seconds).assertStatus(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "43201", "x", "1e3", "4294967297", "9223372036854775808"})
    void anotherVisibilityIsRefusedAndChangesNothing(String seconds) {
        TestQueue queue = server.createQueue("change");
        queue.send("a").assertStatus(201);
        String handle = queue.receive().value("ReceiptHandle");

        queue.changeVisibility(handle, seconds).assertInvalidArgument("VisibilityTimeout");

        assertThat(queue.counts()).containsExactly(0L, 1L, 0L);
        queue.delete(handle).assertStatus(204);
    }

    @Test
    void withoutHandleOrTimeoutTheChangeIsRefused() {
        TestQueue queue = server.createQueue("change");
        queue.send("a").assertStatus(201);
        String handle = queue.receive().value("ReceiptHandle");

        server.call(server.put(queue.messages() + "?VisibilityTimeout=60")).assertError(400, "MissingReceiptHandle");
        server.call(server.put(queue.messages() + "?ReceiptHandle=" + handle))
                .assertError(400, "MissingVisibilityTimeout");
    }

    @Test
    void anEmptyTimeoutIsRefused() {
        TestQueue queue = server.createQueue("change");
        queue.send("a").assertStatus(201);
        String handle = queue.receive().value("ReceiptHandle");

        assertThat(queue.changeVisibility(handle, "").assertStatus(400).errorCode())
                .isIn("MissingVisibilityTimeout", "InvalidArgument");
    }

    @Test
    void aChangeWithWhatWasNeverAHandleIsRefused() {
        TestQueue queue = server.createQueue("change");

        queue.changeVisibility("xx", 60).assertError(400, "ReceiptHandleError");
        queue.changeVisibility("1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==", 60).assertError(400, "ReceiptHandleError");
    }

    @Test
    void aChangeAfterDeletionIsMessageNotExist() {
        TestQueue queue = server.createQueue("change");
        queue.send("a").assertStatus(201);
        String handle = queue.receive().value("ReceiptHandle");
        queue.delete(handle).assertStatus(204);

        queue.changeVisibility(handle, 60).assertError(404, "MessageNotExist");
    }

    @Test
    void aDelayedMessageCanBeTakenBackByItsSender() {
        TestQueue queue = server.createQueue("prepared");
        String handle = queue.send("a", element("DelaySeconds", 600)).value("ReceiptHandle");

        queue.delete(handle).assertStatus(204);

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
        queue.delete(handle).assertError(404, "MessageNotExist");
    }

    @Test
    void aDelayCanBeEndedByItsSender() {
        TestQueue queue = server.createQueue("prepared");
        String handle = queue.send("a", element("DelaySeconds", 600)).value("ReceiptHandle");

        Answer commit = queue.changeVisibility(handle, 1).assertStatus(200);
        Answer received = queue.receive("waitseconds=10").assertStatus(200);

        assertThat(received.since(commit))
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(1).plus(Timing.TOLERANCE));
        assertThat(received.value("MessageBody")).isEqualTo("a");
        assertThat(received.number("DequeueCount")).isEqualTo(1);
    }

    @Test
    void theSendersHandleIsVoidOnceSomebodyReceivedTheMessage() {
        TestQueue queue = server.createQueue("prepared");
        String handle = queue.send("a", element("DelaySeconds", 1)).value("ReceiptHandle");
        String received = queue.receive("waitseconds=10").assertStatus(200).value("ReceiptHandle");

        queue.delete(handle).assertError(404, "MessageNotExist");
        queue.changeVisibility(handle, 1).assertError(404, "MessageNotExist");

        assertThat(queue.counts()).containsExactly(0L, 1L, 0L);
        queue.delete(received).assertStatus(204);
    }

    @Test
    void theSendersHandleIsVoidOnceTheDelayIsOver() {
        TestQueue queue = server.createQueue("prepared");
        String handle = queue.send("a", element("DelaySeconds", 1)).value("ReceiptHandle");
        Timing.letPass(Duration.ofMillis(1_300));

        queue.delete(handle).assertError(404, "MessageNotExist");

        assertThat(queue.drainBodies()).containsExactly("a");
    }

    @Test
    void aDelayedEntryOfABatchHasAWorkingHandle() {
        TestQueue queue = server.createQueue("prepared");
        XmlElement sent = queue.sendBatch(
                        Documents.entry("now"), Documents.entry("later", element("DelaySeconds", 600)))
                .assertStatus(201)
                .xml();

        queue.deleteBatch(sent.children().get(1).value("ReceiptHandle")).assertStatus(204);

        assertThat(queue.counts()).containsExactly(1L, 0L, 0L);
    }
}
