package io.bida.api.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.api.header.RequestHead;
import io.bida.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {

    /** Fails when it is read. */
    private static InputStream neverRead() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        return closed;
    }

    private static byte[] read(RequestHead head, String body, int maxBytes) throws IOException {
        return RequestBody.read(head, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), maxBytes);
    }

    private static RequestHead declaring(int length, String... headers) {
        RequestHead head = Heads.head("POST", "/", headers);
        head.headers().put(io.undertow.util.Headers.CONTENT_LENGTH, length);
        return head;
    }

    @Test
    void aBodyOfTheLargestSizeIsReadWhole() throws IOException {
        assertThat(read(declaring(5), "12345", 5)).asString().isEqualTo("12345");
        assertThat(read(Heads.head("POST", "/", "Transfer-Encoding", "chunked"), "12345", 5))
                .asString()
                .isEqualTo("12345");
    }

    @Test
    void oneByteMoreIsRefusedAndADeclaredOneNotEvenRead() {
        assertThatThrownBy(() -> RequestBody.read(declaring(6), neverRead(), 5))
                .extracting("code")
                .isEqualTo(ErrorCode.REQUEST_TOO_LARGE);
        assertThatThrownBy(() -> read(Heads.head("POST", "/", "Transfer-Encoding", "chunked"), "123456", 5))
                .extracting("code")
                .isEqualTo(ErrorCode.REQUEST_TOO_LARGE);
    }

    @Test
    void withoutABodyNothingIsReadAndNoTypeAskedFor() throws IOException {
        assertThat(RequestBody.read(Heads.head("GET", "/", "Content-Type", "image/png"), neverRead(), 5))
                .isEmpty();
        assertThat(RequestBody.read(declaring(0, "Content-Type", "image/png"), neverRead(), 5))
                .isEmpty();
    }

    @Test
    void aBodyThatEndsEarlyIsNotTaken() {
        assertThatThrownBy(() -> read(declaring(5), "1234", 5)).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "multipart/form-data", "text/plain", "text/xml;charset=GBK", "x"})
    void otherTypesAreRefused(String type) {
        assertThatThrownBy(() -> RequestBody.read(declaring(3, "Content-Type", type), neverRead(), 5))
                .extracting("code")
                .isEqualTo(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void encodedBodiesAreRefused() throws IOException {
        assertThatThrownBy(() -> RequestBody.read(declaring(3, "Content-Encoding", "gzip"), neverRead(), 5))
                .extracting("code")
                .isEqualTo(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
        assertThat(read(declaring(3, "Content-Encoding", "identity"), "123", 5)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kAFQmDzST7DWlj99KOF/cg==", "OTAwMTUwOTgzY2QyNGZiMGQ2OTYzZjdkMjhlMTdmNzI="})
    void bothFormsOfTheDigestAreRight(String digest) throws IOException {
        assertThat(read(declaring(3, "Content-MD5", digest), "abc", 5)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "900150983cd24fb0d6963f7d28e17f72",
                "OTAwMTUwOTgzQ0QyNEZCMEQ2OTYzRjdEMjhFMTdGNzI=",
                "kAFQmDzST7DWlj99KOF/cg",
                "x"
            })
    void anotherDigestIsRefused(String digest) {
        assertThatThrownBy(() -> read(declaring(3, "Content-MD5", digest), "abc", 5))
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_DIGEST);
    }
}
