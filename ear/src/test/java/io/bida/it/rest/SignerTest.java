package io.bida.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests' own signer against vectors that other implementations computed (wire specification 2.3 and 12). */
class SignerTest {

    private static final Credentials CAPTURED =
            new Credentials("1234567890", "TestAccessKeyId00001", "TestSecretForVectors0123456789");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "ACCESS_KEY_SECRET|PUT|574683b3684e3cff610afa155cc2506d|text/xml|Tue, 11 Apr 2017 10:09:19 GMT|x-mns-version:2015-06-06|/|A9zehggaYHHujmuRMxGIDrhWwx8=",
                "sk1|POST|||Tue, 03 Jun 2025 11:23:48 GMT|x-mns-abcDEF: abcDEF|/queues/TestQueue|cAThPWnbphg3hDe3ZHDADTgkgyE=",
                "testSk|GET|||Tue, 03 Jun 2025 11:23:48 GMT||/queues/TestQueue|uDJQXbk2xOhH95MDXmgbAGdtyE4=",
                "testSk|POST||application/json|Tue, 03 Jun 2025 11:23:48 GMT||/queues/Test Queue@123|GZ/I9UgZsqvbzfzjd0GmA6VHOx4=",
                "t5I8e|POST|YTM5OGY1YmYxODRkY2M0YmM1NjU5OGYzYTJkMDMyZGQ=|application/xml|Thu, 02 Feb 2023 12:27:22 GMT|x-mns-version:2015-06-06|/queues/market-process-log/messages|6nhdhorU7xdV6x+P1Tmzyi6A6KY="
            },
            delimiter = '|',
            emptyValue = "")
    void versionTwoSignsAsTheSpecificationsVectors(
            String secret,
            String method,
            @Nullable String md5,
            @Nullable String contentType,
            String date,
            @Nullable String serviceHeader,
            String target,
            String signature) {
        List<Header> headers = new ArrayList<>(List.of(new Header("Date", date)));
        addIfGiven(headers, "Content-MD5", md5);
        addIfGiven(headers, "Content-Type", contentType);
        if (serviceHeader != null) {
            String[] pair = serviceHeader.split(":", 2);
            headers.add(new Header(pair[0], pair[1].strip()));
        }

        String authorization = Signer.authorizationV2(new Credentials("a", "ak", secret), method, target, headers);

        assertThat(authorization).isEqualTo("MNS ak:" + signature);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "testAk|testSk|20250603T105235Z|testRegion|GET|/|63f78964dcd1132bab91b9c38ceebdfb59509149b34874c5b2c9dfc2b12e7291",
                "testAk|testSk|20250603T105235Z|testRegion|POST|/queues/Test Queue@123|87de7499365a31e767cdc0c726a893c72c860e415876f7f92914197ac3795833",
                "ak1|sk1|20250603T105235Z|region1|POST|/queues/TestQueue/?param1=abc&PARAM2=d  ef&PARAM3=[def]#bbb&PARAM4=中文参数|1fc6013f158d4c3aba09570895a2a93c8445c2c5213d82a1463baf602cf0d945"
            })
    void versionFourSignsAsTheSpecificationsVectors(
            String id, String secret, String time, String region, String method, String target, String signature) {
        String authorization = Signer.authorizationV4(
                new Credentials("a", id, secret), method, target, List.of(), region, instant(time));

        assertThat(authorization).endsWith(",Signature=" + signature);
    }

    @Test
    void versionFourSignsItsHeadersTrimmedAndInLowerCase() {
        List<Header> headers = List.of(
                new Header("x-mns-version", "2015-06-30"),
                new Header("x-mns-ttt", "1"),
                new Header("X-MNS-UUUuu", "FALse"),
                new Header("content-type", "application/json"),
                new Header("content-md5", "0d9d2ce750000593eb34f00"));

        String authorization = Signer.authorizationV4(
                new Credentials("a", "akkkkk222222222", "skkkkkk2222222222"),
                "GET",
                "/queues",
                headers,
                "eu-west-1",
                instant("20251204T063235Z"));

        assertThat(authorization).endsWith("294f776a2d5726df679b54b081ab8126a199a2545c8c8a7a875adff0b386e458");
    }

    @Test
    void versionTwoSignsTheAbsoluteFormFromItsThirdSlashOn() {
        List<Header> headers = List.of(
                new Header("Content-Type", "text/xml;charset=utf-8"),
                new Header("Content-MD5", "iiprQi34Bwy12Potw1DdJA=="),
                new Header("x-mns-version", "2015-06-06"),
                new Header("Date", "Mon, 23 Nov 2026 05:10:26 GMT"));

        String authorization = Signer.authorizationV2(
                CAPTURED, "POST", "http://1234567890.mns.cn-hangzhou.aliyuncs.com/queues/TestQueue/messages", headers);

        assertThat(authorization).isEqualTo("MNS TestAccessKeyId00001:fkzoH9TQ0o8lHnc9B8ceKicyVlE=");
    }

    @Test
    void bothVersionsSignAsTheCapturedOfficialClient() {
        String target =
                "/queues/TestQueue/messages?ReceiptHandle=1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==&VisibilityTimeout=50";

        List<Header> python =
                List.of(new Header("x-mns-version", "2015-06-06"), new Header("date", "Mon, 23 Nov 2026 05:10:25 GMT"));
        assertThat(Signer.authorizationV2(CAPTURED, "PUT", target, python)).endsWith(":adC2FzLu5Lus/8ZQe2xIyMFDxh0=");

        List<Header> java = List.of(
                new Header("x-mns-version", "2015-06-06"), new Header("content-type", "text/xml;charset=UTF-8"));
        assertThat(Signer.authorizationV4(
                        CAPTURED,
                        "POST",
                        "/queues/TestQueue/messages",
                        java,
                        "cn-hangzhou",
                        instant("20261123T051022Z")))
                .endsWith(",Signature=c70c78ec8312eb278e41252b6573ad5ee1c2f7f55e5eb4262948740977827195");
    }

    private static Instant instant(String compact) {
        return Instant.parse(
                compact.replaceFirst("(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})Z", "$1-$2-$3T$4:$5:$6Z"));
    }

    private static void addIfGiven(List<Header> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(new Header(name, value));
        }
    }
}
