package io.bida.api.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.account.AccessKey;
import io.bida.account.AccountId;
import io.bida.api.header.HttpDate;
import io.bida.api.header.RequestHead;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureVectorsTest {

    static Stream<Arguments> captured() {
        return CapturedRequest.resource("vectors.tsv")
                .lines()
                .skip(1)
                .map(line -> line.split("\t"))
                .map(columns -> Arguments.of(columns[0], columns[1], columns[2], columns[3], columns[4]));
    }

    @ParameterizedTest
    @MethodSource("captured")
    void everyCapturedRequestVerifies(String file, String version, String method, String target, String signature) {
        RequestHead head = CapturedRequest.open(file).head(version);
        Instant date = HttpDate.parse(head.headers().getFirst("Date")).orElseThrow();

        AccountId account = Heads.check(Heads.key(CapturedRequest.KEY_ID, CapturedRequest.SECRET), date)
                .check(head);

        assertThat(account.value()).isEqualTo(CapturedRequest.ACCOUNT);
        assertThat(head.method()).isEqualTo(method);
        assertThat(target).endsWith(head.path() + (head.query().isEmpty() ? "" : "?" + head.query()));
        assertThat(head.headers().getFirst("Authorization")).contains(signature);
    }

    @ParameterizedTest
    @MethodSource("captured")
    void theStringToSignIsTheClients(String file, String version) {
        CapturedRequest captured = CapturedRequest.open(file);
        RequestHead head = captured.head(version);
        String date = head.headers().getFirst("Date");

        Authorization authorization = Authorization.parse(head.headers().getFirst("Authorization"));
        String stringToSign = authorization instanceof Authorization.Version4 version4
                ? StringToSign.version4(head, version4, HttpDate.parse(date).orElseThrow())
                : StringToSign.version2(head, date);

        assertThat(stringToSign.stripTrailing())
                .isEqualTo(captured.stringToSign(version).stripTrailing());
    }

    static Stream<Arguments> version2() {
        String utc = "Tue, 03 Jun 2025 11:23:48 GMT";
        return Stream.of(
                Arguments.of(
                        "ACCESS_KEY_SECRET",
                        "Tue, 11 Apr 2017 10:09:19 GMT",
                        Heads.head(
                                "PUT",
                                "/",
                                "content-md5",
                                "574683b3684e3cff610afa155cc2506d",
                                "Content-Type",
                                "text/xml",
                                "x-mns-version",
                                "2015-06-06"),
                        "A9zehggaYHHujmuRMxGIDrhWwx8="),
                Arguments.of(
                        "sk1",
                        utc,
                        Heads.head("POST", "/queues/TestQueue", "x-mns-abcDEF", " abcDEF"),
                        "cAThPWnbphg3hDe3ZHDADTgkgyE="),
                Arguments.of("testSk", utc, Heads.head("GET", "/queues/TestQueue"), "uDJQXbk2xOhH95MDXmgbAGdtyE4="),
                Arguments.of(
                        "testSk",
                        utc,
                        Heads.head("POST", "/queues/Test Queue@123", "Content-Type", "application/json"),
                        "GZ/I9UgZsqvbzfzjd0GmA6VHOx4="),
                Arguments.of(
                        "t5I8e",
                        "Thu, 02 Feb 2023 12:27:22 GMT",
                        Heads.head(
                                "POST",
                                "/queues/market-process-log/messages",
                                "Content-MD5",
                                "YTM5OGY1YmYxODRkY2M0YmM1NjU5OGYzYTJkMDMyZGQ=",
                                "Content-Type",
                                "application/xml",
                                "x-mns-version",
                                "2015-06-06"),
                        "6nhdhorU7xdV6x+P1Tmzyi6A6KY="));
    }

    @ParameterizedTest
    @MethodSource("version2")
    void version2SignsAsTheSpecificationsTableSays(String secret, String date, RequestHead head, String signature) {
        AccessKey key = Heads.key("any", secret);

        assertThat(KeyedMac.get().version2(key, StringToSign.version2(head, date)))
                .isEqualTo(signature);
    }

    static Stream<Arguments> version4() {
        return Stream.of(
                Arguments.of(
                        "testAk",
                        "testSk",
                        "2025-06-03T10:52:35Z",
                        "testRegion",
                        Heads.head("GET", "/"),
                        "63f78964dcd1132bab91b9c38ceebdfb59509149b34874c5b2c9dfc2b12e7291"),
                Arguments.of(
                        "testAk",
                        "testSk",
                        "2025-06-03T10:52:35Z",
                        "testRegion",
                        Heads.head("POST", "/queues/Test Queue@123"),
                        "87de7499365a31e767cdc0c726a893c72c860e415876f7f92914197ac3795833"),
                Arguments.of(
                        "ak1",
                        "sk1",
                        "2025-06-03T10:52:35Z",
                        "region1",
                        Heads.head(
                                "POST",
                                "/queues/TestQueue/?param1=abc&PARAM2=d%20%20ef&PARAM3=%5Bdef%5D%23bbb&PARAM4="
                                        + "%E4%B8%AD%E6%96%87%E5%8F%82%E6%95%B0"),
                        "1fc6013f158d4c3aba09570895a2a93c8445c2c5213d82a1463baf602cf0d945"),
                Arguments.of(
                        "akkkkk222222222",
                        "skkkkkk2222222222",
                        "2025-12-04T06:32:35Z",
                        "eu-west-1",
                        Heads.head(
                                "GET",
                                "/queues",
                                "x-mns-version",
                                "2015-06-30",
                                "x-mns-ttt",
                                "1",
                                "X-MNS-UUUuu",
                                "FALse",
                                "content-type",
                                "application/json",
                                "content-md5",
                                "0d9d2ce750000593eb34f00"),
                        "294f776a2d5726df679b54b081ab8126a199a2545c8c8a7a875adff0b386e458"));
    }

    @ParameterizedTest
    @MethodSource("version4")
    void version4SignsAsTheSpecificationsTableSays(
            String id, String secret, String time, String region, RequestHead head, String signature) {
        Instant instant = Instant.parse(time);
        Authorization.Version4 authorization = new Authorization.Version4(
                Authorization.Dialect.PUBLIC, id, time.substring(0, 10).replace("-", ""), region, "");

        String computed = KeyedMac.get()
                .version4(Heads.key(id, secret), authorization, StringToSign.version4(head, authorization, instant));

        assertThat(computed).isEqualTo(signature);
    }

    @Test
    void keysTakeTurnsOnOneThread() {
        RequestHead head = Heads.head("GET", "/queues/TestQueue");
        String stringToSign = StringToSign.version2(head, "Tue, 03 Jun 2025 11:23:48 GMT");

        for (int round = 0; round < 3; round++) {
            assertThat(KeyedMac.get().version2(Heads.key("a", "testSk"), stringToSign))
                    .isEqualTo("uDJQXbk2xOhH95MDXmgbAGdtyE4=");
            assertThat(KeyedMac.get().version2(Heads.key("b", "other"), stringToSign))
                    .isNotEqualTo("uDJQXbk2xOhH95MDXmgbAGdtyE4=");
        }
    }
}
