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

/** When a message can be received, first and again. Wire specification 5.2, 5.3, 7.3; RELIABILITY 3.2 Q5, Q7, Q8. */
@Execution(ExecutionMode.CONCURRENT)
class DelayAndVisibilityIT {

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void aDelayedMessageComesWhenDueAndNotBefore() {
        TestQueue queue = server.createQueue("delay");
        Answer sent = queue.send("a", element("DelaySeconds", 1)).assertStatus(201);

        queue.receive().assertError(404, "MessageNotExist");
        Answer received = queue.receive("waitseconds=10").assertStatus(200);

        assertThat(received.since(sent))
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(1).plus(Timing.TOLERANCE));
    }

    @Test
    void aDelayedMessageBecomesActive() {
        TestQueue queue = server.createQueue("delay");
        queue.send("a", element("DelaySeconds", 1)).assertStatus(201);
        assertThat(queue.counts()).containsExactly(0L, 0L, 1L);

        Timing.letPass(Duration.ofMillis(1_500));

        assertThat(queue.counts()).containsExactly(1L, 0L, 0L);
        assertThat(queue.peek().assertStatus(200).value("MessageBody")).isEqualTo("a");
    }

    @Test
    void dueMessagesKeepTheirPriority() {
        TestQueue queue = server.createQueue("delay");
        queue.send("plain", element("DelaySeconds", 1)).assertStatus(201);
        queue.send("urgent", element("DelaySeconds", 1), element("Priority", 1)).assertStatus(201);
        queue.send("last", element("Priority", 16)).assertStatus(201);
        Timing.letPass(Duration.ofMillis(1_500));

        assertThat(queue.drainBodies()).containsExactly("urgent", "plain", "last");
    }

    @Test
    void aReceivedMessageStaysHiddenUntilItsVisibilityTimeoutEnds() {
        TestQueue queue = server.createQueue("visibility", element("VisibilityTimeout", 1));
        queue.send("a").assertStatus(201);
        Answer first = queue.receive().assertStatus(200);

        queue.receive().assertError(404, "MessageNotExist");
        Answer again = queue.receive("waitseconds=10").assertStatus(200);

        assertThat(again.since(first))
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(1).plus(Timing.TOLERANCE));
        assertThat(again.number("DequeueCount")).isEqualTo(2);
        assertThat(again.value("MessageId")).isEqualTo(first.value("MessageId"));
        assertThat(again.number("EnqueueTime")).isEqualTo(first.number("EnqueueTime"));
        assertThat(again.number("FirstDequeueTime")).isEqualTo(first.number("FirstDequeueTime"));
        assertThat(again.number("NextVisibleTime")).isGreaterThan(first.number("NextVisibleTime"));
        assertThat(again.value("ReceiptHandle")).isNotEqualTo(first.value("ReceiptHandle"));
    }

    @Test
    void aMessageThatComesBackTakesItsOldPlace() {
        TestQueue queue = server.createQueue("visibility", element("VisibilityTimeout", 1));
        queue.send("oldest").assertStatus(201);
        queue.receive().assertStatus(200);
        queue.send("younger").assertStatus(201);
        queue.send("urgent", element("Priority", 1)).assertStatus(201);
        Timing.letPass(Duration.ofMillis(1_500));

        assertThat(queue.drainBodies()).containsExactly("urgent", "oldest", "younger");
    }

    @Test
    void aMessageThatCameBackCanBePeekedWithItsHistory() {
        TestQueue queue = server.createQueue("visibility", element("VisibilityTimeout", 1));
        queue.send("a").assertStatus(201);
        Answer first = queue.receive().assertStatus(200);
        Timing.letPass(Duration.ofMillis(1_500));

        Answer peeked = queue.peek().assertStatus(200);

        assertThat(queue.counts()).containsExactly(1L, 0L, 0L);
        assertThat(peeked.number("DequeueCount")).isEqualTo(1);
        assertThat(peeked.number("FirstDequeueTime")).isEqualTo(first.number("FirstDequeueTime"));
    }

    @Test
    void aNewVisibilityTimeoutActsOnLaterReceivesOnly() {
        TestQueue queue = server.createQueue("change", element("VisibilityTimeout", 600));
        queue.send("a").assertStatus(201);
        queue.send("b").assertStatus(201);
        assertThat(queue.receive().value("MessageBody")).isEqualTo("a");

        queue.set(element("VisibilityTimeout", 1)).assertStatus(204);
        assertThat(queue.receive().value("MessageBody")).isEqualTo("b");
        Answer next = queue.receive("waitseconds=10").assertStatus(200);

        assertThat(next.value("MessageBody")).isEqualTo("b");
        assertThat(queue.counts()).containsExactly(0L, 2L, 0L);
    }

    @Test
    void aNewDelayActsOnLaterSendsOnly() {
        TestQueue queue = server.createQueue("change", element("DelaySeconds", 600));
        queue.send("before").assertStatus(201);

        queue.set(element("DelaySeconds", 0)).assertStatus(204);
        queue.send("after").assertStatus(201);

        assertThat(queue.drainBodies()).containsExactly("after");
        assertThat(queue.counts().get(2)).isEqualTo(1);
    }

    @Test
    void aNewMaximumSizeActsOnLaterSendsOnly() {
        TestQueue queue = server.createQueue("change");
        queue.send("x".repeat(2_000)).assertStatus(201);

        queue.set(element("MaximumMessageSize", 1024)).assertStatus(204);

        queue.send("x".repeat(2_000)).assertError(400, "InvalidArgument");
        assertThat(queue.receive().value("MessageBody")).hasSize(2_000);
    }

    @Test
    void aNewPollingWaitActsOnLaterReceives() {
        TestQueue queue = server.createQueue("change");
        assertThat(queue.receive().assertStatus(404).elapsed()).isLessThan(Duration.ofMillis(900));

        queue.set(element("PollingWaitSeconds", 1)).assertStatus(204);

        assertThat(queue.receive().assertError(404, "MessageNotExist").elapsed())
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(1).plus(Timing.TOLERANCE));
    }

    @Test
    void concurrentReceiversNeverGetTheSameMessage() {
        TestQueue queue = server.createQueue("rush", element("VisibilityTimeout", 600));
        for (int batch = 0; batch < 10; batch++) {
            String[] entries = new String[16];
            for (int i = 0; i < entries.length; i++) {
                entries[i] = Documents.entry("m" + (batch * 16 + i));
            }
            queue.sendBatch(entries).assertStatus(201);
        }

        List<Future<List<String>>> receivers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            receivers.add(server.inBackground(queue::drainBodies));
        }
        List<String> all = new ArrayList<>();
        receivers.forEach(r -> all.addAll(Timing.within(Duration.ofSeconds(30), r)));

        assertThat(all).hasSize(160).doesNotHaveDuplicates();
        assertThat(queue.counts()).containsExactly(0L, 160L, 0L);
    }

    @Test
    void concurrentDeletesOfOneHandleSucceedOnce() {
        TestQueue queue = server.createQueue("rush");
        queue.send("a").assertStatus(201);
        queue.send("b").assertStatus(201);
        String handle = queue.receive().value("ReceiptHandle");

        List<Future<Integer>> deletes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            deletes.add(server.inBackground(() -> queue.delete(handle).status()));
        }
        List<Integer> statuses = deletes.stream()
                .map(d -> Timing.within(Duration.ofSeconds(30), d))
                .toList();

        assertThat(statuses).containsOnlyOnce(204).containsOnly(204, 404);
        assertThat(queue.drainBodies()).containsExactly("b");
    }
}
