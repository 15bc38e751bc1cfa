package io.bida.benchmark.http;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the {@code Date} header, formatted once a second. Not safe for several threads. */
public final class DateHeader {

    /** Its length in bytes: {@code Thu, 17 Mar 2012 18:49:58 GMT}. */
    public static final int LENGTH = 29;

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final Clock clock;
    private long second = Long.MIN_VALUE;
    private byte[] bytes = new byte[LENGTH];

    public DateHeader(Clock clock) {
        this.clock = clock;
    }

    /** The present second since 1970; {@link #bytes()} is its text until the next call. */
    public long now() {
        long present = Math.floorDiv(clock.millis(), 1000L);
        if (present != second) {
            second = present;
            bytes = FORMAT.format(Instant.ofEpochSecond(present)).getBytes(StandardCharsets.US_ASCII);
        }
        return present;
    }

    /** The text of the second that {@link #now} gave last, in {@value #LENGTH} bytes of ASCII. */
    public byte[] bytes() {
        return bytes;
    }
}
