package io.bida.api.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bida.account.AccessKey;
import io.bida.account.AccountId;
import io.bida.api.header.RequestHead;
import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {

    private static final AccessKey KEY = Heads.key("key", "secret");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String DATE = "Mon, 23 Nov 2026 12:00:00 GMT";

    private static RequestHead request(String method, String target, String... headers) {
        RequestHead head = Heads.head(method, target, headers);
        head.headers().put(new HttpString("Date"), DATE);
        head.headers().put(new HttpString("x-mns-version"), "2015-06-06");
        return signed(head);
    }

    private static RequestHead signed(RequestHead head) {
        String date = Optional.ofNullable(head.headers().getFirst("Date"))
                .orElse(head.headers().getFirst("x-mns-date"));
        String signature = KeyedMac.get().version2(KEY, StringToSign.version2(head, date));
        return with(head, "Authorization", "MNS key:" + signature);
    }

    private static RequestHead with(RequestHead head, String name, String value) {
        return withHeaders(head, headers -> headers.put(new HttpString(name), value));
    }

    private static RequestHead added(RequestHead head, String name, String value) {
        return withHeaders(head, headers -> headers.add(new HttpString(name), value));
    }

    private static RequestHead without(RequestHead head, String name) {
        return withHeaders(head, headers -> headers.remove(name));
    }

    private static RequestHead withHeaders(RequestHead head, Consumer<HeaderMap> change) {
        HeaderMap headers = new HeaderMap();
        head.headers().forEach(values -> headers.addAll(values.getHeaderName(), values));
        change.accept(headers);
        return new RequestHead(
                head.id(),
                head.method(),
                head.path(),
                head.query(),
                head.scheme(),
                head.host(),
                Optional.ofNullable(headers.getFirst("Content-Type")),
                headers);
    }

    private static RequestHead copy(RequestHead head, String method, String path, String query, String host) {
        return new RequestHead(head.id(), method, path, query, head.scheme(), host, head.contentType(), head.headers());
    }

    private static SignatureCheck checkAt(Instant now) {
        return Heads.check(KEY, now);
    }

    private static ErrorCode refusalOf(RequestHead head) {
        return refusalOf(head, NOON);
    }

    private static ErrorCode refusalOf(RequestHead head, Instant now) {
        ServiceException refusal =
                catchThrowableOfType(ServiceException.class, () -> checkAt(now).check(head));
        assertThat(refusal).isNotNull();
        return refusal.code();
    }

    @Test
    void theAccountIsTheKeys() {
        assertThat(checkAt(NOON).check(request("GET", "/queues"))).isEqualTo(new AccountId(CapturedRequest.ACCOUNT));
    }

    @Test
    void aRequestVerifiesAsOftenAsItIsSentWithinItsTime() {
        RequestHead head = request("POST", "/queues/q/messages");

        checkAt(NOON).check(head);

        assertThat(checkAt(NOON).check(head)).isNotNull();
    }

    @Test
    void requiredHeadersAreAskedForInTheOrderOfTheSpecification() {
        RequestHead head = Heads.head("GET", "/queues");
        assertThat(refusalOf(head)).isEqualTo(ErrorCode.MISSING_VERSION_HEADER);

        head.headers().put(new HttpString("x-mns-version"), "2000-01-01");
        assertThat(refusalOf(head)).isEqualTo(ErrorCode.INVALID_VERSION_HEADER);

        head.headers().put(new HttpString("x-mns-version"), "2015-06-06");
        assertThat(refusalOf(head)).isEqualTo(ErrorCode.MISSING_DATE_HEADER);

        head.headers().put(new HttpString("Date"), "yesterday");
        assertThat(refusalOf(head)).isEqualTo(ErrorCode.INVALID_DATE_HEADER);

        head.headers().put(new HttpString("Date"), "Mon, 23 Nov 2026 02:00:00 GMT");
        assertThat(refusalOf(head)).isEqualTo(ErrorCode.MISSING_AUTHORIZATION_HEADER);

        head.headers().put(new HttpString("Authorization"), "Bearer x");
        assertThat(refusalOf(head)).isEqualTo(ErrorCode.INVALID_AUTHORIZATION_HEADER);

        head.headers().put(new HttpString("Authorization"), "MNS unknown:x");
        assertThat(refusalOf(head)).isEqualTo(ErrorCode.INVALID_ACCESS_KEY_ID);

        head.headers().put(new HttpString("Authorization"), "MNS key:x");
        assertThat(refusalOf(copy(head, "GET", "/queues", "", "99.mns.cn-hangzhou.aliyuncs.com")))
                .isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThat(refusalOf(head)).isEqualTo(ErrorCode.SIGNATURE_DOES_NOT_MATCH);
        assertThat(refusalOf(signed(head))).isEqualTo(ErrorCode.TIME_EXPIRED);
    }

    @Test
    void aDisabledKeyIsAnsweredLikeAnUnknownOne() {
        AccessKey disabled = new AccessKey("key", KEY.accountId(), "secret".getBytes(StandardCharsets.UTF_8), false);

        assertThatThrownBy(() -> Heads.check(disabled, NOON).check(request("GET", "/queues")))
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ACCESS_KEY_ID);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T11:44:59.999Z,false",
        "2026-11-23T11:45:00Z,true",
        "2026-11-23T12:15:00Z,true",
        "2026-11-23T12:15:00.999Z,true",
        "2026-11-23T12:15:01Z,false"
    })
    void fifteenMinutesAreAcceptedAndOneSecondMoreIsNot(Instant now, boolean accepted) {
        RequestHead head = request("GET", "/queues");

        if (accepted) {
            assertThat(checkAt(now).check(head)).isNotNull();
        } else {
            assertThat(refusalOf(head, now)).isEqualTo(ErrorCode.TIME_EXPIRED);
        }
    }

    @Test
    void theOtherDateHeaderStandsInForDate() {
        RequestHead head = Heads.head("GET", "/queues", "x-mns-version", "2015-06-06", "x-mns-date", DATE);

        assertThat(checkAt(NOON).check(signed(head))).isNotNull();
    }

    @Test
    void ofTwoDifferentDatesTheSignedOneCounts() {
        RequestHead old = Heads.head(
                "GET", "/queues", "x-mns-version", "2015-06-06", "x-mns-date", "Mon, 23 Nov 2026 10:00:00 GMT");
        RequestHead refreshed = with(signed(old), "Date", DATE);

        assertThat(refusalOf(refreshed)).isEqualTo(ErrorCode.TIME_EXPIRED);
    }

    @Test
    void aVersion4SignatureMayBeASecondYoungerThanItsDate() {
        RequestHead head = Heads.head("GET", "/queues", "Date", DATE, "x-mns-version", "2015-06-06");

        assertThat(checkAt(NOON).check(signedWithVersion4(head, NOON))).isNotNull();
        assertThat(checkAt(NOON).check(signedWithVersion4(head, NOON.plusSeconds(1))))
                .isNotNull();
        assertThat(refusalOf(signedWithVersion4(head, NOON.plusSeconds(2))))
                .isEqualTo(ErrorCode.SIGNATURE_DOES_NOT_MATCH);
        assertThat(refusalOf(signedWithVersion4(head, NOON.minusSeconds(1))))
                .isEqualTo(ErrorCode.SIGNATURE_DOES_NOT_MATCH);
    }

    private static RequestHead signedWithVersion4(RequestHead head, Instant time) {
        String credential = "key/20261123/cn-hangzhou/mns/aliyun_v4_request";
        String unsigned = "MNS4-HMAC-SHA256 Credential=" + credential + ",Signature=";
        Authorization.Version4 authorization = (Authorization.Version4) Authorization.parse(unsigned);
        String signature =
                KeyedMac.get().version4(KEY, authorization, StringToSign.version4(head, authorization, time));
        return with(head, "Authorization", unsigned + signature);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234567890.mns.cn-hangzhou.aliyuncs.com",
                "1234567890.MNS.cn-hangzhou-internal.aliyuncs.com:8080",
                "99.example.com",
                "127.0.0.1:8080",
                "10.0.0.7",
                "[::1]:8080",
                "mns.cn-hangzhou.aliyuncs.com",
                "cn-hangzhou.mns.aliyuncs.com",
                "localhost"
            })
    void hostsThatNameNoOtherAccountPass(String host) {
        RequestHead head = request("GET", "/queues");

        assertThat(checkAt(NOON).check(copy(head, "GET", "/queues", "", host))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%4097"})
    void aSecurityTokenMustHaveAForm(String token) {
        String value = token.isEmpty() ? "" : "t".repeat(4097);

        assertThat(refusalOf(request("GET", "/queues", "security-token", value)))
                .isEqualTo(ErrorCode.INVALID_SECURITY_TOKEN);
        assertThat(refusalOf(request("GET", "/queues", "x-mns-security-token", value)))
                .isEqualTo(ErrorCode.INVALID_SECURITY_TOKEN);
        assertThat(checkAt(NOON).check(request("GET", "/queues", "security-token", "t".repeat(4096))))
                .isNotNull();
    }

    @Test
    void twoDatesOrTwoAuthorizationsAreRefused() {
        RequestHead twoDates = request("GET", "/queues");
        twoDates.headers().add(new HttpString("Date"), DATE);
        RequestHead twoKeys = request("GET", "/queues");
        twoKeys.headers().add(new HttpString("Authorization"), "MNS key:x");

        assertThat(refusalOf(twoDates)).isEqualTo(ErrorCode.INVALID_DATE_HEADER);
        assertThat(refusalOf(twoKeys)).isEqualTo(ErrorCode.INVALID_AUTHORIZATION_HEADER);
    }

    static Stream<Arguments> tampering() {
        return Stream.of(
                tampering("another method", head -> copy(head, "HEAD", head.path(), head.query(), head.host())),
                tampering("method in lower case", head -> copy(head, "get", head.path(), head.query(), head.host())),
                tampering("another path", head -> copy(head, head.method(), "/queues/r", head.query(), head.host())),
                tampering(
                        "slash at the end",
                        head -> copy(head, head.method(), head.path() + "/", head.query(), head.host())),
                tampering(
                        "second slash at the front",
                        head -> copy(head, head.method(), "/" + head.path(), head.query(), head.host())),
                tampering("dot segment", head -> copy(head, head.method(), "/queues/./q", head.query(), head.host())),
                tampering(
                        "encoded letter", head -> copy(head, head.method(), "/queues/%71", head.query(), head.host())),
                tampering(
                        "query in another order",
                        head -> copy(head, head.method(), head.path(), "b=%2f+&a=1", head.host())),
                tampering("hex in capitals", head -> copy(head, head.method(), head.path(), "a=1&b=%2F+", head.host())),
                tampering(
                        "blank for plus", head -> copy(head, head.method(), head.path(), "a=1&b=%2f%20", head.host())),
                tampering("item twice", head -> copy(head, head.method(), head.path(), "a=1&a=1&b=%2f+", head.host())),
                tampering("no query", head -> copy(head, head.method(), head.path(), "", head.host())),
                tampering("another content type", head -> with(head, "Content-Type", "application/xml")),
                tampering("no content type", head -> without(head, "Content-Type")),
                tampering("content md5 added", head -> with(head, "Content-MD5", "x")),
                tampering("another date", head -> with(head, "Date", "Mon, 23 Nov 2026 12:00:01 GMT")),
                tampering("mns header added", head -> with(head, "x-mns-prefix", "p")),
                tampering("mns header repeated", head -> added(head, "x-mns-marker", "m")),
                tampering("mns header changed", head -> with(head, "x-mns-marker", "M")),
                tampering("mns header taken away", head -> without(head, "x-mns-marker")),
                tampering("signature in lower case", signature(String::toLowerCase)),
                tampering("signature cut short", signature(text -> text.substring(0, text.length() - 1))),
                tampering("signature without padding", signature(text -> text.replace("=", ""))),
                tampering("signature with a blank", signature(text -> text.substring(0, 3) + ' ' + text.substring(3))),
                tampering(
                        "signature for URLs",
                        signature(text -> text.replace('+', '-').replace('/', '_') + "-")),
                tampering("no signature", signature(text -> "")),
                tampering("long signature", signature(text -> "A".repeat(10_240))));
    }

    private static Arguments tampering(String name, UnaryOperator<RequestHead> change) {
        return Arguments.of(name, change);
    }

    private static UnaryOperator<RequestHead> signature(UnaryOperator<String> change) {
        return head -> {
            String header = head.headers().getFirst("Authorization");
            return with(head, "Authorization", "MNS key:" + change.apply(header.substring("MNS key:".length())));
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tampering")
    void whateverIsSignedCannotBeChanged(String name, UnaryOperator<RequestHead> change) {
        RequestHead head = request("GET", "/queues/q?a=1&b=%2f+", "Content-Type", "text/xml", "x-mns-marker", "m");
        checkAt(NOON).check(head);

        assertThat(refusalOf(change.apply(head))).as(name).isEqualTo(ErrorCode.SIGNATURE_DOES_NOT_MATCH);
    }

    @Test
    void aQuestionMarkWithNothingBehindItMayBeSigned() {
        RequestHead head = request("GET", "/queues/q");
        String stringToSign = StringToSign.version2(head, DATE) + "?";
        RequestHead signed =
                with(head, "Authorization", "MNS key:" + KeyedMac.get().version2(KEY, stringToSign));

        assertThat(checkAt(NOON).check(signed)).isNotNull();
    }

    @Test
    void whereARegionIsSetVersion4MustNameIt() {
        RequestHead head =
                signedWithVersion4(Heads.head("GET", "/queues", "Date", DATE, "x-mns-version", "2015-06-06"), NOON);
        SignatureCheck here = checkAt(NOON);
        here.region = "cn-hangzhou";
        SignatureCheck elsewhere = checkAt(NOON);
        elsewhere.region = "eu-west-1";

        assertThat(here.check(head)).isNotNull();
        assertThatThrownBy(() -> elsewhere.check(head))
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_AUTHORIZATION_HEADER);
    }

    @Test
    void whatIsNotSignedMayChange() {
        RequestHead head = request("GET", "/queues/q");

        assertThat(checkAt(NOON).check(with(head, "User-Agent", "other"))).isNotNull();
        assertThat(checkAt(NOON).check(with(head, "security-token", "token"))).isNotNull();
    }

    @Test
    void theRefusalTellsWhatWasSignedButNotTheSecret() {
        RequestHead head = with(request("GET", "/queues/q?a=1"), "Authorization", "MNS key:wrong");

        assertThatThrownBy(() -> checkAt(NOON).check(head))
                .isInstanceOfSatisfying(
                        SignatureDoesNotMatchException.class,
                        refusal -> assertThat(refusal.stringToSign())
                                .isEqualTo("GET\n\n\n" + DATE + "\nx-mns-version:2015-06-06\n/queues/q?a=1")
                                .doesNotContain("secret"));
    }
}
