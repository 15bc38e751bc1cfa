package io.bida.api.header;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Percent-encoding of RFC 3986: unreserved characters stand for themselves, every other byte is {@code %XX}.
 *
 * <p>Not the encoding of forms: {@code +} is a plus. Source: wire specification 1.2 and 2.2.
 */
public final class PercentCoding {

    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.ISO_8859_1);

    private PercentCoding() {}

    /**
     * The bytes behind a text of a request line, whose characters are the bytes received; empty if a {@code %} is not
     * followed by two hex digits.
     */
    public static Optional<byte[]> decode(String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '%') {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                b = (byte) (high << 4 | low);
                i += 2;
            }
            bytes[length++] = b;
        }
        return Optional.of(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }

    /** Appends the encoded form of the bytes, in capitals. */
    public static void encode(byte[] bytes, boolean keepSlashes, StringBuilder to) {
        for (byte b : bytes) {
            if (isUnreserved(b) || (keepSlashes && b == '/')) {
                to.append((char) b);
            } else {
                to.append('%').append((char) DIGITS[b >> 4 & 15]).append((char) DIGITS[b & 15]);
            }
        }
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '_'
                || b == '.'
                || b == '~';
    }
}
