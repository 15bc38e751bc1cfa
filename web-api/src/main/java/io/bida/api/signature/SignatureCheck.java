package io.bida.api.signature;

import io.bida.account.AccessKey;
import io.bida.account.AccessKeys;
import io.bida.account.AccountId;
import io.bida.api.header.ApiHeaders;
import io.bida.api.header.HostName;
import io.bida.api.header.HttpDate;
import io.bida.api.header.RefusedRequestException;
import io.bida.api.header.RequestHead;
import io.bida.error.ErrorCode;
import io.undertow.util.Headers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides from its head alone whose request it is, and refuses the ones that are nobody's.
 *
 * <p>The order of the checks is the specification's (2.6): version, date, authorization, key, account, signature,
 * clock. Safe for use by any thread.
 */
@ApplicationScoped
public class SignatureCheck {

    /**
     * How far, in seconds, a request's date may be from the server's clock in either direction, inclusive: 900. Source:
     * wire specification 1.3.
     */
    static final long MAX_CLOCK_DIFFERENCE_SECONDS = 15 * 60;

    /** Longest security token, in characters: 4096, our choice. */
    static final int MAX_TOKEN_LENGTH = 4096;

    /**
     * The region that signatures of version 4 must name, or the empty text for any: {@code bida.region}, default any. A
     * region of clients' own choosing proves nothing, so the default asks for none.
     */
    String region = System.getProperty("bida.region", "");

    @Inject
    AccessKeys accessKeys;

    @Inject
    Clock clock;

    /**
     * The account that signed the request.
     *
     * @throws RefusedRequestException if the head lacks what is required, the key is unknown or another account's, or
     *     the request is too old or too new
     * @throws SignatureDoesNotMatchException if the signature is not the key's (SignatureDoesNotMatch)
     */
    public AccountId check(RequestHead head) {
        checkVersion(head);
        Instant date = readDate(head);
        Authorization authorization = readAuthorization(head);
        AccessKey key = accessKeys
                .findAccessKey(authorization.keyId())
                .filter(AccessKey::isEnabled)
                .orElseThrow(() -> new RefusedRequestException(ErrorCode.INVALID_ACCESS_KEY_ID));
        checkSecurityToken(head);
        checkHost(head, key);
        Instant signed = checkSignature(head, authorization, key, date);
        checkClock(signed);
        return key.accountId();
    }

    private static void checkVersion(RequestHead head) {
        Optional<String> version = head.header(ApiHeaders.VERSION);
        if (version.isEmpty()) {
            throw new RefusedRequestException(ErrorCode.MISSING_VERSION_HEADER);
        }
        if (!version.get().equals(ApiHeaders.VERSION_VALUE)) {
            throw new RefusedRequestException(ErrorCode.INVALID_VERSION_HEADER);
        }
    }

    private static Instant readDate(RequestHead head) {
        String date = head.header(Headers.DATE)
                .or(() -> head.header(ApiHeaders.MNS_DATE))
                .orElseThrow(() -> new RefusedRequestException(ErrorCode.MISSING_DATE_HEADER));
        if (head.isRepeated(Headers.DATE)) {
            throw new RefusedRequestException(ErrorCode.INVALID_DATE_HEADER);
        }
        return HttpDate.parse(date).orElseThrow(() -> new RefusedRequestException(ErrorCode.INVALID_DATE_HEADER));
    }

    private Authorization readAuthorization(RequestHead head) {
        String header = head.header(Headers.AUTHORIZATION)
                .orElseThrow(() -> new RefusedRequestException(ErrorCode.MISSING_AUTHORIZATION_HEADER));
        if (head.isRepeated(Headers.AUTHORIZATION)) {
            throw new RefusedRequestException(ErrorCode.INVALID_AUTHORIZATION_HEADER);
        }
        Authorization authorization = Authorization.parse(header);
        if (authorization instanceof Authorization.Version4 version4
                && !region.isEmpty()
                && !region.equals(version4.region())) {
            throw new RefusedRequestException(ErrorCode.INVALID_AUTHORIZATION_HEADER);
        }
        return authorization;
    }

    private static void checkSecurityToken(RequestHead head) {
        Optional<String> token =
                head.header(ApiHeaders.SECURITY_TOKEN).or(() -> head.header(ApiHeaders.MNS_SECURITY_TOKEN));
        if (token.isPresent() && (token.get().isEmpty() || token.get().length() > MAX_TOKEN_LENGTH)) {
            throw new RefusedRequestException(ErrorCode.INVALID_SECURITY_TOKEN);
        }
    }

    private static void checkHost(RequestHead head, AccessKey key) {
        Optional<String> addressed = HostName.accountId(head.host());
        if (addressed.isPresent() && !addressed.get().equals(key.accountId().value())) {
            throw new RefusedRequestException(ErrorCode.ACCESS_DENIED);
        }
    }

    private static Instant checkSignature(RequestHead head, Authorization authorization, AccessKey key, Instant date) {
        return authorization instanceof Authorization.Version4 version4
                ? checkVersion4(head, version4, key, date)
                : checkVersion2(head, authorization, key, date);
    }

    private static Instant checkVersion2(RequestHead head, Authorization authorization, AccessKey key, Instant date) {
        Optional<String> mnsDate = head.header(ApiHeaders.MNS_DATE);
        String first = head.header(Headers.DATE).or(() -> mnsDate).orElse("");
        String stringToSign = StringToSign.version2(head, first);
        if (isSigned(authorization, key, stringToSign)) {
            return date;
        }
        // Clients that send both give both the same value. If one does not, the date it signed is the one that counts.
        if (mnsDate.isPresent() && !mnsDate.get().equals(first)) {
            Optional<Instant> other = HttpDate.parse(mnsDate.get());
            if (other.isPresent() && isSigned(authorization, key, StringToSign.version2(head, mnsDate.get()))) {
                return other.get();
            }
        }
        // The server drops a question mark with nothing behind it, so whether there was one is not known. No SDK sends
        // one; whoever does may have signed it or not. The text shown in the refusal, without it, is accepted too.
        if (head.query().isEmpty() && isSigned(authorization, key, StringToSign.version2(head, first, "?"))) {
            return date;
        }
        throw new SignatureDoesNotMatchException(stringToSign);
    }

    private static boolean isSigned(Authorization authorization, AccessKey key, String stringToSign) {
        return isEqual(KeyedMac.get().version2(key, stringToSign), authorization.signature());
    }

    private static Instant checkVersion4(
            RequestHead head, Authorization.Version4 authorization, AccessKey key, Instant date) {
        String stringToSign = StringToSign.version4(head, authorization, date);
        if (isEqual(KeyedMac.get().version4(key, authorization, stringToSign), authorization.signature())) {
            return date;
        }
        // Some clients read the clock for the signature just after the second they put into Date has ended.
        String oneLater = StringToSign.version4(head, authorization, date.plusSeconds(1));
        if (isEqual(KeyedMac.get().version4(key, authorization, oneLater), authorization.signature())) {
            return date.plusSeconds(1);
        }
        throw new SignatureDoesNotMatchException(stringToSign);
    }

    private void checkClock(Instant signed) {
        long difference = clock.instant().getEpochSecond() - signed.getEpochSecond();
        if (Math.abs(difference) > MAX_CLOCK_DIFFERENCE_SECONDS) {
            throw new RefusedRequestException(ErrorCode.TIME_EXPIRED);
        }
    }

    private static boolean isEqual(String computed, String sent) {
        return MessageDigest.isEqual(
                computed.getBytes(StandardCharsets.ISO_8859_1), sent.getBytes(StandardCharsets.ISO_8859_1));
    }
}
