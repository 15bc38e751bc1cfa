package io.bida.api.person;

import io.bida.api.header.RequestHead;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Name and password as the Authorization header carries them. Source: RFC 7617, with UTF-8.
 *
 * @param name up to the first colon
 * @param password all behind it
 */
record BasicCredentials(String name, String password) {

    private static final String SCHEME = "Basic ";

    /** Those of a request; empty if there are none, or more than one, or they cannot be read. */
    static Optional<BasicCredentials> of(RequestHead head) {
        return head.isRepeated(Headers.AUTHORIZATION)
                ? Optional.empty()
                : head.header(Headers.AUTHORIZATION).flatMap(BasicCredentials::parse);
    }

    private static Optional<BasicCredentials> parse(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).trim());
            String both = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            int colon = both.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new BasicCredentials(both.substring(0, colon), both.substring(colon + 1)));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty(); // no base64, or no text in it
        }
    }

    @Override
    public String toString() {
        return name; // never the password
    }
}
