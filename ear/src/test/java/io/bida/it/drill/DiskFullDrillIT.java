package io.bida.it.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bida.it.rest.Answer;
import io.bida.it.rest.Documents;
import io.bida.it.rest.TestQueue;
import io.bida.it.rest.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * While the disk is nearly full, sends are refused and everything else goes on; with room again, all is well without a
 * restart.
 *
 * <p>The disk is the real one. The server is told to keep free nearly all that is free now, and a file takes its share:
 * up to 1.5 GiB for some seconds. What others write or delete meanwhile may be up to {@link #NOISE_BYTES}.
 */
@Isolated("what other tests write counts as well")
class DiskFullDrillIT {

    private static final long NOISE_BYTES = 512L << 20;

    /** The disk is looked at each second. */
    private static final Duration NOTICED = Duration.ofSeconds(10);

    @Test
    void sendsAreRefusedWhileTheDiskIsNearlyFullAndReceivesAndDeletesGoOn(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws IOException {
        long free = usable(directory);
        assertThat(free).as("bytes free for this drill").isGreaterThan(4 * NOISE_BYTES);
        long reserve = free - NOISE_BYTES;
        try (OwnServer own = new OwnServer(
                directory, Map.of("BIDA_HEAP", "768m", "BIDA_JAVA_OPTS", "-Dbida.disk.reserve=" + reserve))) {
            own.start();
            TestServer server = TestServer.at(own.endpoint(), own.key());
            TestQueue queue = server.createQueue("full");
            queue.send("one").assertStatus(201);
            queue.send("two").assertStatus(201);

            Path ballast = fillUntil(directory, reserve - NOISE_BYTES);
            await().atMost(NOTICED).until(() -> queue.send("refused?").status() == 503);
            long stored = queue.counts().get(0);

            Answer refused = queue.send("refused").assertError(503, "ServiceUnavailable");
            assertThat(refused.value("Message")).contains("the disk is nearly full");
            assertThat(refused.header("Retry-After")).isPresent();
            queue.sendBatch(Documents.entry("a"), Documents.entry("b")).assertError(503, "ServiceUnavailable");
            assertThat(queue.counts()).containsExactly(stored, 0L, 0L);
            assertThat(queue.peek().assertStatus(200).value("MessageBody")).isEqualTo("one");
            Answer received = queue.receive().assertStatus(200);
            assertThat(received.value("MessageBody")).isEqualTo("one");
            queue.delete(received.value("ReceiptHandle")).assertStatus(204);
            queue.changeVisibility(queue.receive().assertStatus(200).value("ReceiptHandle"), 1)
                    .assertStatus(200);
            server.call(server.get("/health/ready")).assertStatus(200);

            Files.delete(ballast);
            await().atMost(NOTICED).until(() -> queue.send("accepted again").status() == 201);
            assertThat(queue.receive("waitseconds=3").assertStatus(200).value("MessageBody"))
                    .isIn("two", "refused?", "accepted again");
        }
    }

    /** A file that leaves no more than so many bytes free. */
    private static Path fillUntil(Path directory, long freeBytes) throws IOException {
        Path ballast = directory.resolve("ballast");
        byte[] block = new byte[4 << 20];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (usable(directory) > freeBytes) {
                out.write(block);
            }
        }
        return ballast;
    }

    private static long usable(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }
}
