package io.bida.benchmark.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

    private static final String CREATED =
            "HTTP/1.1 201 Created\r\nConnection: keep-alive\r\nContent-Length: 8\r\n\r\n<A>1</A>";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<A>\r\na;x=y\r\n123</A><B/\r\n1\r\n>\r\n0\r\n\r\n";
    private static final String NOTHING = "HTTP/1.1 204 No Content\r\nServer: any\r\n\r\n";

    private final Answer answer = new Answer();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 100_000})
    void answersInPiecesOfAnySizeAreReadOneAfterTheOther(int pieceSize) throws IOException {
        InputStream in = pieces(CREATED + CHUNKED + NOTHING + CREATED, pieceSize);

        answer.read(in);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.bodyText()).isEqualTo("<A>1</A>");

        answer.read(in);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bodyText()).isEqualTo("<A>123</A><B/>");

        answer.read(in);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.bodyLength()).isZero();

        answer.read(in);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.lastOfConnection()).isFalse();
        assertThat(answer.elementText("A")).contains("1");
    }

    @Test
    void anAnswerLargerThanTheBufferIsReadWhole() throws IOException {
        String body = "x".repeat(200_000);

        answer.read(pieces("HTTP/1.1 200 OK\r\ncontent-length:200000\r\n\r\n" + body, 1460));

        assertThat(answer.bodyText()).isEqualTo(body);
    }

    @Test
    void anInterimAnswerIsSkipped() throws IOException {
        answer.read(pieces("HTTP/1.1 100 Continue\r\n\r\n" + CREATED, 5));

        assertThat(answer.status()).isEqualTo(201);
    }

    @Test
    void aServerThatIsAboutToCloseIsNoticed() throws IOException {
        answer.read(pieces("HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 9));

        assertThat(answer.lastOfConnection()).isTrue();
    }

    @Test
    void anElementThatIsNotThereIsAbsent() throws IOException {
        answer.read(pieces(CREATED, 100));

        assertThat(answer.elementText("B")).isEmpty();
    }

    @Test
    void aConnectionThatEndsWithinAnAnswerFails() {
        InputStream in = pieces(CREATED.substring(0, CREATED.length() - 1), 20);

        assertThatThrownBy(() -> answer.read(in)).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 999 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "ICY 200 OK any server\r\nContent-Length: 0\r\n\r\n"
            })
    void whatIsNoHttpAnswerWithAnEndFails(String nonsense) {
        assertThatThrownBy(() -> answer.read(pieces(nonsense, 100))).isInstanceOf(ProtocolException.class);
    }

    /** A stream that gives at most this many bytes at a time, as a network may. */
    private static InputStream pieces(String text, int size) {
        return new ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(size, length));
            }
        };
    }
}
