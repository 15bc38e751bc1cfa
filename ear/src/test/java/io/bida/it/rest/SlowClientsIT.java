package io.bida.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Clients that hold a connection and say little. RELIABILITY 4.3 rows 85 to 87, with fewer sockets and, for idle
 * connections, without waiting for their end.
 */
@Isolated("takes all the connections and threads it can get, and measures what is left for others")
class SlowClientsIT {

    /** More than the server has threads for requests. */
    private static final int SLOW = 200;

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void aHeadThatNeverEndsIsCutOffWithinTenSecondsAndOthersAreServed() {
        assertCutOffAndOthersServed("GET /queues HTTP/1.1\r\nHost: ", Duration.ofSeconds(13));
    }

    @Test
    void aBodyThatNeverEndsIsCutOffWithinTwentySecondsAndOthersAreServed() {
        TestQueue queue = server.createQueue("slow");
        assertCutOffAndOthersServed(headOfSend(queue) + "<", Duration.ofSeconds(25));

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void clientsThatAskWhetherToGoOnAndThenAreSlowAreCutOffAndOthersAreServed() {
        TestQueue queue = server.createQueue("slow");

        // The answer to the question (RFC 9110 10.1.1) is thrown away; what counts is that no answer follows.
        assertCutOffAndOthersServed(
                headOfSend(queue).replace("Host:", "Expect: 100-continue\r\nHost:") + "<", Duration.ofSeconds(25));

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    private String headOfSend(TestQueue queue) {
        WireRequest request = server.post(queue.messages())
                .header("Content-Type", "text/xml")
                .header("Content-Length", "1000")
                .signedV2(server.key());
        return new String(request.head(), StandardCharsets.UTF_8);
    }

    @Test
    void idleConnectionsDoNotKeepOthersOut() {
        List<RawHttp> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                idle.add(server.connect());
            }

            server.assertStillServes();
        } finally {
            idle.forEach(RawHttp::close);
        }
    }

    private void assertCutOffAndOthersServed(String start, Duration bound) {
        TestQueue others = server.createQueue("others");
        List<RawHttp> slow = new ArrayList<>();
        long begin = System.nanoTime();
        try {
            for (int i = 0; i < SLOW; i++) {
                slow.add(server.connect().write(start));
            }

            for (int i = 0; i < 5; i++) {
                assertThat(server.call(server.get("/queues").header("x-mns-prefix", "it-none"))
                                .assertStatus(200)
                                .elapsed())
                        .isLessThan(Timing.TOLERANCE);
                assertThat(others.send("normal").assertStatus(201).elapsed()).isLessThan(Timing.TOLERANCE);
            }
            assertDrippingIsCutOff(slow.get(0), begin + bound.toNanos());
            for (RawHttp connection : slow.subList(1, SLOW)) {
                long left = begin + bound.toNanos() - System.nanoTime();
                assertThat(connection.isClosedWithin(Duration.ofNanos(Math.max(left, 1_000_000))))
                        .isTrue();
            }
        } finally {
            slow.forEach(RawHttp::close);
        }
    }

    /** A byte now and then must not prolong the time a client has for the whole. */
    private static void assertDrippingIsCutOff(RawHttp connection, long end) {
        boolean closed = false;
        while (!closed && System.nanoTime() < end) {
            try {
                connection.write("x");
                closed = connection.isClosedWithin(Duration.ofSeconds(1));
            } catch (UncheckedIOException e) {
                closed = true;
            }
        }
        assertThat(closed).as("cut off although it keeps dripping").isTrue();
    }
}
