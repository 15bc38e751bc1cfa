package io.bida.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a signature covers and what it does not. Wire specification 1.4, 2.1, 2.2; RELIABILITY 4.2. */
@Execution(ExecutionMode.CONCURRENT)
class SignatureIT {

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void versionTwoIsAccepted() {
        server.call(server.get("/queues")).assertStatus(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cn-hangzhou", "eu-west-1", "local"})
    void versionFourIsAcceptedWithWhateverRegionTheClientWasConfigured(String region) {
        WireRequest request = server.get("/queues");

        server.exchange(request.signedV4(server.key(), region, server.now())).assertStatus(200);
    }

    @Test
    void versionFourCoversABodyRequestWithDigestAndServiceHeaders() {
        TestQueue queue = server.createQueue("v4");
        String document = Documents.message("signed by version 4");
        WireRequest request = server.post(queue.messages())
                .header("X-MNS-User-Request-Id", "  FALse  ")
                .header("Content-MD5", base64OfHex(document))
                .body(document);

        server.exchange(request.signedV4(server.key(), "cn-hangzhou", server.now()))
                .assertStatus(201);
    }

    @Test
    void versionFourSortsAndLowersTheQuery() {
        TestQueue queue = server.createQueue("v4");
        queue.send("one").assertStatus(201);
        WireRequest request = server.get(queue.messages() + "?WaitSeconds=0&NumOfMessages=2");

        server.exchange(request.signedV4(server.key(), "cn-hangzhou", server.now()))
                .assertStatus(200);
    }

    @Test
    void versionFourMayBeSignedOneSecondAfterTheDateHeader() {
        WireRequest request = server.get("/queues");

        server.exchange(request.replacing(
                                "Date", WireRequest.httpDate(server.now().minusSeconds(1)))
                        .signedV4(server.key(), "cn-hangzhou", server.now()))
                .assertStatus(200);
    }

    @Test
    void versionFourWithAWrongSecretIsRefusedWithItsStringToSign() {
        Credentials wrong =
                new Credentials(server.key().accountId(), server.key().accessKeyId(), "not the secret");
        WireRequest request = server.get("/queues");

        Answer answer = server.exchange(request.signedV4(wrong, "cn-hangzhou", server.now()));

        answer.assertError(403, "SignatureDoesNotMatch");
        assertThat(answer.value("StringToSign"))
                .startsWith("MNS4-HMAC-SHA256\n")
                .contains("/cn-hangzhou/mns/aliyun_v4_request\nGET\n/queues\n");
    }

    @Test
    void aWrongSignatureIsAnsweredWithTheStringTheServerSigned() {
        String target = "/queues/it-none/messages?ReceiptHandle=a%3D=&VisibilityTimeout=+1";
        WireRequest request = server.put(target)
                .header("X-Mns-Zzz", "last")
                .header("x-mns-aaa", "first")
                .header("Content-MD5", "m");

        Answer answer = server.exchange(
                request.header("Authorization", "MNS " + server.key().accessKeyId() + ":x"));

        answer.assertError(403, "SignatureDoesNotMatch");
        assertThat(answer.xml().names()).containsExactly("Code", "Message", "RequestId", "HostId", "StringToSign");
        assertThat(answer.value("StringToSign")).isEqualTo(Signer.stringToSignV2("PUT", target, request.headers()));
        assertThat(answer.raw().toString()).doesNotContain(server.key().accessKeySecret());
    }

    @Test
    void anEmptyQueryIsSignedWithItsQuestionMark() {
        server.call(server.get("/queues?")).assertStatus(200);
    }

    /** The server does not keep a lone question mark; what it shows is a text that it accepts all the same. */
    @Test
    void whatIsShownAsSignedIsAcceptedAlsoIfTheQueryIsEmpty() {
        WireRequest request = server.get("/queues?");
        Answer refused = server.exchange(
                request.header("Authorization", "MNS " + server.key().accessKeyId() + ":x"));
        String shown = refused.assertError(403, "SignatureDoesNotMatch").value("StringToSign");

        assertThat(shown).isEqualTo(Signer.stringToSignV2("GET", "/queues", request.headers()));
        server.exchange(request.header(
                        "Authorization", Signer.authorizationV2(server.key(), "GET", "/queues", request.headers())))
                .assertStatus(200);
    }

    @Test
    void headerOrderCaseAndPaddingDoNotMatter() {
        WireRequest signed = server.get("/queues")
                .header("x-mns-ret-number", "10")
                .header("x-mns-prefix", "it-none")
                .signedV2(server.key());
        List<Header> changed = new ArrayList<>();
        for (Header h : signed.headers()) {
            changed.add(new Header(h.name().toUpperCase(Locale.ROOT), "   " + h.value() + "  "));
        }
        Collections.reverse(changed);

        server.exchange(signed.headers(changed)).assertStatus(200);
    }

    @Test
    void aServiceHeaderAddedAfterSigningIsNoticed() {
        WireRequest signed = server.get("/queues").signedV2(server.key());

        server.exchange(signed.header("x-mns-prefix", "other")).assertError(403, "SignatureDoesNotMatch");
    }

    @Test
    void aServiceHeaderChangedOrRemovedAfterSigningIsNoticed() {
        WireRequest signed = server.get("/queues").header("x-mns-prefix", "a").signedV2(server.key());

        server.exchange(signed.replacing("x-mns-prefix", "b")).assertError(403, "SignatureDoesNotMatch");
        server.exchange(signed.without("x-mns-prefix")).assertError(403, "SignatureDoesNotMatch");
    }

    @Test
    void theDateIsCovered() {
        WireRequest signed = server.get("/queues").signedV2(server.key());

        server.exchange(signed.replacing(
                        "Date", WireRequest.httpDate(server.now().minusSeconds(60))))
                .assertError(403, "SignatureDoesNotMatch");
    }

    @Test
    void theMethodIsCovered() {
        TestQueue queue = server.createQueue("method");
        WireRequest signed = server.get(queue.path()).signedV2(server.key());

        server.exchange(signed.method("DELETE")).assertError(403, "SignatureDoesNotMatch");

        assertThat(queue.attributes().value("QueueName")).isEqualTo(queue.name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/queues/sig/messages?waitseconds=0&numOfMessages=1",
                "/queues/sig/messages?numOfMessages=1&waitseconds=00",
                "/queues/sig/messages?numOfMessages=%31&waitseconds=0",
                "/queues/sig/messages?numofmessages=1&waitseconds=0",
                "/queues/sig/messages?numOfMessages=1&waitseconds=0&",
                "/queues/s%69g/messages?numOfMessages=1&waitseconds=0",
                "/queues/sig/messages/?numOfMessages=1&waitseconds=0",
                "//queues/sig/messages?numOfMessages=1&waitseconds=0",
                "/queues/./sig/messages?numOfMessages=1&waitseconds=0"
            })
    void theTargetIsCoveredAsItStandsInTheRequestLine(String other) {
        WireRequest signed =
                server.get("/queues/sig/messages?numOfMessages=1&waitseconds=0").signedV2(server.key());

        Answer answer = server.exchange(signed.target(other));

        assertThat(answer.status()).as("%s", answer).isIn(400, 403);
        assertThat(answer.errorCode()).isIn("SignatureDoesNotMatch", "InvalidRequestURL");
    }

    @Test
    void anEscapedTargetIsSignedInItsEscapedForm() {
        TestQueue queue = server.createQueue("escaped");
        String target = queue.path().replace("it-", "%69t%2D").replace("escaped", "e%73caped");

        assertThat(server.call(server.get(target)).assertStatus(200).value("QueueName"))
                .isEqualTo(queue.name());
    }

    @Test
    void oneSignatureMayBeUsedTwice() {
        TestQueue queue = server.createQueue("twice");
        WireRequest signed =
                server.post(queue.messages()).body(Documents.message("same")).signedV2(server.key());

        server.exchange(signed).assertStatus(201);
        server.exchange(signed).assertStatus(201);

        assertThat(queue.drainBodies()).containsExactly("same", "same");
    }

    @Test
    void theBodyIsNotCoveredWithoutADigest() {
        TestQueue queue = server.createQueue("body");
        WireRequest signed =
                server.post(queue.messages()).body(Documents.message("a")).signedV2(server.key());

        server.exchange(signed.body(Documents.message("b"))).assertStatus(201);

        assertThat(queue.drainBodies()).containsExactly("b");
    }

    @Test
    void bothFormsOfTheDigestAreAccepted() {
        TestQueue queue = server.createQueue("digest");
        String document = Documents.message("with digest äöü");

        server.call(server.post(queue.messages()).body(document).header("Content-MD5", base64OfHex(document)))
                .assertStatus(201);
        server.call(server.post(queue.messages()).body(document).header("Content-MD5", base64OfBytes(document)))
                .assertStatus(201);
    }

    @Test
    void theDigestOfNothingIsAcceptedWithoutABody() {
        TestQueue queue = server.createQueue("digest");

        server.call(server.get(queue.path()).header("Content-MD5", base64OfHex("")))
                .assertStatus(200);
    }

    @Test
    void aDigestOfAnotherBodyIsRefusedAndNothingIsStored() {
        TestQueue queue = server.createQueue("digest");
        WireRequest request = server.post(queue.messages()).body(Documents.message("a"));

        for (String wrong : List.of(base64OfHex("other"), base64OfBytes("other"), "x", "====", "YWJj")) {
            server.call(request.header("Content-MD5", wrong)).assertError(400, "InvalidDegist");
        }

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void aMessageChangedUnderItsDigestIsRefused() {
        TestQueue queue = server.createQueue("digest");
        String document = Documents.message("a");
        WireRequest signed = server.post(queue.messages())
                .body(document)
                .header("Content-MD5", base64OfBytes(document))
                .signedV2(server.key());

        server.exchange(signed.body(Documents.message("b"))).assertError(400, "InvalidDegist");

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    private static String base64OfHex(String text) {
        return Base64.getEncoder()
                .encodeToString(HexFormat.of().formatHex(md5(text)).getBytes(StandardCharsets.US_ASCII));
    }

    private static String base64OfBytes(String text) {
        return Base64.getEncoder().encodeToString(md5(text));
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}
