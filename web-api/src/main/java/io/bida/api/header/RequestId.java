package io.bida.api.header;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes the ids by which a request is found again in the log.
 *
 * <p>24 characters {@code [0-9A-F]}: 96 random bits, so that nodes need not agree on anything. Source of the form: wire
 * specification 1.5.
 */
public final class RequestId {

    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    private RequestId() {}

    /** A new id. */
    public static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] id = new byte[24];
        hex(random.nextLong(), id, 0, 16);
        hex(random.nextLong(), id, 16, 24);
        return new String(id, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static void hex(long bits, byte[] into, int from, int to) {
        for (int i = from; i < to; i++) {
            into[i] = DIGITS[(int) (bits & 15)];
            bits >>>= 4;
        }
    }
}
