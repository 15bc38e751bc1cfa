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
        assertCutOffAndOthersServed(Duration.ofSeconds(13), "GET /queues HTTP/1.1\r\nHost: ");
    }

    /** Also of clients that ask whether to go on; that they are told so is not looked at here. */
    @Test
    void aBodyThatNeverEndsIsCutOffWithinTwentySecondsAndOthersAreServed() {
        TestQueue queue = server.createQueue("slow");
        String head = headOfSend(queue);
        String asking = head.replace("Host:", "Expect: 100-continue\r\nHost:");

        assertCutOffAndOthersServed(Duration.ofSeconds(25), head + "<", asking + "<");

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

    /** Answers of 240 KB, 40 to a connection, of which nobody reads a byte. */
    @Test
    void clientsThatDoNotReadTheirAnswersDoNotKeepOthersOut() {
        TestQueue queue = server.createQueue("unread");
        for (int i = 0; i < 4; i++) {
            queue.send("x".repeat(60_000)).assertStatus(201);
        }
        TestQueue others = server.createQueue("others");
        byte[] peek = server.get(queue.messages() + "?peekonly=true&numOfMessages=16")
                .signedV2(server.key())
                .toBytes();
        List<RawHttp> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                RawHttp connection = server.connect();
                deaf.add(connection);
                for (int n = 0; n < 40; n++) {
                    connection.write(peek);
                }
            }

            for (int i = 0; i < 5; i++) {
                assertThat(others.send("normal").assertStatus(201).elapsed()).isLessThan(Timing.TOLERANCE);
                assertThat(others.receive().assertStatus(200).elapsed()).isLessThan(Timing.TOLERANCE);
            }
        } finally {
            deaf.forEach(RawHttp::reset);
        }
        server.assertStillServes();
    }

    /** So many connections for each of the starts. */
    private void assertCutOffAndOthersServed(Duration bound, String... starts) {
        TestQueue others = server.createQueue("others");
        List<RawHttp> slow = new ArrayList<>();
        long end = System.nanoTime() + bound.toNanos();
        try {
            for (int i = 0; i < SLOW; i++) {
                for (String start : starts) {
                    slow.add(server.connect().write(start));
                }
            }

            for (int i = 0; i < 5; i++) {
                assertThat(server.call(server.get("/queues").header("x-mns-prefix", "it-none"))
                                .assertStatus(200)
                                .elapsed())
                        .isLessThan(Timing.TOLERANCE);
                assertThat(others.send("normal").assertStatus(201).elapsed()).isLessThan(Timing.TOLERANCE);
            }
            assertDrippingIsCutOff(slow.subList(0, starts.length), end);
            for (RawHttp connection : slow.subList(starts.length, slow.size())) {
                long left = end - System.nanoTime();
                assertThat(connection.isClosedWithin(Duration.ofNanos(Math.max(left, 1_000_000))))
                        .isTrue();
            }
        } finally {
            slow.forEach(RawHttp::close);
        }
    }

    /** A byte now and then must not prolong the time a client has for the whole. */
    private static void assertDrippingIsCutOff(List<RawHttp> connections, long end) {
        List<RawHttp> open = new ArrayList<>(connections);
        while (!open.isEmpty() && System.nanoTime() < end) {
            open.removeIf(SlowClientsIT::isClosedAfterADrop);
        }
        assertThat(open).as("cut off although they keep dripping").isEmpty();
    }

    private static boolean isClosedAfterADrop(RawHttp connection) {
        try {
            return connection.write("x").isClosedWithin(Duration.ofMillis(500));
        } catch (UncheckedIOException e) {
            return true; // closed already
        }
    }
}
