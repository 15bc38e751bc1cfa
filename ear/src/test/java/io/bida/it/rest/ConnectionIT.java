package io.bida.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Persistent connections, pipelining, waiting for 100 Continue, pieces. Wire specification 1.3. */
@Execution(ExecutionMode.CONCURRENT)
class ConnectionIT {

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void oneConnectionServesManyRequestsErrorsIncluded() {
        TestQueue queue = server.createQueue("keep");
        try (RawHttp connection = server.connect()) {
            for (int i = 0; i < 20; i++) {
                exchange(connection, server.get(queue.messages())).assertError(404, "MessageNotExist");
                exchange(connection, server.post(queue.messages()).body(Documents.message("m" + i)))
                        .assertStatus(201);
                String handle = exchange(connection, server.get(queue.messages()))
                        .assertStatus(200)
                        .value("ReceiptHandle");
                exchange(connection, server.delete(queue.messages() + "?ReceiptHandle=" + handle))
                        .assertStatus(204);
                exchange(connection, server.delete(queue.messages() + "?ReceiptHandle=xx"))
                        .assertStatus(400);
                server.exchange(connection, server.get(queue.path())).assertStatus(400);
            }
        }
    }

    @Test
    void aRefusedRequestWithABodyLeavesTheConnectionUsable() {
        TestQueue queue = server.createQueue("keep");
        WireRequest send = server.post(queue.messages()).body(Documents.message("x".repeat(60_000)));
        try (RawHttp connection = server.connect()) {
            for (WireRequest refused : List.of(
                    send,
                    send.header("Authorization", "MNS nobody:x"),
                    send.target("/nothing").signedV2(server.key()),
                    send.without("x-mns-version").signedV2(server.key()),
                    send.target("/queues/a_b/messages").signedV2(server.key()),
                    send.target("/queues/it-no-such/messages").signedV2(server.key()),
                    send.target(queue.messages() + "?unknown=1").signedV2(server.key()))) {
                RawResponse answer = server.exchange(connection, refused).raw();
                assertThat(answer.status()).as("%s", answer).isBetween(400, 404);
                assertThat(answer.closesConnection()).as("%s", answer).isFalse();
            }
            exchange(connection, send).assertStatus(201);
        }
        assertThat(queue.counts()).containsExactly(1L, 0L, 0L);
    }

    @Test
    void requestsSentTogetherAreAnsweredInOrder() {
        TestQueue queue = server.createQueue("pipeline");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String body : List.of("first", "second", "third")) {
            all.writeBytes(server.post(queue.messages())
                    .body(Documents.message(body))
                    .signedV2(server.key())
                    .toBytes());
        }
        all.writeBytes(server.get(queue.messages()).signedV2(server.key()).toBytes());

        try (RawHttp connection = server.connect()) {
            connection.write(all.toByteArray());

            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                statuses.add(connection.readFinal().status());
            }
            RawResponse received = connection.readFinal();
            assertThat(statuses).containsExactly(201, 201, 201);
            assertThat(received.status()).isEqualTo(200);
            assertThat(XmlElement.parse(received.body()).value("MessageBody")).isEqualTo("first");
        }
    }

    @Test
    void aClientThatAsksIsToldToContinue() {
        TestQueue queue = server.createQueue("expect");
        WireRequest send = server.post(queue.messages())
                .body(Documents.message("after 100"))
                .header("Expect", "100-continue")
                .signedV2(server.key());

        try (RawHttp connection = server.connect()) {
            for (int i = 0; i < 3; i++) {
                connection.write(send.head());
                assertThat(connection.read().status()).isEqualTo(100);
                connection.write(send.bodyBytes());
                assertThat(connection.read().status()).isEqualTo(201);
            }
        }
        assertThat(queue.counts()).containsExactly(3L, 0L, 0L);
    }

    @Test
    void aClientThatAsksButDoesNotWaitIsServedToo() {
        TestQueue queue = server.createQueue("expect");
        WireRequest send =
                server.post(queue.messages()).body(Documents.message("a")).header("Expect", "100-continue");

        try (RawHttp connection = server.connect()) {
            exchange(connection, send).assertStatus(201);
            exchange(connection, send).assertStatus(201);
        }
    }

    @Test
    void aRefusedClientThatAskedToContinueIsToldWhy() {
        TestQueue queue = server.createQueue("expect");
        WireRequest send = server.post(queue.messages())
                .body(Documents.message("a"))
                .header("Expect", "100-continue")
                .header("Authorization", "MNS nobody:x");

        server.exchange(send).assertError(403, "InvalidAccessKeyId");
    }

    @Test
    void aRequestMayComeInPieces() {
        TestQueue queue = server.createQueue("pieces");
        byte[] request = server.post(queue.messages())
                .body(Documents.message("pieces"))
                .signedV2(server.key())
                .toBytes();

        try (RawHttp connection = server.connect()) {
            for (byte b : request) {
                connection.write(new byte[] {b});
            }
            assertThat(connection.readFinal().status()).isEqualTo(201);
        }
    }

    @Test
    void aClientThatHasSaidAllIsStillAnswered() {
        TestQueue queue = server.createQueue("half");

        try (RawHttp connection = server.connect()) {
            connection.write(server.get(queue.path()).signedV2(server.key()).toBytes());
            connection.halfClose();

            assertThat(connection.readFinal().status()).isEqualTo(200);
        }
    }

    @Test
    void aChunkedBodyIsRead() {
        TestQueue queue = server.createQueue("chunked");
        WireRequest send = server.post(queue.messages())
                .header("Content-Type", "text/xml")
                .header("Transfer-Encoding", "chunked")
                .signedV2(server.key());
        String document = Documents.message("in chunks");

        try (RawHttp connection = server.connect()) {
            connection.write(send.head());
            connection.write("5\r\n" + document.substring(0, 5) + "\r\n");
            connection.write(
                    Integer.toHexString(document.length() - 5) + "\r\n" + document.substring(5) + "\r\n0\r\n\r\n");
            assertThat(connection.readFinal().status()).isEqualTo(201);
            exchange(connection, server.get(queue.path())).assertStatus(200);
        }
        assertThat(queue.drainBodies()).containsExactly("in chunks");
    }

    @Test
    void aGetMaySayThatItsBodyIsEmpty() {
        TestQueue queue = server.createQueue("empty");

        server.call(server.get(queue.path()).header("Content-Length", "0")).assertStatus(200);
        server.call(server.delete(queue.path()).header("Content-Length", "0")).assertStatus(204);
    }

    @Test
    void aClientThatWantsToCloseIsAnsweredAndClosed() {
        TestQueue queue = server.createQueue("close");

        try (RawHttp connection = server.connect()) {
            exchange(connection, server.get(queue.path()).header("Connection", "close"))
                    .assertStatus(200);
            assertThat(connection.isClosedWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void headersInLowerCaseAreOrdinary() {
        TestQueue queue = server.createQueue("case");
        byte[] document = Documents.message("a").getBytes(StandardCharsets.UTF_8);
        WireRequest request = server.post(queue.messages());
        List<Header> lower = List.of(
                new Header("date", request.headers().get(1).value()),
                new Header("x-mns-version", "2015-06-06"),
                new Header("content-type", "text/xml;charset=UTF-8"),
                new Header("content-length", document.length + ""),
                new Header("host", server.host()),
                new Header("connection", "Keep-Alive"));

        server.call(request.headers(lower).bareBody(document)).assertStatus(201);
    }

    private Answer exchange(RawHttp connection, WireRequest request) {
        return server.exchange(connection, request.signedV2(server.key()));
    }
}
