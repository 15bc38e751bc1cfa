package io.bida.it.rest;

import static io.bida.it.rest.Documents.element;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Receives that wait: what wakes them and what ends them. Wire specification 7.3, 7.4; RELIABILITY 3.2 Q12, 4.3 row 88.
 */
@Execution(ExecutionMode.CONCURRENT)
class LongPollIT {

    /** Long enough for a poll to be waiting before the test goes on; a poll that comes later proves less, not wrong. */
    private static final Duration UNTIL_WAITING = Duration.ofMillis(400);

    private static final Duration ENOUGH = Duration.ofSeconds(20);

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void anEmptyReceiveAnswersAfterTheWaitAndNotBefore() {
        TestQueue queue = server.createQueue("poll");

        Answer answer = queue.receive("waitseconds=1").assertError(404, "MessageNotExist");

        assertThat(answer.elapsed())
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(1).plus(Timing.TOLERANCE));
    }

    @Test
    void withoutAnOwnWaitTheQueuesHolds() {
        TestQueue queue = server.createQueue("poll", element("PollingWaitSeconds", 1));

        assertThat(queue.receive().assertError(404, "MessageNotExist").elapsed())
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(1).plus(Timing.TOLERANCE));
        assertThat(queue.receive("numOfMessages=5")
                        .assertError(404, "MessageNotExist")
                        .elapsed())
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(1).plus(Timing.TOLERANCE));
    }

    @Test
    void anOwnWaitOfZeroGoesBeforeTheQueues() {
        TestQueue queue = server.createQueue("poll", element("PollingWaitSeconds", 10));

        assertThat(queue.receive("waitseconds=0")
                        .assertError(404, "MessageNotExist")
                        .elapsed())
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aSendWakesAWaitingReceiveAtOnce() {
        TestQueue queue = server.createQueue("poll");
        Future<Answer> poll = waiting(queue, "waitseconds=15");

        Answer sent = queue.send("a").assertStatus(201);

        Answer received = Timing.within(ENOUGH, poll).assertStatus(200);
        assertThat(received.value("MessageBody")).isEqualTo("a");
        assertThat(received.since(sent)).isLessThan(Timing.TOLERANCE);
        assertThat(received.number("DequeueCount")).isEqualTo(1);
    }

    @Test
    void aBatchSendWakesAsManyWaitingReceivesAsItHasMessages() {
        TestQueue queue = server.createQueue("poll");
        List<Future<Answer>> polls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            polls.add(server.inBackground(() -> queue.receive("waitseconds=15")));
        }
        Timing.letPass(UNTIL_WAITING);

        Answer sent = queue.sendBatch(
                        Documents.entry("a"), Documents.entry("b"), Documents.entry("c"), Documents.entry("d"))
                .assertStatus(201);

        List<String> bodies = new ArrayList<>();
        for (Future<Answer> poll : polls) {
            Answer received = Timing.within(ENOUGH, poll).assertStatus(200);
            assertThat(received.since(sent)).isLessThan(Timing.TOLERANCE);
            bodies.add(received.value("MessageBody"));
        }
        assertThat(bodies).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void oneMessageWakesOneOfSeveralReceivesAndTheOthersGoOnWaiting() {
        TestQueue queue = server.createQueue("poll");
        Future<Answer> first = server.inBackground(() -> queue.receive("waitseconds=2"));
        Future<Answer> second = server.inBackground(() -> queue.receive("waitseconds=2"));
        Timing.letPass(UNTIL_WAITING);

        queue.send("a").assertStatus(201);

        List<Integer> statuses = new ArrayList<>();
        for (Future<Answer> poll : List.of(first, second)) {
            Answer answer = Timing.within(ENOUGH, poll);
            statuses.add(answer.status());
            if (answer.status() == 404) {
                assertThat(answer.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(1_950));
            }
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 404);
    }

    @Test
    void aDelayThatEndsWakesAWaitingReceive() {
        TestQueue queue = server.createQueue("poll");
        Answer sent = queue.send("a", element("DelaySeconds", 1)).assertStatus(201);

        Answer received = queue.receive("waitseconds=15").assertStatus(200);

        assertThat(received.since(sent))
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(1).plus(Timing.TOLERANCE));
    }

    @Test
    void aVisibilityThatEndsWakesAWaitingReceive() {
        TestQueue queue = server.createQueue("poll", element("VisibilityTimeout", 1));
        queue.send("a").assertStatus(201);
        Answer first = queue.receive().assertStatus(200);

        Answer again = queue.receive("waitseconds=15").assertStatus(200);

        assertThat(again.since(first))
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(1).plus(Timing.TOLERANCE));
    }

    @Test
    void aShortenedVisibilityWakesAReceiveThatWaitsAlready() {
        TestQueue queue = server.createQueue("poll", element("VisibilityTimeout", 600));
        queue.send("a").assertStatus(201);
        String handle = queue.receive().value("ReceiptHandle");
        Future<Answer> poll = waiting(queue, "waitseconds=15");

        Answer change = queue.changeVisibility(handle, 1).assertStatus(200);

        Answer received = Timing.within(ENOUGH, poll).assertStatus(200);
        assertThat(received.since(change))
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(1).plus(Timing.TOLERANCE));
    }

    @Test
    void deletingTheQueueAnswersWaitingReceivesAtOnce() {
        TestQueue queue = server.createQueue("poll");
        Future<Answer> one = server.inBackground(() -> queue.receive("waitseconds=15"));
        Future<Answer> several = server.inBackground(() -> queue.receive("numOfMessages=16&waitseconds=15"));
        Timing.letPass(UNTIL_WAITING);

        Answer dropped = queue.drop().assertStatus(204);

        for (Future<Answer> poll : List.of(one, several)) {
            Answer answer = Timing.within(ENOUGH, poll).assertError(404, "QueueNotExist");
            assertThat(answer.since(dropped)).isLessThan(Timing.TOLERANCE);
        }
    }

    @Test
    void aReceiveWaitingOnADeletedQueueIsNotServedByItsSuccessor() {
        TestQueue queue = server.createQueue("poll");
        Future<Answer> poll = waiting(queue, "waitseconds=3");
        queue.drop().assertStatus(204);
        server.call(server.put(queue.path())).assertStatus(201);

        queue.send("for the successor").assertStatus(201);

        Timing.within(ENOUGH, poll).assertError(404, "QueueNotExist");
        assertThat(queue.drainBodies()).containsExactly("for the successor");
    }

    @Test
    void aClientThatHungUpDoesNotLoseTheMessage() {
        TestQueue queue = server.createQueue("poll", element("VisibilityTimeout", 1));
        byte[] poll = server.get(queue.messages() + "?waitseconds=20")
                .signedV2(server.key())
                .toBytes();
        for (int i = 0; i < 30; i++) {
            RawHttp connection = server.connect();
            connection.write(poll);
            if (i % 2 == 0) {
                connection.reset();
            } else {
                connection.close();
            }
        }
        Timing.letPass(UNTIL_WAITING);

        Answer sent = queue.send("a").assertStatus(201);
        Answer received = queue.receive("waitseconds=20").assertStatus(200);

        assertThat(received.value("MessageBody")).isEqualTo("a");
        assertThat(received.since(sent))
                .as("a message handed to a client that is gone comes back after its visibility of 1 s")
                .isLessThan(Duration.ofSeconds(1).plus(Timing.TOLERANCE));
    }

    @Test
    void aClientThatHungUpLongAgoIsNotHandedAMessage() {
        TestQueue queue = server.createQueue("poll", element("VisibilityTimeout", 600));
        RawHttp connection = server.connect();
        connection.write(server.get(queue.messages() + "?waitseconds=20")
                .signedV2(server.key())
                .toBytes());
        Timing.letPass(UNTIL_WAITING);
        connection.reset();
        Timing.letPass(UNTIL_WAITING);

        queue.send("a").assertStatus(201);

        assertThat(queue.receive("waitseconds=2").assertStatus(200).number("DequeueCount"))
                .isEqualTo(1);
    }

    @Test
    void hundredsOfWaitingReceivesLeaveRoomForOthers() {
        TestQueue queue = server.createQueue("poll");
        byte[] poll = server.get(queue.messages() + "?waitseconds=2")
                .signedV2(server.key())
                .toBytes();
        List<RawHttp> connections = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                connections.add(server.connect().write(poll));
            }

            assertThat(server.call(server.get(queue.path())).assertStatus(200).elapsed())
                    .isLessThan(Timing.TOLERANCE);

            for (RawHttp connection : connections) {
                assertThat(connection.readFinal().status()).isEqualTo(404);
            }
        } finally {
            connections.forEach(RawHttp::close);
        }
    }

    private Future<Answer> waiting(TestQueue queue, String query) {
        Future<Answer> poll = server.inBackground(() -> queue.receive(query));
        Timing.letPass(UNTIL_WAITING);
        return poll;
    }
}
