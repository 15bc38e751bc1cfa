package io.bida.api.signature;

import io.bida.account.AccessKey;
import io.bida.account.AccessKeys;
import io.bida.account.AccountId;
import io.bida.api.header.RequestHead;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Builds heads of requests and a check that knows one key. */
public final class Heads {

    private Heads() {}

    /** A head with these headers, given as name and value in turn. */
    public static RequestHead head(String method, String target, String... headers) {
        int question = target.indexOf('?');
        HeaderMap map = new HeaderMap();
        for (int i = 0; i < headers.length; i += 2) {
            map.add(new HttpString(headers[i]), headers[i + 1]);
        }
        return new RequestHead(
                "0123456789ABCDEF01234567",
                method,
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                "http",
                "127.0.0.1:8080",
                Optional.ofNullable(map.getFirst("Content-Type")),
                map);
    }

    /** A signed request with this head, whose answer is made at once by whoever has the outcome. */
    public static SignedRequest signed(RequestHead head, String body) {
        return new SignedRequest(
                head,
                new AccountId(CapturedRequest.ACCOUNT),
                body.getBytes(StandardCharsets.UTF_8),
                () -> true,
                Runnable::run,
                Runnable::run);
    }

    static AccessKey key(String id, String secret) {
        return new AccessKey(id, new AccountId(CapturedRequest.ACCOUNT), secret.getBytes(StandardCharsets.UTF_8), true);
    }

    @SuppressWarnings("UnnecessaryAssignment") // no container here that would inject
    static SignatureCheck check(AccessKey key, Instant now) {
        SignatureCheck check = new SignatureCheck();
        check.accessKeys = new AccessKeys() {
            @Override
            public Optional<AccessKey> findAccessKey(String id) {
                return id.equals(key.id()) ? Optional.of(key) : Optional.empty();
            }
        };
        check.clock = Clock.fixed(now, ZoneOffset.UTC);
        return check;
    }
}
