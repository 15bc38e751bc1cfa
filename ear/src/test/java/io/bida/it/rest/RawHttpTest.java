package io.bida.it.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tests' own HTTP client reads what is on the wire, against answers written by hand. */
class RawHttpTest {

    private final ExecutorService peer = Executors.newSingleThreadExecutor();
    private final ServerSocket listener;

    RawHttpTest() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @BeforeEach
    void nobodyListensForever() throws IOException {
        listener.setSoTimeout(10_000);
    }

    @AfterEach
    void close() throws IOException {
        peer.shutdownNow();
        listener.close();
    }

    @Test
    void headersKeepCaseAndOrder() {
        RawResponse response = answerOf("HTTP/1.1 201 Created\r\nx-mns-Request-ID:  A \r\nContent-Length: 0\r\n\r\n");

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers())
                .containsExactly(new Header("x-mns-Request-ID", "A"), new Header("Content-Length", "0"));
        assertThat(response.headerExactly("x-mns-request-id")).isEmpty();
        assertThat(response.header("x-mns-request-id")).contains("A");
    }

    @Test
    void aBodyEndsWhereItsLengthOrItsLastChunkSays() {
        assertThat(answerOf("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabcHTTP/1.1 ")
                        .text())
                .isEqualTo("abc");
        assertThat(answerOf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "2;x=y\r\nab\r\nB\r\ncdefghijklm\r\n0\r\nTrailer: x\r\n\r\nrest")
                        .text())
                .isEqualTo("abcdefghijklm");
        assertThat(answerOf("HTTP/1.1 200 OK\r\n\r\nuntil the end").text()).isEqualTo("until the end");
    }

    @Test
    void noContentHasNoBodyAndTheNextAnswerFollows() {
        try (RawHttp connection = connectionThatGets("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"
                + "HTTP/1.1 404 Not Found\r\nContent-Length: 1\r\n\r\nx")) {
            assertThat(connection.read().status()).isEqualTo(100);
            assertThat(connection.readFinal().status()).isEqualTo(204);
            assertThat(connection.readFinal().text()).isEqualTo("x");
            assertThat(connection.isClosedWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void aCutAnswerIsNoAnswer() {
        try (RawHttp connection = connectionThatGets("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")) {
            assertThatThrownBy(connection::read).isInstanceOf(UncheckedIOException.class);
        }
    }

    private RawResponse answerOf(String bytes) {
        try (RawHttp connection = connectionThatGets(bytes)) {
            return connection.read();
        }
    }

    private RawHttp connectionThatGets(String bytes) {
        peer.execute(() -> serve(bytes));
        return RawHttp.connect(URI.create("http://127.0.0.1:" + listener.getLocalPort()));
    }

    private void serve(String bytes) {
        try (Socket socket = listener.accept()) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
