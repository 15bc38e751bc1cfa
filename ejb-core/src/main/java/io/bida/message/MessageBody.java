package io.bida.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** What was sent: the UTF-8 bytes of the text as transmitted, opaque to the service and never changed. */
public final class MessageBody {

    private final byte[] bytes;

    private MessageBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The body with these UTF-8 bytes, which the caller must not change afterwards. */
    public static MessageBody ofBytes(byte[] utf8) {
        return new MessageBody(utf8);
    }

    /** The body with this text. */
    public static MessageBody of(String text) {
        return new MessageBody(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Its length in bytes of UTF-8, which is what size limits measure. */
    public int length() {
        return bytes.length;
    }

    /** The bytes themselves, not a copy; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Upper-case hex MD5 of the bytes, 32 digits, as in MessageBodyMD5. */
    public String md5() {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageBody body && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
