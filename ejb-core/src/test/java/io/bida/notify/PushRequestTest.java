package io.bida.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bida.topic.Endpoint;
import io.bida.topic.NotifyContentFormat;
import io.bida.topic.Publication;
import io.bida.topic.Subscription;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PushRequestTest {

    private static final SigningKey KEY = SigningKey.make(Instant.parse("2026-01-02T03:04:05Z"));

    private static final PushStamp STAMP = new PushStamp(
            Instant.parse("2026-01-02T03:04:06.999Z"),
            "0123456789ABCDEF01234567",
            URI.create("http://127.0.0.1:8080/cert.pem"));

    @Test
    void simplifiedPushHasTheSpecificationsHeaders() {
        PushRequest push =
                push(NotifyContentFormat.SIMPLIFIED, "http://example.com/in", APublication.of("hello", "red"));

        assertThat(push.headers())
                .containsOnlyKeys(
                        "Content-Type",
                        "Content-md5",
                        "Date",
                        "User-Agent",
                        "Authorization",
                        "x-mns-message-id",
                        "x-mns-message-tag",
                        "x-mns-publish-time",
                        "x-mns-request-id",
                        "x-mns-signing-cert-url",
                        "x-mns-subscriber",
                        "x-mns-subscription-name",
                        "x-mns-topic-name",
                        "x-mns-topic-owner",
                        "x-mns-version")
                .containsEntry("User-Agent", "Aliyun Notification Service Agent")
                .containsEntry("Content-Type", "text/plain;charset=utf-8");
        assertThat(push.body().toString()).isEqualTo("hello");
    }

    @Test
    void stringToSignIsTheSpecificationsByteForByte() {
        PushRequest push =
                push(NotifyContentFormat.SIMPLIFIED, "http://example.com/in?a=b%20c", APublication.of("hello", "red"));

        assertThat(PushRequest.stringToSign(push.target(), push.headers())).isEqualTo("""
                        POST
                        NWQ0MTQwMmFiYzRiMmE3NmI5NzE5ZDkxMTAxN2M1OTI=
                        text/plain;charset=utf-8
                        Fri, 02 Jan 2026 03:04:06 GMT
                        x-mns-message-id:0A-1-2B
                        x-mns-message-tag:red
                        x-mns-publish-time:1767323045678
                        x-mns-request-id:0123456789ABCDEF01234567
                        x-mns-signing-cert-url:aHR0cDovLzEyNy4wLjAuMTo4MDgwL2NlcnQucGVt
                        x-mns-subscriber:1234567890123456
                        x-mns-subscription-name:mine
                        x-mns-topic-name:news
                        x-mns-topic-owner:1234567890123456
                        x-mns-version:2015-06-06
                        /in?a=b%20c""");
    }

    @Test
    void onlyASimplifiedPushHasIdAndTagInItsHeaders() {
        Publication publication = APublication.of("hello", "red");

        assertThat(push(NotifyContentFormat.XML, "http://example.com/in", publication)
                        .headers())
                .doesNotContainKeys("x-mns-message-id", "x-mns-message-tag")
                .containsEntry("Content-Type", "text/xml;charset=utf-8");
        assertThat(push(NotifyContentFormat.JSON, "http://example.com/in", publication)
                        .headers())
                .doesNotContainKeys("x-mns-message-id", "x-mns-message-tag")
                .containsEntry("Content-Type", "text/plain;charset=utf-8");
        assertThat(push(NotifyContentFormat.SIMPLIFIED, "http://example.com/in", APublication.of("hello"))
                        .headers())
                .containsKey("x-mns-message-id")
                .doesNotContainKey("x-mns-message-tag");
    }

    @Test
    void tagThatNoHeaderCarriesIsUrlEncoded() {
        String tag = "a b\r\nX: 中%";

        PushRequest push = push(NotifyContentFormat.SIMPLIFIED, "http://example.com/in", APublication.of("hello", tag));

        assertThat(push.headers()).containsEntry("x-mns-message-tag", "a%20b%0D%0AX%3A%20%E4%B8%AD%25");
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com, /notifications",
        "http://example.com:8080, /notifications",
        "http://example.com/, /",
        "http://example.com?x=1, /?x=1",
        "http://example.com/a//b/../c;d?e=f&g, /a//b/../c;d?e=f&g",
        "https://example.com/%E4%B8%AD, /%E4%B8%AD"
    })
    void targetIsPathAndQueryOfTheEndpoint(String endpoint, String target) {
        assertThat(push(NotifyContentFormat.XML, endpoint, APublication.of("hello"))
                        .target())
                .isEqualTo(target);
    }

    @ParameterizedTest
    @EnumSource
    void receiverThatFetchesTheCertificateAcceptsTheSignature(NotifyContentFormat format) throws Exception {
        HttpServer certificates = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] pem = KEY.certificatePem().getBytes(UTF_8);
        certificates.createContext("/cert.pem", exchange -> {
            exchange.sendResponseHeaders(200, pem.length);
            exchange.getResponseBody().write(pem);
            exchange.close();
        });
        certificates.start();
        try {
            PushStamp stamp = new PushStamp(
                    STAMP.date(),
                    STAMP.requestId(),
                    URI.create("http://127.0.0.1:" + certificates.getAddress().getPort() + "/cert.pem"));
            String endpoint = "http://example.com/in?a=1";
            Subscription subscription = APublication.wantedAs(format, endpoint);
            PushRequest push = PushRequest.to(
                    new Endpoint.Http(endpoint, URI.create(endpoint)),
                    subscription,
                    APublication.of("hello", "red"),
                    stamp,
                    KEY);

            assertThat(accepts("/in?a=1", push.headers())).isTrue();
            assertThat(accepts("/other", push.headers())).isFalse();
        } finally {
            certificates.stop(0);
        }
    }

    /** What the official samples of an endpoint do, as wire specification 10.1 and 10.2 describe it. */
    private static boolean accepts(String requestTarget, Map<String, String> headers) throws Exception {
        String address = new String(Base64.getDecoder().decode(headers.get("x-mns-signing-cert-url")), UTF_8);
        Certificate certificate;
        try (InputStream pem = new URL(address).openStream()) {
            certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
        List<String> own = new ArrayList<>();
        headers.forEach((name, value) -> {
            if (name.startsWith("x-mns-")) {
                own.add(name + ":" + value);
            }
        });
        Collections.sort(own);
        String text = "POST\n" + headers.get("Content-md5") + "\n" + headers.get("Content-Type") + "\n"
                + headers.get("Date") + "\n" + String.join("\n", own) + "\n" + requestTarget;
        Signature signature = Signature.getInstance("SHA1withRSA");
        signature.initVerify(certificate.getPublicKey());
        signature.update(text.getBytes(UTF_8));
        return signature.verify(Base64.getDecoder().decode(headers.get("Authorization")));
    }

    private static PushRequest push(NotifyContentFormat format, String endpoint, Publication publication) {
        return PushRequest.to(
                new Endpoint.Http(endpoint, URI.create(endpoint)),
                APublication.wantedAs(format, endpoint),
                publication,
                STAMP,
                KEY);
    }
}
