package io.bida.it.rest;

import static io.bida.it.rest.Documents.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The end of a message's life at the shortest retention there is. Wire specification 5.2, 5.3. Takes that minute, while
 * others run.
 */
@Execution(ExecutionMode.CONCURRENT)
class RetentionIT {

    private static final Duration RETENTION = Duration.ofSeconds(60);

    /** How long before its end the messages are looked at a last time. */
    private static final Duration SHORTLY_BEFORE = Duration.ofSeconds(3);

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void aMessageIsGoneWhenItsRetentionIsOverInWhateverStateItIs() {
        TestQueue queue = server.createQueue("retention", element("MessageRetentionPeriod", RETENTION.toSeconds()));
        TestQueue longer = server.createQueue("retention", element("MessageRetentionPeriod", 600));
        long begin = System.nanoTime();
        queue.send("received", element("Priority", 1)).assertStatus(201);
        queue.send("active").assertStatus(201);
        queue.send("delayed", element("DelaySeconds", 600)).assertStatus(201);
        longer.send("lives on").assertStatus(201);
        long sent = System.nanoTime();
        Answer received = queue.receive().assertStatus(200);
        String handle = queue.changeVisibility(received.value("ReceiptHandle"), 600)
                .assertStatus(200)
                .value("ReceiptHandle");
        assertThat(received.value("MessageBody")).isEqualTo("received");

        letPassUntil(begin + RETENTION.minus(SHORTLY_BEFORE).toNanos());
        assertThat(queue.counts()).containsExactly(1L, 1L, 1L);
        assertThat(queue.peek().assertStatus(200).value("MessageBody")).isEqualTo("active");

        letPassUntil(sent + RETENTION.toNanos());
        queue.receive().assertError(404, "MessageNotExist");
        await().atMost(Timing.TOLERANCE.multipliedBy(2))
                .untilAsserted(() -> assertThat(queue.counts()).isEqualTo(List.of(0L, 0L, 0L)));
        queue.peek().assertError(404, "MessageNotExist");
        queue.changeVisibility(handle, 1).assertError(404, "MessageNotExist");
        queue.delete(handle).assertError(404, "MessageNotExist");
        queue.receive("waitseconds=1").assertError(404, "MessageNotExist");
        assertThat(longer.receive().assertStatus(200).value("MessageBody")).isEqualTo("lives on");
    }

    private static void letPassUntil(long nanoTime) {
        Timing.letPass(Duration.ofNanos(Math.max(1, nanoTime - System.nanoTime())));
    }
}
