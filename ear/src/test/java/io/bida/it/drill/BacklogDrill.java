package io.bida.it.drill;

import static java.lang.System.Logger.Level.INFO;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.it.drill.DrillConnection.Result;
import io.bida.it.rest.Documents;
import io.bida.it.rest.Timing;
import io.bida.it.rest.WireRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A server killed with a million messages waiting serves again within seconds, in a heap of 2 GB.
 *
 * <p>Takes many minutes and some gigabytes of disk, so its name keeps it out of the ordinary run. To run it: {@code mvn
 * -pl ear -am verify -Dit.test=BacklogDrill -Dsurefire.failIfNoSpecifiedTests=false
 * -Dfailsafe.failIfNoSpecifiedTests=false}; {@code -Dbida.it.drill.backlog=…} gives another number of messages.
 */
@Tag("long")
@Isolated("measures times")
class BacklogDrill {

    private static final System.Logger LOG = System.getLogger(BacklogDrill.class.getName());

    private static final String QUEUE = "/queues/backlog-drill";
    private static final int BATCH = 16;
    private static final int SENDERS = 16;
    private static final int BODY_LENGTH = 1_024;

    /** From ready to the first answered call. Chosen: what "within seconds" means on two shared cores. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);

    private final int backlog = Integer.getInteger("bida.it.drill.backlog", 1_000_000);
    private final ExecutorService threads = Executors.newFixedThreadPool(SENDERS);

    @Test
    @Timeout(3_600)
    void aMillionWaitingMessagesDoNotKeepARestartFromServing(@TempDir(cleanup = CleanupMode.ALWAYS) Path directory) {
        try (OwnServer server = new OwnServer(directory, Map.of("BIDA_HEAP", "2g"))) {
            server.start();
            Duration fill = fill(server);
            server.kill();

            Duration start = server.start();
            long ready = System.nanoTime();
            try (DrillConnection connection = connection(server)) {
                Duration send = untilStatus(
                        connection,
                        201,
                        ready,
                        () -> connection
                                .request("POST", QUEUE + "/messages")
                                .body(Documents.message("after", Documents.element("Priority", 16))));
                Duration receive =
                        untilStatus(connection, 200, ready, () -> connection.request("GET", QUEUE + "/messages"));
                LOG.log(
                        INFO,
                        "backlog of {0}: filled in {1}, started in {2}, first send after {3}, first receive after {4}",
                        Integer.toString(backlog),
                        fill,
                        start,
                        send,
                        receive);

                assertThat(send).isLessThan(FIRST_ANSWER);
                assertThat(receive).isLessThan(FIRST_ANSWER);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Duration fill(OwnServer server) {
        long begin = System.nanoTime();
        try (DrillConnection connection = connection(server)) {
            assertThat(connection.call(connection.request("PUT", QUEUE)).hasStatus(201))
                    .isTrue();
        }
        String document = Documents.messages(Collections.nCopies(BATCH, Documents.entry("x".repeat(BODY_LENGTH)))
                .toArray(String[]::new));
        AtomicInteger left = new AtomicInteger(backlog / BATCH);
        List<Future<Boolean>> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(threads.submit(() -> fill(server, document, left)));
        }
        senders.forEach(
                s -> assertThat(Timing.within(Duration.ofMinutes(50), s)).isTrue());
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static boolean fill(OwnServer server, String document, AtomicInteger left) {
        try (DrillConnection connection = connection(server)) {
            while (left.getAndDecrement() > 0) {
                Result result = connection.call(
                        connection.request("POST", QUEUE + "/messages").body(document));
                if (!result.hasStatus(201)) {
                    throw new AssertionError("A batch was not taken: " + result);
                }
            }
        }
        return true;
    }

    private static Duration untilStatus(
            DrillConnection connection, int status, long since, Supplier<WireRequest> attempt) {
        Result result = connection.call(attempt.get());
        while (!result.hasStatus(status)
                && System.nanoTime() - since < FIRST_ANSWER.multipliedBy(6).toNanos()) {
            result = connection.call(attempt.get());
        }
        assertThat(result.hasStatus(status)).as("%s", result).isTrue();
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private static DrillConnection connection(OwnServer server) {
        return new DrillConnection(server.endpoint(), server.key());
    }
}
