package io.bida.it.rest;

import static io.bida.it.rest.Documents.element;
import static io.bida.it.rest.Documents.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receiving and peeking, one and several. Wire specification 5.3, 5.4, 7.3 to 7.5; RELIABILITY 4.3 rows 56 to 59. */
@Execution(ExecutionMode.CONCURRENT)
class ReceiveMessageIT {

    private static final String[] RECEIVED = {
        "MessageId",
        "ReceiptHandle",
        "MessageBodyMD5",
        "MessageBody",
        "EnqueueTime",
        "NextVisibleTime",
        "FirstDequeueTime",
        "DequeueCount",
        "Priority"
    };
    private static final String[] PEEKED = {
        "MessageId", "MessageBodyMD5", "MessageBody", "EnqueueTime", "FirstDequeueTime", "DequeueCount", "Priority"
    };

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void aReceivedMessageHasItsNineElements() {
        TestQueue queue = server.createQueue("receive");
        queue.send("a").assertStatus(201);

        Answer answer = queue.receive().assertStatus(200);

        assertThat(answer.xml().name()).isEqualTo("Message");
        assertThat(answer.xml().names()).containsExactlyInAnyOrder(RECEIVED);
        assertThat(answer.xml().children()).allSatisfy(c -> assertThat(c.text()).isNotEmpty());
        assertThat(answer.number("DequeueCount")).isEqualTo(1);
    }

    @Test
    void messageTimesAreInMilliseconds() {
        TestQueue queue = server.createQueue("times", element("VisibilityTimeout", 60));
        long beforeSend = server.now().toEpochMilli();
        queue.send("a").assertStatus(201);
        long beforeReceive = server.now().toEpochMilli();

        Answer answer = queue.receive().assertStatus(200);

        long after = server.now().toEpochMilli();
        assertThat(answer.number("EnqueueTime")).isBetween(beforeSend - 50, beforeReceive + 50);
        assertThat(answer.number("FirstDequeueTime")).isBetween(beforeReceive - 50, after + 50);
        assertThat(answer.number("NextVisibleTime")).isBetween(beforeReceive + 59_950, after + 60_050);
    }

    @Test
    void aPeekedMessageHasNoHandleAndNoNextVisibleTime() {
        TestQueue queue = server.createQueue("peek");
        queue.send("a").assertStatus(201);

        Answer answer = queue.peek().assertStatus(200);

        assertThat(answer.xml().name()).isEqualTo("Message");
        assertThat(answer.xml().names()).containsExactlyInAnyOrder(PEEKED);
        assertThat(answer.number("DequeueCount")).isZero();
        assertThat(answer.number("FirstDequeueTime")).isEqualTo(answer.number("EnqueueTime"));
    }

    @Test
    void peekingHasNoEffect() {
        TestQueue queue = server.createQueue("peek");
        queue.send("a").assertStatus(201);

        for (int i = 0; i < 3; i++) {
            assertThat(queue.peek().assertStatus(200).number("DequeueCount")).isZero();
        }

        assertThat(queue.counts()).containsExactly(1L, 0L, 0L);
        assertThat(queue.receive().assertStatus(200).number("DequeueCount")).isEqualTo(1);
    }

    @Test
    void delayedAndHiddenMessagesCannotBePeeked() {
        TestQueue queue = server.createQueue("peek");
        queue.send("delayed", element("DelaySeconds", 600)).assertStatus(201);
        queue.send("hidden").assertStatus(201);
        queue.receive().assertStatus(200);

        queue.peek().assertError(404, "MessageNotExist");
        queue.receive("peekonly=true&numOfMessages=16").assertError(404, "MessageNotExist");
    }

    @Test
    void peekingNeverWaits() {
        TestQueue queue = server.createQueue("peek", element("PollingWaitSeconds", 10));

        Answer answer = queue.peek().assertError(404, "MessageNotExist");

        assertThat(answer.elapsed()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void severalPeeksShowOrderLikeReceivesDo() {
        TestQueue queue = server.createQueue("peek");
        queue.sendBatch(
                        entry("c", element("Priority", 9)),
                        entry("a", element("Priority", 1)),
                        entry("d", element("Priority", 9)),
                        entry("b", element("Priority", 2)))
                .assertStatus(201);

        Answer answer = queue.receive("peekonly=true&numOfMessages=3").assertStatus(200);

        assertThat(answer.xml().name()).isEqualTo("Messages");
        assertThat(answer.xml().children())
                .allSatisfy(m -> assertThat(m.names()).containsExactlyInAnyOrder(PEEKED));
        assertThat(bodies(answer)).containsExactly("a", "b", "c");
    }

    @Test
    void urgentMessagesComeFirstAndAmongEqualsTheOldest() {
        TestQueue queue = server.createQueue("order");
        int[] priorities = {8, 16, 1, 8, 2, 1, 16, 15, 2, 8};
        for (int i = 0; i < priorities.length; i++) {
            queue.send("p" + priorities[i] + "-" + i, element("Priority", priorities[i]))
                    .assertStatus(201);
        }

        assertThat(queue.drainBodies())
                .containsExactly("p1-2", "p1-5", "p2-4", "p2-8", "p8-0", "p8-3", "p8-9", "p15-7", "p16-1", "p16-6");
    }

    @Test
    void anUrgentMessageSentLaterJumpsTheQueue() {
        TestQueue queue = server.createQueue("order");
        for (int i = 0; i < 20; i++) {
            queue.send("m" + i).assertStatus(201);
        }

        queue.send("urgent", element("Priority", 1)).assertStatus(201);

        assertThat(queue.receive().value("MessageBody")).isEqualTo("urgent");
        assertThat(queue.receive().value("MessageBody")).isEqualTo("m0");
    }

    @Test
    void equalPriorityComesInTheOrderOfSending() {
        TestQueue queue = server.createQueue("order");
        String[] expected = new String[40];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = "m" + i;
            queue.send(expected[i]).assertStatus(201);
        }

        assertThat(queue.drainBodies()).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16})
    void aBatchReceiveGivesAtMostWhatIsAskedFor(int number) {
        TestQueue queue = server.createQueue("batch");
        for (int i = 0; i < 17; i++) {
            queue.send("m" + i).assertStatus(201);
        }

        Answer answer = queue.receive("numOfMessages=" + number).assertStatus(200);

        assertThat(answer.xml().name()).isEqualTo("Messages");
        assertThat(answer.xml().names()).hasSize(number).containsOnly("Message");
        assertThat(answer.xml().children())
                .allSatisfy(m -> assertThat(m.names()).containsExactlyInAnyOrder(RECEIVED));
        assertThat(queue.counts()).containsExactly(17L - number, (long) number, 0L);
    }

    @Test
    void aBatchReceiveGivesWhatThereIsWithoutWaitingForMore() {
        TestQueue queue = server.createQueue("batch");
        queue.send("only").assertStatus(201);

        Answer answer = queue.receive("numOfMessages=16&waitseconds=10").assertStatus(200);

        assertThat(bodies(answer)).containsExactly("only");
        assertThat(answer.elapsed()).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "17", "-1", "x", "", "1.5", "4294967297", "9223372036854775808"})
    void anotherNumberOfMessagesIsRefusedWithoutEffect(String number) {
        TestQueue queue = server.createQueue("batch");
        queue.send("a").assertStatus(201);

        queue.receive("numOfMessages=" + number).assertError(400, "InvalidArgument");
        queue.receive("peekonly=true&numOfMessages=" + number).assertError(400, "InvalidArgument");

        assertThat(queue.counts()).containsExactly(1L, 0L, 0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "29", "30"})
    void aWaitOf0To30SecondsIsAccepted(String seconds) {
        TestQueue queue = server.createQueue("wait");
        queue.send("a").assertStatus(201);

        assertThat(queue.receive("waitseconds=" + seconds).assertStatus(200).elapsed())
                .isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "31", "x", "", "1.5", "4294967296", "9223372036854775808"})
    void anotherWaitIsRefusedWithoutEffect(String seconds) {
        TestQueue queue = server.createQueue("wait");
        queue.send("a").assertStatus(201);

        queue.receive("waitseconds=" + seconds).assertError(400, "InvalidArgument");
        queue.receive("numOfMessages=1&waitseconds=" + seconds).assertError(400, "InvalidArgument");

        assertThat(queue.counts()).containsExactly(1L, 0L, 0L);
    }

    @Test
    void theRangeOfTheWaitIsNamed() {
        TestQueue queue = server.createQueue("wait");

        assertThat(queue.receive("waitseconds=31")
                        .assertError(400, "InvalidArgument")
                        .value("Message"))
                .contains("between 0 and 30 seconds");
    }

    @Test
    void theSameQueryItemTwiceIsRefused() {
        TestQueue queue = server.createQueue("twice");

        Answer answer = queue.receive("waitseconds=0&waitseconds=1");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isIn("InvalidQueryString", "InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"maybe", "", "1", "yes"})
    void peekonlyIsTrueOrFalse(String value) {
        TestQueue queue = server.createQueue("peek");
        queue.send("a").assertStatus(201);

        Answer answer = queue.receive("peekonly=" + value);

        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.errorCode()).isIn("InvalidQueryString", "InvalidArgument");
        assertThat(queue.counts()).containsExactly(1L, 0L, 0L);
    }

    @Test
    void nothingThereIsMessageNotExistAtOnce() {
        TestQueue queue = server.createQueue("empty");

        Answer one = queue.receive().assertError(404, "MessageNotExist");
        queue.receive("numOfMessages=16").assertError(404, "MessageNotExist");
        queue.peek().assertError(404, "MessageNotExist");
        queue.receive("peekonly=true&numOfMessages=16").assertError(404, "MessageNotExist");

        assertThat(one.value("Message")).isEqualTo("Message not exist.");
        assertThat(one.elapsed()).isLessThan(Timing.TOLERANCE);
    }

    @Test
    void aMissingQueueIsQueueNotExistAtOnceEvenWithAWait() {
        String path = "/queues/" + server.freshName("missing") + "/messages";

        for (String query : List.of("", "?waitseconds=10", "?numOfMessages=2", "?peekonly=true")) {
            Answer answer = server.call(server.get(path + query)).assertError(404, "QueueNotExist");
            assertThat(answer.elapsed()).isLessThan(Duration.ofSeconds(5));
        }
    }

    private static List<String> bodies(Answer answer) {
        return answer.xml().children().stream().map(m -> m.value("MessageBody")).toList();
    }
}
