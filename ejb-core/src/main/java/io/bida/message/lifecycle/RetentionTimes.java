package io.bida.message.lifecycle;

import java.util.Arrays;

/**
 * How long the bundles of a partition live: one entry for each change of the queue's retention period, none per
 * message.
 *
 * <p>A bundle's life ends its retention period after its making ({@link BundleNumbers#madeAtMillis}), with the period
 * that was in force then.
 */
public final class RetentionTimes {

    private long[] fromBundle = new long[2];
    private int[] seconds = new int[2];
    private int size;

    /** Notes that this bundle and later ones live this long; bundles come in growing order. */
    public void note(long bundle, int retentionSeconds) {
        if (size > 0 && seconds[size - 1] == retentionSeconds) {
            return;
        }
        int at = size;
        while (at > 0 && fromBundle[at - 1] >= bundle) {
            at--;
        }
        if (size == fromBundle.length) {
            fromBundle = Arrays.copyOf(fromBundle, size * 2);
            seconds = Arrays.copyOf(seconds, size * 2);
        }
        System.arraycopy(fromBundle, at, fromBundle, at + 1, size - at);
        System.arraycopy(seconds, at, seconds, at + 1, size - at);
        fromBundle[at] = bundle;
        seconds[at] = retentionSeconds;
        size++;
    }

    /** When the life of this bundle's messages ends, in milliseconds since 1970. */
    public long endsAtMillis(long bundle) {
        int found = Arrays.binarySearch(fromBundle, 0, size, bundle);
        int at = Math.max(0, found >= 0 ? found : -found - 2);
        return BundleNumbers.madeAtMillis(bundle) + seconds[at] * 1000L;
    }

    /** The shortest period noted, in seconds; {@link Integer#MAX_VALUE} before the first note. */
    public int shortestSeconds() {
        return Arrays.stream(seconds, 0, size).min().orElse(Integer.MAX_VALUE);
    }
}
