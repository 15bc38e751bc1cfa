package io.bida.benchmark;

import org.HdrHistogram.Histogram;

/**
 * The percentiles of one kind of request, in microseconds.
 *
 * @param requests how many were counted
 * @param mean the mean
 * @param p50 half took no longer
 * @param p99 all but one in a hundred took no longer
 * @param p999 all but one in a thousand took no longer
 * @param max the longest one
 */
record Latencies(long requests, double mean, double p50, double p99, double p999, double max) {

    /** The longest latency told apart, in nanoseconds: one minute. Longer ones count as this. */
    static final long HIGHEST_NANOS = 60_000_000_000L;

    /** The shortest one told apart, in nanoseconds. */
    private static final long LOWEST_NANOS = 1_000L;

    /** Kept to this many significant digits: an error below 1 in 1000. */
    private static final int DIGITS = 3;

    private static final double NANOS_PER_MICRO = 1_000.0;

    /** An empty histogram of nanoseconds in the range that is told apart. */
    static Histogram histogram() {
        return new Histogram(LOWEST_NANOS, HIGHEST_NANOS, DIGITS);
    }

    /** The percentiles of a histogram of nanoseconds. */
    static Latencies of(Histogram nanos) {
        return new Latencies(
                nanos.getTotalCount(),
                nanos.getMean() / NANOS_PER_MICRO,
                nanos.getValueAtPercentile(50) / NANOS_PER_MICRO,
                nanos.getValueAtPercentile(99) / NANOS_PER_MICRO,
                nanos.getValueAtPercentile(99.9) / NANOS_PER_MICRO,
                nanos.getMaxValue() / NANOS_PER_MICRO);
    }
}
