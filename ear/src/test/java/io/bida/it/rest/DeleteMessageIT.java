package io.bida.it.rest;

import static io.bida.it.rest.Documents.element;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleting one and several. Wire specification 4.3, 5.3, 7.6, 7.7; RELIABILITY 4.3 rows 60 to 66. */
@Execution(ExecutionMode.CONCURRENT)
class DeleteMessageIT {

    /** A handle as the real service gives them, foreign to every queue here. Source: wire specification 7.7. */
    private static final String FOREIGN = "1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==";

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void aDeletedMessageIsGone() {
        TestQueue queue = server.createQueue("delete");
        queue.send("a").assertStatus(201);
        String handle = queue.receive().value("ReceiptHandle");

        Answer answer = queue.delete(handle).assertStatus(204);

        assertThat(answer.raw().body()).isEmpty();
        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void deletingTwiceIsMessageNotExistAndTouchesNoOther() {
        TestQueue queue = server.createQueue("delete");
        queue.send("a").assertStatus(201);
        queue.send("b").assertStatus(201);
        String handle = queue.receive().value("ReceiptHandle");
        queue.delete(handle).assertStatus(204);

        queue.delete(handle).assertError(404, "MessageNotExist");

        assertThat(queue.drainBodies()).containsExactly("b");
    }

    @Test
    void handlesAreMadeOfCharactersThatNeedNoEscape() {
        TestQueue queue = server.createQueue("handle");
        queue.send("a", element("DelaySeconds", 600)).assertStatus(201);
        String ofSend =
                queue.send("b", element("DelaySeconds", 600)).assertStatus(201).value("ReceiptHandle");
        queue.send("c").assertStatus(201);
        String ofReceive = queue.receive().value("ReceiptHandle");
        String ofChange = queue.changeVisibility(ofReceive, 60).value("ReceiptHandle");

        assertThat(List.of(ofSend, ofReceive, ofChange))
                .allSatisfy(h -> assertThat(h).matches("[A-Za-z0-9._~-]+"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xx",
                FOREIGN,
                "1",
                "-",
                "%20",
                "a%00b",
                "%C3%A4",
                "..%2F..%2Fetc",
                "'%20OR%201=1",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "----------------------------------------------------------------"
            })
    void whatWasNeverAHandleIsRefused(String handle) {
        TestQueue queue = server.createQueue("handle");
        queue.send("a").assertStatus(201);
        queue.receive().assertStatus(200);

        queue.delete(handle).assertError(400, "ReceiptHandleError");

        assertThat(queue.counts()).containsExactly(0L, 1L, 0L);
    }

    @Test
    void aHandleOf10KiBIsRefused() {
        TestQueue queue = server.createQueue("handle");

        queue.delete("A".repeat(6 << 10)).assertError(400, "ReceiptHandleError");
        queue.deleteBatch("A".repeat(10 << 10)).assertStatus(404);
    }

    @Test
    void aHandleAlteredInAnyPlaceIsRefusedAndTheMessageStays() {
        TestQueue queue = server.createQueue("handle");
        queue.send("a").assertStatus(201);
        String handle = queue.receive().value("ReceiptHandle");
        List<String> accepted = new ArrayList<>();

        for (int i = 0; i < handle.length(); i++) {
            String altered = handle.substring(0, i) + otherThan(handle.charAt(i)) + handle.substring(i + 1);
            Answer answer = queue.delete(altered);
            if (answer.status() != 400 || !answer.errorCode().equals("ReceiptHandleError")) {
                accepted.add("place " + i + " of " + handle.length() + ": " + answer.status());
            }
        }

        assertThat(accepted).isEmpty();
        queue.delete(handle).assertStatus(204);
    }

    @Test
    void aHandleCutOrLengthenedIsRefusedAndTheMessageStays() {
        TestQueue queue = server.createQueue("handle");
        queue.send("a").assertStatus(201);
        String handle = queue.receive().value("ReceiptHandle");

        for (String altered : List.of(
                handle.substring(0, handle.length() - 1),
                handle.substring(0, handle.length() / 2),
                handle.substring(1),
                handle + "A",
                "A" + handle,
                handle + handle)) {
            queue.delete(altered).assertError(400, "ReceiptHandleError");
        }

        queue.delete(handle).assertStatus(204);
    }

    @Test
    void theHandleOfAnotherQueueIsRefusedAndNothingIsTouched() {
        TestQueue first = server.createQueue("handle");
        TestQueue second = server.createQueue("handle");
        first.send("first").assertStatus(201);
        second.send("second").assertStatus(201);
        String ofFirst = first.receive().value("ReceiptHandle");
        String ofSecond = second.receive().value("ReceiptHandle");

        second.delete(ofFirst).assertError(400, "ReceiptHandleError");
        second.changeVisibility(ofFirst, 60).assertError(400, "ReceiptHandleError");

        first.delete(ofFirst).assertStatus(204);
        second.delete(ofSecond).assertStatus(204);
    }

    @Test
    void withoutHandleAndBodyTheHandleIsMissing() {
        TestQueue queue = server.createQueue("handle");

        server.call(server.delete(queue.messages())).assertError(400, "MissingReceiptHandle");
    }

    @Test
    void anEmptyHandleIsRefused() {
        TestQueue queue = server.createQueue("handle");

        assertThat(queue.delete("").assertStatus(400).errorCode()).isIn("MissingReceiptHandle", "ReceiptHandleError");
    }

    @Test
    void deletingFromAMissingQueueIsRefused() {
        TestQueue queue = server.createQueue("missing");
        queue.send("a").assertStatus(201);
        String handle = queue.receive().value("ReceiptHandle");
        queue.drop().assertStatus(204);

        queue.delete(handle).assertError(404, "QueueNotExist");
        queue.deleteBatch(handle).assertError(404, "QueueNotExist");
        queue.changeVisibility(handle, 60).assertError(404, "QueueNotExist");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16})
    void aBatchOf1To16HandlesDeletesAll(int size) {
        TestQueue queue = server.createQueue("batch");
        String[] handles = receiveMany(queue, size);

        Answer answer = queue.deleteBatch(handles).assertStatus(204);

        assertThat(answer.raw().body()).isEmpty();
        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void aBatchOfNoneOrMoreThan16HandlesIsRefusedAndNothingIsDeleted() {
        TestQueue queue = server.createQueue("batch");
        List<String> handles = new ArrayList<>(List.of(receiveMany(queue, 16)));
        handles.add(FOREIGN);

        queue.deleteBatch().assertError(400, "InvalidArgument");
        queue.deleteBatch(handles.toArray(String[]::new)).assertError(400, "InvalidArgument");

        assertThat(queue.counts()).containsExactly(0L, 16L, 0L);
    }

    @Test
    void aBatchWithAWrongHandleNamesItAndDeletesTheOthers() {
        TestQueue queue = server.createQueue("batch");
        String[] handles = receiveMany(queue, 2);

        Answer answer = queue.deleteBatch(handles[0], FOREIGN, handles[1]).assertStatus(404);

        assertThat(answer.xml().name()).isEqualTo("Errors");
        assertThat(answer.xml().names()).containsExactly("Error");
        XmlElement error = answer.xml().children().get(0);
        assertThat(error.names()).containsExactly("ErrorCode", "ErrorMessage", "ReceiptHandle");
        assertThat(error.value("ErrorCode")).isEqualTo("ReceiptHandleError");
        assertThat(error.value("ErrorMessage")).isEqualTo("The receipt handle you provide is not valid.");
        assertThat(error.value("ReceiptHandle")).isEqualTo(FOREIGN);
        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void eachFailedHandleOfABatchHasItsOwnReason() {
        TestQueue queue = server.createQueue("batch");
        String[] handles = receiveMany(queue, 3);
        queue.delete(handles[1]).assertStatus(204);

        Answer answer =
                queue.deleteBatch("<x>", handles[0], handles[1], handles[2]).assertStatus(404);

        assertThat(answer.xml().children().stream()
                        .map(e -> e.value("ErrorCode") + " " + e.value("ReceiptHandle"))
                        .toList())
                .containsExactly("ReceiptHandleError <x>", "MessageNotExist " + handles[1]);
        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void aHandleTwiceInABatchDeletesItsMessageOnceAndNoOther() {
        TestQueue queue = server.createQueue("batch");
        String[] handles = receiveMany(queue, 2);

        Answer answer = queue.deleteBatch(handles[0], handles[0]);

        assertThat(answer.status()).as("%s", answer).isIn(204, 404);
        assertThat(queue.counts()).containsExactly(0L, 1L, 0L);
    }

    @Test
    void aBatchDeleteWithAnotherRootOrBrokenXmlDeletesNothing() {
        TestQueue queue = server.createQueue("batch");
        String handle = receiveMany(queue, 1)[0];

        server.call(server.delete(queue.messages())
                        .body(Documents.document("Handles", element("ReceiptHandle", handle))))
                .assertError(400, "InvalidArgument");
        server.call(server.delete(queue.messages()).body("<ReceiptHandles><ReceiptHandle>" + handle))
                .assertError(400, "MalformedXML");

        assertThat(queue.counts()).containsExactly(0L, 1L, 0L);
    }

    private static String[] receiveMany(TestQueue queue, int size) {
        for (int i = 0; i < size; i++) {
            queue.send("m" + i).assertStatus(201);
        }
        return queue.receive("numOfMessages=" + size).assertStatus(200).xml().children().stream()
                .map(m -> m.value("ReceiptHandle"))
                .toArray(String[]::new);
    }

    private static char otherThan(char c) {
        if (Character.isDigit(c)) {
            return c == '9' ? '0' : (char) (c + 1);
        }
        return c == 'z' || c == 'Z' || !Character.isLetter(c) ? 'A' : (char) (c + 1);
    }
}
