package io.bida.api.xml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a document of the wire straight into UTF-8 bytes, escaping every text.
 *
 * <p>Well-formedness is the caller's pairing of {@link #start} and {@link #end}. What XML 1.0 cannot carry is replaced
 * by U+FFFD; a carriage return becomes a character reference, or the reader would turn it into a line feed. For one
 * thread.
 */
final class XMLWriter {

    private static final byte[] AMP = ascii("&amp;");
    private static final byte[] LESS = ascii("&lt;");
    private static final byte[] GREATER = ascii("&gt;");
    private static final byte[] RETURN = ascii("&#13;");
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    private byte[] bytes;
    private int length;

    /** A writer with room for so many bytes before it has to grow. */
    XMLWriter(int expectedLength) {
        bytes = new byte[expectedLength];
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    XMLWriter start(Element element) {
        return raw(element.start());
    }

    XMLWriter end(Element element) {
        return raw(element.end());
    }

    /** A line feed between tags, where some clients need one (wire specification 3, rule 4). */
    XMLWriter lineFeed() {
        ensure(1);
        bytes[length++] = '\n';
        return this;
    }

    XMLWriter element(Element element, String text) {
        return element(element, text.getBytes(StandardCharsets.UTF_8));
    }

    XMLWriter element(Element element, byte[] utf8) {
        return raw(element.start()).escaped(utf8).raw(element.end());
    }

    XMLWriter element(Element element, long number) {
        raw(element.start());
        raw(ascii(Long.toString(number)));
        return raw(element.end());
    }

    /** {@code True} or {@code False}, as one client compares (wire specification 3, rule 3). */
    XMLWriter element(Element element, boolean value) {
        return element(element, value ? "True" : "False");
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private XMLWriter raw(byte[] part) {
        ensure(part.length);
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
        return this;
    }

    private XMLWriter escaped(byte[] utf8) {
        int copied = 0;
        for (int i = 0; i < utf8.length; i++) {
            byte[] instead = insteadOf(utf8, i);
            if (instead != null) {
                part(utf8, copied, i).raw(instead);
                copied = instead == REPLACEMENT && utf8[i] < 0 ? i + 3 : i + 1;
                i = copied - 1;
            }
        }
        return part(utf8, copied, utf8.length);
    }

    private byte @org.jspecify.annotations.Nullable [] insteadOf(byte[] utf8, int i) {
        byte b = utf8[i];
        if (b > '>') {
            return null;
        }
        return switch (b) {
            case '&' -> AMP;
            case '<' -> LESS;
            case '>' -> GREATER;
            case '\r' -> RETURN;
            case '\t', '\n' -> null;
            case (byte) 0xEF -> isNonCharacter(utf8, i) ? REPLACEMENT : null;
            default -> b >= 0 && b < ' ' ? REPLACEMENT : null;
        };
    }

    /** U+FFFE or U+FFFF, which XML excludes. */
    private static boolean isNonCharacter(byte[] utf8, int i) {
        return i + 2 < utf8.length && utf8[i + 1] == (byte) 0xBF && (utf8[i + 2] & 0xFE) == 0xBE;
    }

    private XMLWriter part(byte[] from, int start, int end) {
        ensure(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
        return this;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
