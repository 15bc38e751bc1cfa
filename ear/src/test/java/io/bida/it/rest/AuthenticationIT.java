package io.bida.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may come in, and what is said to those who may not. Wire specification 1.1, 1.3, 2.5, 2.6; RELIABILITY 4.3 rows 1
 * to 13 and 16.
 */
@Execution(ExecutionMode.CONCURRENT)
class AuthenticationIT {

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void withoutAuthorizationIsRefused() {
        server.exchange(server.get("/queues")).assertError(400, "MissingAuthorizationHeader");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer x",
                "Basic dXNlcjpwYXNz",
                "MNS",
                "MNS abc",
                "MNS :c2lnbmF0dXJl",
                "MNS a:b:c",
                "mns4-nothing",
                "MNS4-HMAC-SHA256",
                "MNS4-HMAC-SHA256 Credential=a",
                "MNS4-HMAC-SHA256 Credential=a/b,Signature=c",
                "MNS4-HMAC-SHA256 Signature=c"
            })
    void authorizationThatCannotBeReadIsRefused(String value) {
        server.exchange(server.get("/queues").header("Authorization", value))
                .assertError(400, "InvalidAuthorizationHeader");
    }

    @Test
    void twoAuthorizationsAreRefused() {
        WireRequest signed = server.get("/queues").signedV2(server.key());

        server.exchange(signed.header("Authorization", "MNS other:x")).assertError(400, "InvalidAuthorizationHeader");
    }

    @Test
    void anUnknownKeyIsRefusedWhateverItSigns() {
        Credentials unknown = new Credentials(
                server.key().accountId(), "NoSuchKey0000000", server.key().accessKeySecret());

        server.exchange(server.get("/queues").signedV2(unknown)).assertError(403, "InvalidAccessKeyId");
        server.exchange(server.get("/queues").signedV4(unknown, "cn-hangzhou", server.now()))
                .assertError(403, "InvalidAccessKeyId");
        server.exchange(server.get("/queues").header("Authorization", "MNS NoSuchKey0000000:x"))
                .assertError(403, "InvalidAccessKeyId");
    }

    @Test
    void keyIdsAreCaseSensitive() {
        String id = server.key().accessKeyId();
        String swapped = id.chars()
                .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        Credentials other =
                new Credentials(server.key().accountId(), swapped, server.key().accessKeySecret());

        assertThat(swapped).as("the key id has a letter").isNotEqualTo(id);
        server.exchange(server.get("/queues").signedV2(other)).assertError(403, "InvalidAccessKeyId");
    }

    @Test
    void aSignatureThatIsNotExactlyTheRightOneIsRefused() {
        WireRequest request = server.get("/queues");
        String right = Signer.authorizationV2(server.key(), "GET", "/queues", request.headers())
                .split(":", 2)[1];
        String key = "MNS " + server.key().accessKeyId() + ":";

        for (String wrong : new String[] {
            "",
            "not-base64!",
            right.substring(0, 10),
            right.substring(0, right.length() - 1),
            right.toLowerCase(Locale.ROOT),
            right + right,
            "A".repeat(10 << 10)
        }) {
            server.exchange(request.header("Authorization", key + wrong)).assertError(403, "SignatureDoesNotMatch");
        }
    }

    @Test
    void theRightKeyWithTheSecretOfAnotherIsRefused() {
        Credentials wrong =
                new Credentials(server.key().accountId(), server.key().accessKeyId(), "guess");

        server.exchange(server.get("/queues").signedV2(wrong)).assertError(403, "SignatureDoesNotMatch");
    }

    @Test
    void withoutAnyDateIsRefused() {
        server.call(server.get("/queues").without("Date")).assertError(400, "MissingDateHeader");
    }

    @Test
    void theServicesOwnDateHeaderStandsInForDate() {
        WireRequest request =
                server.get("/queues").without("Date").header("x-mns-date", WireRequest.httpDate(server.now()));

        server.call(request).assertStatus(200);
    }

    @Test
    void bothDateHeadersMayBeSent() {
        WireRequest request = server.get("/queues");
        String date = request.headers().get(1).value();

        server.call(request.header("x-mns-date", date)).assertStatus(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-11-23T05:10:26Z",
                "Mon, 23 Nov 10000 05:10:26 GMT",
                "Mon, 23 Nov -2026 05:10:26 GMT",
                "Mon, 32 Nov 2026 05:10:26 GMT",
                "Mon, 23 Foo 2026 05:10:26 GMT",
                "1795406200",
                "-1"
            })
    void aDateThatCannotBeReadIsRefused(String date) {
        server.call(server.get("/queues").replacing("Date", date)).assertError(400, "InvalidDateHeader");
    }

    @Test
    void sixteenMinutesOffEitherWayIsExpired() {
        for (Duration off : new Duration[] {Duration.ofMinutes(16), Duration.ofMinutes(-16), Duration.ofDays(400)}) {
            String date = WireRequest.httpDate(server.now().plus(off));

            server.call(server.get("/queues").replacing("Date", date)).assertError(408, "TimeExpired");
        }
    }

    @Test
    void aFewSecondsBeyondFifteenMinutesIsExpired() {
        for (int seconds : new int[] {905, -905}) {
            String date = WireRequest.httpDate(server.now().plusSeconds(seconds));

            server.call(server.get("/queues").replacing("Date", date)).assertError(408, "TimeExpired");
        }
    }

    @Test
    void aFewSecondsWithinFifteenMinutesIsInTime() {
        for (int seconds : new int[] {890, -890}) {
            String date = WireRequest.httpDate(server.now().plusSeconds(seconds));

            server.call(server.get("/queues").replacing("Date", date)).assertStatus(200);
        }
    }

    @Test
    void versionFourObeysTheSameClockRule() {
        String date = WireRequest.httpDate(server.now().minusSeconds(960));
        WireRequest request = server.get("/queues").replacing("Date", date);

        server.exchange(request.signedV4(
                        server.key(), "cn-hangzhou", server.now().minusSeconds(960)))
                .assertError(408, "TimeExpired");
    }

    @Test
    void anExpiredSendStoresNothing() {
        TestQueue queue = server.createQueue("expired");
        String date = WireRequest.httpDate(server.now().minusSeconds(960));

        server.call(server.post(queue.messages())
                        .body(Documents.message("late"))
                        .replacing("Date", date))
                .assertError(408, "TimeExpired");

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void withoutTheVersionHeaderIsRefused() {
        server.call(server.get("/queues").without("x-mns-version")).assertError(400, "MissingVersionHeader");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2000-01-01", "2015-06-07", "x", "2015-06-06x"})
    void anotherVersionIsRefused(String version) {
        server.call(server.get("/queues").replacing("x-mns-version", version)).assertError(400, "InvalidVersionHeader");
    }

    @Test
    void aHostThatNamesTheKeysAccountIsAccepted() {
        String host = server.key().accountId() + ".mns.cn-hangzhou.example.test";

        server.call(server.get("/queues").replacing("Host", host)).assertStatus(200);
    }

    @Test
    void aHostThatNamesAnotherAccountIsDeniedBeforeTheSignatureIsChecked() {
        String host = otherAccount() + ".mns.cn-hangzhou.aliyuncs.com";
        WireRequest request = server.get("/queues").replacing("Host", host);

        server.call(request).assertError(403, "AccessDenied");
        server.exchange(request.header("Authorization", "MNS " + server.key().accessKeyId() + ":x"))
                .assertError(403, "AccessDenied");
    }

    @Test
    void aSecurityTokenIsAcceptedInForm() {
        server.call(server.get("/queues").header("security-token", "CAISgg+/token=="))
                .assertStatus(200);
        server.call(server.get("/queues").header("x-mns-security-token", "CAISgg+/token=="))
                .assertStatus(200);
    }

    private String otherAccount() {
        return server.key().accountId().equals("1234567890123456") ? "6543210987654321" : "1234567890123456";
    }
}
