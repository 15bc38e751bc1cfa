package io.bida.message.lifecycle;

import java.util.Arrays;

/**
 * How long the bundles of a partition live: one entry for each change of the queue's retention period, none per
 * message.
 *
 * <p>A bundle's life ends its retention period after its making ({@link BundleNumbers#madeAtMillis}), with the period
 * that was in force then. Bundles may be noted in any order: after a restart new ones are noted before the old ones
 * that are read again.
 */
public final class RetentionTimes {

    /** Stretches of bundles that live equally long, in growing order; they do not meet. */
    private long[] firstBundle = new long[2];

    private long[] lastBundle = new long[2];
    private int[] seconds = new int[2];
    private int size;

    /** Notes that this bundle lives this long. */
    public void note(long bundle, int retentionSeconds) {
        int at = stretch(bundle);
        if (at >= 0 && seconds[at] == retentionSeconds) {
            lastBundle[at] = Math.max(lastBundle[at], bundle);
            return;
        }
        if (at >= 0 && bundle < lastBundle[at]) {
            insert(at + 1, bundle + 1, lastBundle[at], seconds[at]);
        }
        if (at >= 0 && bundle <= lastBundle[at]) {
            lastBundle[at] = bundle - 1;
        }
        insert(at + 1, bundle, bundle, retentionSeconds);
    }

    /** When the life of this bundle's messages ends, in milliseconds since 1970; it must have been noted. */
    public long endsAtMillis(long bundle) {
        return BundleNumbers.madeAtMillis(bundle) + seconds[Math.max(0, stretch(bundle))] * 1000L;
    }

    /**
     * Forgets bundles before the oldest that still has messages, and those whose life is over; without this a short
     * period that was in force once would bring every later end forward for ever.
     */
    public void forget(long beforeBundle, long nowMillis) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            long firstAlive = BundleNumbers.firstAt(nowMillis - seconds[i] * 1000L + 1);
            long first = Math.max(firstBundle[i], Math.max(beforeBundle, firstAlive));
            if (first <= lastBundle[i]) {
                firstBundle[kept] = first;
                lastBundle[kept] = lastBundle[i];
                seconds[kept] = seconds[i];
                kept++;
            }
        }
        size = kept;
    }

    /** No bundle's life ends before this time, in milliseconds since 1970; {@link Long#MAX_VALUE} if none is noted. */
    public long firstEndMillis() {
        long first = Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            first = Math.min(first, BundleNumbers.madeAtMillis(firstBundle[i]) + seconds[i] * 1000L);
        }
        return first;
    }

    /** The last stretch that begins at this bundle or before, or -1. */
    private int stretch(long bundle) {
        int found = Arrays.binarySearch(firstBundle, 0, size, bundle);
        return found >= 0 ? found : -found - 2;
    }

    private void insert(int at, long first, long last, int retentionSeconds) {
        if (size == seconds.length) {
            firstBundle = Arrays.copyOf(firstBundle, size * 2);
            lastBundle = Arrays.copyOf(lastBundle, size * 2);
            seconds = Arrays.copyOf(seconds, size * 2);
        }
        System.arraycopy(firstBundle, at, firstBundle, at + 1, size - at);
        System.arraycopy(lastBundle, at, lastBundle, at + 1, size - at);
        System.arraycopy(seconds, at, seconds, at + 1, size - at);
        firstBundle[at] = first;
        lastBundle[at] = last;
        seconds[at] = retentionSeconds;
        size++;
    }
}
