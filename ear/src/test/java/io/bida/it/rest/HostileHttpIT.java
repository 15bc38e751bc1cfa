package io.bida.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP that is broken, too large or made to confuse. RELIABILITY 4.3 rows 46 to 54 and 83. */
@Execution(ExecutionMode.CONCURRENT)
class HostileHttpIT {

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void aBodyThatSaysItHasFiveMebibytesIsRefusedBeforeItIsSent() {
        TestQueue queue = server.createQueue("huge");
        WireRequest request = server.post(queue.messages())
                .header("Content-Type", "text/xml")
                .header("Content-Length", "5242880")
                .signedV2(server.key());

        try (RawHttp connection = server.connect()) {
            RawResponse answer = connection.write(request.head()).readFinal();

            assertThat(answer.status()).as("%s", answer).isEqualTo(413);
            assertThat(connection.isClosedWithin(Duration.ofSeconds(5))).isTrue();
        }
        server.assertStillServes();
    }

    @Test
    void aBodyOfOneMebibyteIsRefused() {
        TestQueue queue = server.createQueue("huge");
        byte[] document = Documents.message("x".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8);

        Optional<RawResponse> answer = send(server.post(queue.messages())
                .body(document)
                .signedV2(server.key())
                .toBytes());

        assertThat(answer.map(RawResponse::status).orElse(0)).isIn(0, 400, 413);
        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
        server.assertStillServes();
    }

    @Test
    void aChunkedBodyWithoutEndIsCutOff() {
        TestQueue queue = server.createQueue("endless");
        WireRequest request = server.post(queue.messages())
                .header("Content-Type", "text/xml")
                .header("Transfer-Encoding", "chunked")
                .signedV2(server.key());
        String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";

        try (RawHttp connection = server.connect()) {
            connection.write(request.head());
            assertThat(writesUntilCutOff(
                            connection, "4000\r\n<Message>" + "x".repeat(0x4000 - 9) + "\r\n", chunk, 16 << 20))
                    .as("bytes taken before the server stopped reading")
                    .isLessThan(16 << 20);
        }
        server.assertStillServes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 6",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Content-Length: -1",
                "Content-Length: 5x",
                "Content-Length: 99999999999999999999",
                "Content-Length: +5"
            })
    void lengthsThatContradictAreRefusedAndTheConnectionIsClosed(String lengths) {
        TestQueue queue = server.createQueue("smuggle");
        String head = new String(
                server.post(queue.messages())
                        .header("Content-Type", "text/xml")
                        .header("Content-Length", "0")
                        .signedV2(server.key())
                        .head(),
                StandardCharsets.UTF_8);
        String smuggled = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

        try (RawHttp connection = server.connect()) {
            connection.write(head.replace("Content-Length: 0", lengths) + smuggled);

            Optional<RawResponse> answer = readIfAny(connection);
            assertThat(answer.map(RawResponse::status).orElse(400))
                    .as("%s", answer)
                    .isBetween(400, 413);
            assertThat(connection.isClosedWithin(Duration.ofSeconds(5))).isTrue();
        }
        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void aBodyShorterThanItSaysIsNotTakenForAMessage() {
        TestQueue queue = server.createQueue("short");
        byte[] document = Documents.message("short").getBytes(StandardCharsets.UTF_8);
        WireRequest request = server.post(queue.messages())
                .header("Content-Type", "text/xml")
                .header("Content-Length", document.length + 10 + "")
                .signedV2(server.key());

        try (RawHttp connection = server.connect()) {
            connection.write(request.head());
            connection.write(document);
            connection.halfClose();

            assertThat(readIfAny(connection).map(RawResponse::status).orElse(400))
                    .isBetween(400, 499);
        }
        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
        server.assertStillServes();
    }

    @Test
    void aBodyLongerThanItSaysIsCutAndTheRestIsNoRequest() {
        TestQueue queue = server.createQueue("long");
        byte[] document = Documents.message("long").getBytes(StandardCharsets.UTF_8);
        WireRequest request = server.post(queue.messages())
                .header("Content-Type", "text/xml")
                .header("Content-Length", document.length + "")
                .signedV2(server.key());

        try (RawHttp connection = server.connect()) {
            connection.write(request.head());
            connection.write(document);
            connection.write("<rest/>\r\n\r\n");

            assertThat(connection.readFinal().status()).isEqualTo(201);
            assertThat(readIfAny(connection).map(RawResponse::status).orElse(400))
                    .isBetween(400, 499);
        }
        assertThat(queue.counts()).containsExactly(1L, 0L, 0L);
    }

    @Test
    void aCompressedBodyIsRefusedAndNotUnpacked() throws IOException {
        TestQueue queue = server.createQueue("gzip");
        for (byte[] packed : List.of(gzip(Documents.message("a"), 1), gzip("x".repeat(1 << 20), 200))) {
            WireRequest request = server.post(queue.messages())
                    .header("Content-Encoding", "gzip")
                    .body(packed);

            Answer answer = server.call(request);

            assertThat(answer.status()).as("%s", answer).isIn(400, 413, 415);
            assertThat(answer.elapsed()).isLessThan(Duration.ofSeconds(3));
        }
        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
        server.assertStillServes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "x"})
    void anotherContentTypeIsRefused(String type) {
        TestQueue queue = server.createQueue("type");

        Answer answer = server.call(
                server.post(queue.messages()).header("Content-Type", type).body(Documents.message("a")));

        assertThat(answer.status()).as("%s", answer).isIn(400, 415);
        assertThat(answer.errorCode()).isIn("InvalidContentType", "UnsupportedMediaType");
        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void tooLongOrTooManyHeadersAreRefused() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            many.append("X-Many-").append(i).append(": x\r\n");
        }
        for (String headers : List.of("X-Long: " + "x".repeat(70 << 10) + "\r\n", many.toString())) {
            Optional<RawResponse> answer =
                    send(("GET /queues HTTP/1.1\r\nHost: " + server.host() + "\r\n" + headers + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(answer.map(RawResponse::status).orElse(400))
                    .as("%s", answer)
                    .isIn(400, 431);
        }
        server.assertStillServes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /queues HTTP/1.1\r\nHost: %s\r\nBad Name: x\r\n\r\n",
                "GET /queues HTTP/1.1\r\nHost: %s\r\nno colon\r\n\r\n",
                "GET /queues HTTP/1.1\r\n\r\n",
                "GET /queues HTTP/1.1\r\nHost: %s\r\nHost: other\r\n\r\n",
                "GET /queues HTTP/1.1\r\nHost: a:2$\r\n\r\n",
                "GET /queues HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /queues HTTP/1.1\r\nHost:\r\n\r\n",
                "GET http://other.example.test/queues HTTP/1.1\r\nHost: %s\r\n\r\n",
                "GET /queues\r\n\r\n",
                "GET /queues HTTP/1.0\r\n\r\n",
                "GET /queues HTTP/9.9\r\nHost: %s\r\n\r\n",
                "GET  /queues  HTTP/1.1\r\nHost: %s\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\r\n\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000",
                "GET /queues HTTP/1.1\nHost: %s\n\n"
            })
    void aBrokenHeadIsRefusedAndHarmsNobody(String head) {
        Optional<RawResponse> answer = send(String.format(head, server.host()).getBytes(StandardCharsets.UTF_8));

        assertThat(answer.map(RawResponse::status).orElse(400)).as("%s", answer).isBetween(400, 499);
        server.assertStillServes();
    }

    /** These never reach the application; wildfly-config/README.md, "HTTP", names them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /queues/a%%zz HTTP/1.1\r\nHost: %s\r\n\r\n",
                "GET /queues?a=%%zz HTTP/1.1\r\nHost: %s\r\n\r\n",
                "GET /queues/a\u007f HTTP/1.1\r\nHost: %s\r\n\r\n",
                "GET /queues HTTP/9.9\r\nHost: %s\r\n\r\n",
                "GET /queues HTTP/1.1\r\n\r\n",
                "GET /queues HTTP/1.1\r\nHost: %s\r\nHost: other\r\n\r\n",
                "GET /queues HTTP/1.1\r\nHost: a:2$\r\n\r\n",
                "GET http://other.example.test/queues HTTP/1.1\r\nHost: %s\r\n\r\n",
                "POST /queues HTTP/1.1\r\nHost: %s\r\nContent-Length: 5x\r\n\r\n",
                "POST /queues HTTP/1.1\r\nHost: %s\r\nContent-Length: 99999999\r\n\r\n"
            })
    void whatTheServerRefusesByItselfIsAnEmpty400AndTheEndOfTheConnection(String head) {
        assertEmpty400AndClosed(String.format(head, server.host()));
    }

    @Test
    void aHeadThatIsTooLargeIsAnEmpty400AndTheEndOfTheConnection() {
        String head = "GET /queues HTTP/1.1\r\nHost: " + server.host() + "\r\n";

        assertEmpty400AndClosed(head + "X-Long: " + "x".repeat(17 << 10) + "\r\n\r\n");
        assertEmpty400AndClosed(head + "X-Many: x\r\n".repeat(101) + "\r\n");
    }

    private void assertEmpty400AndClosed(String head) {
        try (RawHttp connection = server.connect()) {
            RawResponse answer = connection.write(head).readFinal();

            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            assertThat(answer.body()).as("%s", answer).isEmpty();
            assertThat(answer.closesConnection()).as("%s", answer).isTrue();
            assertThat(connection.isClosedWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void theUpgradeToAnotherProtocolIsNotFollowed() {
        Answer answer = server.call(server.get("/queues")
                .header("Connection", "Upgrade, HTTP2-Settings")
                .header("Upgrade", "h2c")
                .header("HTTP2-Settings", "AAMAAABkAARAAAAAAAIAAAAA"));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void escapesOfTerminalsInHeadersAreOnlyText() {
        TestQueue queue = server.createQueue("escape");

        server.call(server.get(queue.path()).header("User-Agent", "x\u001b[2J\u001b[31m%n${jndi:ldap://127.0.0.1:1/x}"))
                .raw()
                .headers()
                .forEach(h -> assertThat(h.value()).doesNotContain("\u001b"));
        server.assertStillServes();
    }

    @Test
    void aResetInTheMiddleOfABodyHarmsNobody() {
        TestQueue queue = server.createQueue("reset");
        WireRequest request = server.post(queue.messages())
                .header("Content-Type", "text/xml")
                .header("Content-Length", "1000")
                .signedV2(server.key());

        for (int i = 0; i < 20; i++) {
            RawHttp connection = server.connect();
            connection.write(request.head());
            connection.write("<Message><MessageBody>cut");
            connection.reset();
        }

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
        server.assertStillServes();
    }

    /** What the server answers; empty if it closes the connection without a word. */
    private Optional<RawResponse> send(byte[] bytes) {
        try (RawHttp connection = server.connect()) {
            connection.write(bytes);
            return readIfAny(connection.halfClose());
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<RawResponse> readIfAny(RawHttp connection) {
        try {
            return Optional.of(connection.readTimeout(Duration.ofSeconds(30)).readFinal());
        } catch (UncheckedIOException e) {
            assertThat(e.getCause())
                    .as("the connection ends with or without an answer")
                    .satisfiesAnyOf(
                            c -> assertThat(c).isInstanceOf(EOFException.class),
                            c -> assertThat(c).hasMessageContaining("reset"),
                            c -> assertThat(c).hasMessageContaining("Broken pipe"));
            return Optional.empty();
        }
    }

    private static int writesUntilCutOff(RawHttp connection, String first, String chunk, int limit) {
        int written = 0;
        try {
            connection.write(first);
            for (; written < limit; written += chunk.length()) {
                connection.write(chunk);
            }
        } catch (UncheckedIOException e) {
            // The server closed its end: what the test waits for.
            return written;
        }
        return written;
    }

    private static byte[] gzip(String text, int times) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            for (int i = 0; i < times; i++) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return packed.toByteArray();
    }
}
