package io.bida.api.header;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Whether a body is the one its sender digested.
 *
 * <p>Clients disagree on the form: base64 of the 16 bytes, or base64 of the 32 lower-case hex digits. Both are right.
 * Source: wire specification 1.4.
 */
public final class ContentMD5 {

    private ContentMD5() {}

    /** Whether the header's value is a digest of the body. */
    public static boolean matches(String headerValue, byte[] body) {
        byte[] digest = digest(body);
        Base64.Encoder base64 = Base64.getEncoder();
        return headerValue.equals(base64.encodeToString(digest))
                || headerValue.equals(
                        base64.encodeToString(HexFormat.of().formatHex(digest).getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static byte[] digest(byte[] body) {
        try {
            return MessageDigest.getInstance("MD5").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
