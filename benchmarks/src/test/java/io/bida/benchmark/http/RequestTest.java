package io.bida.benchmark.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RequestTest {

    private static final Instant CAPTURED_AT = Instant.parse("2026-11-23T05:10:18Z");

    private Instant now = CAPTURED_AT;
    private final Clock clock = InstantSource.offset(() -> now, Duration.ZERO).withZone(ZoneOffset.UTC);
    private final Signing signing =
            new Signing(new Signer("TestAccessKeyId00001", "TestSecretForVectors0123456789"), clock, "127.0.0.1:8080");

    @Test
    void aSendIsSignedAsTheJavaSdkSignsIt() {
        Request send = new Request(signing, "POST", "/queues/TestQueue/messages", "<Message/>".getBytes(UTF_8));

        assertThat(new String(send.bytes(), US_ASCII)).isEqualTo("""
                        POST /queues/TestQueue/messages HTTP/1.1\r
                        Host: 127.0.0.1:8080\r
                        x-mns-version: 2015-06-06\r
                        Content-Type: text/xml;charset=UTF-8\r
                        Date: Mon, 23 Nov 2026 05:10:18 GMT\r
                        Authorization: MNS TestAccessKeyId00001:8cVWw94u7AnLKWv8N66euQwCh/Q=\r
                        Content-Length: 10\r
                        \r
                        <Message/>""");
    }

    @Test
    void theSameSecondGivesTheSameBytesAndTheNextSecondOthers() {
        Request receive = new Request(signing, "GET", "/queues/TestQueue/messages", new byte[0]);
        String first = new String(receive.bytes(), US_ASCII);
        now = CAPTURED_AT.plusMillis(999);
        String sameSecond = new String(receive.bytes(), US_ASCII);
        now = CAPTURED_AT.plusSeconds(1);
        String nextSecond = new String(receive.bytes(), US_ASCII);

        assertThat(sameSecond).isEqualTo(first);
        assertThat(nextSecond)
                .hasSameSizeAs(first)
                .contains("05:10:19 GMT")
                .doesNotContain(signatureIn(first))
                .doesNotContain("Content-Type");
    }

    @Test
    void oneHandleIsDeletedByTheQuery() throws IOException {
        DeleteRequest delete = new DeleteRequest(signing, "/queues/TestQueue/messages");

        int count = delete.prepare(
                answerWith("<Message><MessageId>A</MessageId><ReceiptHandle>1-abc</ReceiptHandle></Message>"));

        assertThat(count).isEqualTo(1);
        Request same = new Request(signing, "DELETE", "/queues/TestQueue/messages?ReceiptHandle=1-abc", new byte[0]);
        assertThat(text(delete)).isEqualTo(new String(same.bytes(), US_ASCII));
    }

    @Test
    void severalHandlesAreDeletedByADocument() throws IOException {
        DeleteRequest delete = new DeleteRequest(signing, "/queues/TestQueue/messages");

        int count = delete.prepare(answerWith("<Messages><Message><ReceiptHandle>1-a</ReceiptHandle></Message>"
                + "<Message><ReceiptHandle>1-b</ReceiptHandle></Message></Messages>"));

        assertThat(count).isEqualTo(2);
        String document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ReceiptHandles"
                + " xmlns=\"http://mns.aliyuncs.com/doc/v1\"><ReceiptHandle>1-a</ReceiptHandle>"
                + "<ReceiptHandle>1-b</ReceiptHandle></ReceiptHandles>";
        Request same = new Request(signing, "DELETE", "/queues/TestQueue/messages", document.getBytes(UTF_8));
        assertThat(text(delete)).isEqualTo(new String(same.bytes(), US_ASCII));
    }

    @Test
    void anAnswerWithoutAHandleLeavesNothingToDelete() throws IOException {
        DeleteRequest delete = new DeleteRequest(signing, "/queues/TestQueue/messages");

        assertThat(delete.prepare(answerWith("<Messages></Messages>"))).isZero();
        assertThat(delete.length()).isZero();
    }

    @Test
    void theCeilingGetsTheSameBodyUnsigned() {
        byte[] bytes = Request.unsigned(URI.create("http://127.0.0.1:8080/ceiling/messages"), "body".getBytes(UTF_8));

        assertThat(new String(bytes, US_ASCII))
                .startsWith("POST /ceiling/messages HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n")
                .endsWith("Content-Length: 4\r\n\r\nbody")
                .doesNotContain("Authorization");
    }

    private static String signatureIn(String request) {
        int from = request.indexOf("00001:") + "00001:".length();
        return request.substring(from, from + Signer.LENGTH);
    }

    private static String text(DeleteRequest delete) {
        return new String(delete.bytes(), 0, delete.length(), US_ASCII);
    }

    private static Answer answerWith(String body) throws IOException {
        Answer answer = new Answer();
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
        answer.read(new ByteArrayInputStream((head + body).getBytes(UTF_8)));
        return answer;
    }
}
