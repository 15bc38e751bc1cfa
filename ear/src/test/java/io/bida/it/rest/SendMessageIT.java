package io.bida.it.rest;

import static io.bida.it.rest.Documents.element;
import static io.bida.it.rest.Documents.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sending one message and a batch. Wire specification 5.4, 7.1, 7.2; RELIABILITY 4.3 rows 29 to 31, 41 to 45. */
@Execution(ExecutionMode.CONCURRENT)
class SendMessageIT {

    private static final String MD5_OF_HELLO = "5D41402ABC4B2A76B9719D911017C592";

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void aSendAnswersIdAndDigestAndNothingElse() {
        TestQueue queue = server.createQueue("send");

        Answer answer = queue.send("hello").assertStatus(201);

        assertThat(answer.xml().name()).isEqualTo("Message");
        assertThat(answer.xml().names()).containsExactly("MessageId", "MessageBodyMD5");
        assertThat(answer.value("MessageBodyMD5")).isEqualTo(MD5_OF_HELLO);
        assertThat(answer.value("MessageId")).isNotBlank();
    }

    @Test
    void idsDiffer() {
        TestQueue queue = server.createQueue("send");

        assertThat(queue.send("a").value("MessageId"))
                .isNotEqualTo(queue.send("a").value("MessageId"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 15, 16})
    void aPriorityOf1To16IsKept(int priority) {
        TestQueue queue = server.createQueue("priority");

        queue.send("a", element("Priority", priority)).assertStatus(201);

        assertThat(queue.receive().number("Priority")).isEqualTo(priority);
    }

    @Test
    void withoutPriorityItIs8() {
        TestQueue queue = server.createQueue("priority");

        queue.send("a").assertStatus(201);

        assertThat(queue.receive().number("Priority")).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "17", "-1", "", "x", "1.5", "4294967297", "9223372036854775808"})
    void anotherPriorityIsRefusedAndNothingIsStored(String priority) {
        TestQueue queue = server.createQueue("priority");

        queue.send("a", element("Priority", priority)).assertInvalidArgument("Priority");
        queue.sendBatch(entry("a"), entry("b", element("Priority", priority))).assertInvalidArgument("Priority");

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "604799", "604800", " 5 "})
    void aDelayedSendAnswersAHandleToo(String seconds) {
        TestQueue queue = server.createQueue("delay");

        Answer answer = queue.send("hello", element("DelaySeconds", seconds)).assertStatus(201);

        assertThat(answer.xml().names()).containsExactlyInAnyOrder("MessageId", "MessageBodyMD5", "ReceiptHandle");
        assertThat(queue.counts()).containsExactly(0L, 0L, 1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "604801", "", "x", "1e3", "4294967296", "9223372036854775808"})
    void anotherDelayIsRefusedAndNothingIsStored(String seconds) {
        TestQueue queue = server.createQueue("delay");

        queue.send("a", element("DelaySeconds", seconds)).assertInvalidArgument("DelaySeconds");

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void theQueuesDelayHoldsForMessagesThatNameNone() {
        TestQueue queue = server.createQueue("delay", element("DelaySeconds", 600));

        Answer answer = queue.send("hello").assertStatus(201);

        assertThat(answer.xml().names()).contains("ReceiptHandle");
        assertThat(queue.counts()).containsExactly(0L, 0L, 1L);
    }

    @Test
    void theMessagesDelayGoesBeforeTheQueuesEvenIfItIsZero() {
        TestQueue queue = server.createQueue("delay", element("DelaySeconds", 600));

        Answer answer = queue.send("hello", element("DelaySeconds", 0)).assertStatus(201);

        assertThat(answer.xml().names()).containsExactly("MessageId", "MessageBodyMD5");
        assertThat(queue.receive().value("MessageBody")).isEqualTo("hello");
    }

    @Test
    void elementsMayComeInAnyOrderWithUnknownOnesBetweenThem() {
        TestQueue queue = server.createQueue("order");
        String document = Documents.document(
                "Message",
                element("Priority", 3),
                "<Unknown a='b'><MessageBody>not this</MessageBody></Unknown>",
                element("DelaySeconds", 0),
                element("MessageBody", "this"));

        queue.post(document).assertStatus(201);

        Answer received = queue.receive().assertStatus(200);
        assertThat(received.value("MessageBody")).isEqualTo("this");
        assertThat(received.number("Priority")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Message></Message>",
                "<Message><Priority>1</Priority></Message>",
                "<Message><MessageBody></MessageBody></Message>",
                "<Message><MessageBody/></Message>",
                "<Messages><Message><MessageBody/></Message></Messages>",
                "<Messages><Message><MessageBody>a</MessageBody></Message><Message/></Messages>"
            })
    void aMessageWithoutBodyIsRefusedAndNothingIsStored(String document) {
        TestQueue queue = server.createQueue("nobody");

        queue.post(document).assertInvalidArgument("MessageBody");

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void noRequestBodyAtAllIsMalformed() {
        TestQueue queue = server.createQueue("nobody");

        server.call(server.post(queue.messages())).assertError(400, "MalformedXML");
        queue.post("").assertError(400, "MalformedXML");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Queue><DelaySeconds>1</DelaySeconds></Queue>",
                "<Other><MessageBody>a</MessageBody></Other>",
                "<message><MessageBody>a</MessageBody></message>"
            })
    void anotherRootIsRefused(String document) {
        TestQueue queue = server.createQueue("root");

        queue.post(document).assertError(400, "InvalidArgument");

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void sendingToAMissingQueueIsRefused() {
        String path = "/queues/" + server.freshName("missing") + "/messages";

        server.call(server.post(path).body(Documents.message("a"))).assertError(404, "QueueNotExist");
        server.call(server.post(path).body(Documents.messages(entry("a")))).assertError(404, "QueueNotExist");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16})
    void aBatchOf1To16AnswersInTheOrderOfItsEntries(int size) {
        TestQueue queue = server.createQueue("batch");
        String[] entries =
                IntStream.range(0, size).mapToObj(i -> entry("m" + i)).toArray(String[]::new);

        Answer answer = queue.sendBatch(entries).assertStatus(201);

        assertThat(answer.xml().name()).isEqualTo("Messages");
        List<XmlElement> sent = answer.xml().all("Message");
        assertThat(answer.xml().children()).hasSize(size);
        assertThat(sent).allSatisfy(m -> assertThat(m.names()).containsExactly("MessageId", "MessageBodyMD5"));
        XmlElement received =
                queue.receive("numOfMessages=" + size).assertStatus(200).xml();
        assertThat(received.children().stream().map(m -> m.value("MessageId")).toList())
                .isEqualTo(sent.stream().map(m -> m.value("MessageId")).toList());
        assertThat(new HashSet<>(sent.stream().map(m -> m.value("MessageId")).toList()))
                .hasSize(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 17, 100})
    void aBatchOfNoneOrMoreThan16IsRefusedAndNothingIsStored(int size) {
        TestQueue queue = server.createQueue("batch");

        queue.sendBatch(Collections.nCopies(size, entry("a")).toArray(String[]::new))
                .assertError(400, "InvalidArgument");

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void entriesOfABatchHaveTheirOwnPriorityAndDelay() {
        TestQueue queue = server.createQueue("batch");

        Answer answer = queue.sendBatch(
                        entry("plain"),
                        entry("delayed", element("DelaySeconds", 600)),
                        entry("urgent", element("Priority", 1)))
                .assertStatus(201);

        List<XmlElement> sent = answer.xml().all("Message");
        assertThat(sent.get(0).names()).doesNotContain("ReceiptHandle");
        assertThat(sent.get(1).names()).contains("ReceiptHandle");
        assertThat(sent.get(2).names()).doesNotContain("ReceiptHandle");
        assertThat(queue.counts()).containsExactly(2L, 0L, 1L);
        assertThat(queue.drainBodies()).containsExactly("urgent", "plain");
    }

    @ParameterizedTest
    @CsvSource({
        "1024, 1023, 201",
        "1024, 1024, 201",
        "1024, 1025, 400",
        "65536, 65535, 201",
        "65536, 65536, 201",
        "65536, 65537, 400"
    })
    void aBodyMayBeAsLargeAsTheQueueSaysInBytes(int maximum, int size, int status) {
        TestQueue queue = server.createQueue("size", element("MaximumMessageSize", maximum));

        Answer answer = queue.send("x".repeat(size));

        answer.assertStatus(status);
        if (status == 400) {
            answer.assertError(400, "InvalidArgument");
            assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
        } else {
            assertThat(queue.receive().value("MessageBody")).hasSize(size);
        }
    }

    @Test
    void sizeIsMeasuredInUtf8BytesOfTheTextAfterUnescaping() {
        TestQueue queue = server.createQueue("size", element("MaximumMessageSize", 1024));

        queue.send("ä".repeat(512)).assertStatus(201);
        queue.send("ä".repeat(512) + "x").assertError(400, "InvalidArgument");
        queue.send("中".repeat(341) + "x").assertStatus(201);
        queue.send("😀".repeat(256)).assertStatus(201);
        queue.send("😀".repeat(257)).assertError(400, "InvalidArgument");
        queue.send("&".repeat(1024)).assertStatus(201);
        queue.send("<".repeat(1025)).assertError(400, "InvalidArgument");
    }

    @Test
    void theLargestBodyMayConsistOfEscapesOnly() {
        TestQueue queue = server.createQueue("size");
        String body = "&<>\r".repeat(16384);

        queue.send(body).assertStatus(201);

        assertThat(queue.receive().value("MessageBody")).isEqualTo(body);
        queue.post("<Message><MessageBody>" + "&#x41;".repeat(65536) + "</MessageBody></Message>")
                .assertStatus(201);
        queue.post("<Message><MessageBody>" + "&#x41;".repeat(65537) + "</MessageBody></Message>")
                .assertError(400, "InvalidArgument");
    }

    @Test
    void theBodiesOfABatchTogetherMayBe64KiB() {
        TestQueue queue = server.createQueue("batch");
        String quarter = entry("x".repeat(16384));

        queue.sendBatch(quarter, quarter, quarter, quarter).assertStatus(201);
        queue.sendBatch(quarter, quarter, quarter, quarter, entry("y")).assertError(400, "InvalidArgument");
        queue.sendBatch(quarter, quarter, quarter, entry("x".repeat(16385))).assertError(400, "InvalidArgument");

        assertThat(queue.counts()).containsExactly(4L, 0L, 0L);
    }

    @Test
    void oneEntryLargerThanTheQueueTakesRefusesTheWholeBatch() {
        TestQueue queue = server.createQueue("batch", element("MaximumMessageSize", 1024));

        queue.sendBatch(entry("a"), entry("x".repeat(1025)), entry("b")).assertError(400, "InvalidArgument");

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }
}
