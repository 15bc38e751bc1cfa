package io.bida.message.lifecycle;

/**
 * Gives the bundles of one partition their numbers: growing, never used twice, and carrying the millisecond of making.
 *
 * <p>A number is the milliseconds since 2020-01-01T00:00:00Z times 65536, plus a running number. So a node that takes
 * over a partition, or starts again with an emptied store, cannot give a number out a second time, and an old message
 * id or receipt handle never meets a new message. When the clock stands still or goes back, numbers go on by one. 41
 * bits of milliseconds last until the year 2089.
 */
public final class BundleNumbers {

    private static final long EPOCH_MILLIS = 1_577_836_800_000L;
    private static final int SEQUENCE_BITS = 16;

    private long last;

    /** Numbers after {@code last}, the highest number known so far; 0 if none. */
    public BundleNumbers(long last) {
        this.last = last;
    }

    /** The next number, made at this time. */
    public long next(long nowMillis) {
        last = Math.max(last + 1, firstAt(nowMillis));
        return last;
    }

    /** The lowest number a bundle made at this time can have. */
    public static long firstAt(long millis) {
        return Math.max(0, millis - EPOCH_MILLIS) << SEQUENCE_BITS;
    }

    /** When the bundle was made, in milliseconds since 1970; what its retention counts from. */
    public static long madeAtMillis(long bundle) {
        return (bundle >>> SEQUENCE_BITS) + EPOCH_MILLIS;
    }
}
