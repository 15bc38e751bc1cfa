package io.bida.benchmark;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What was counted while measuring: by one worker, by all of one run, or by all rounds of a case. */
final class Figures {

    private final Map<Operation, Histogram> latencies = new EnumMap<>(Operation.class);
    private final Map<Operation, Long> messages = new EnumMap<>(Operation.class);
    private final Map<String, Long> errors = new TreeMap<>();
    private long bundlesBegun;
    private long emptyReceives;
    private long reconnects;

    /** Counts a request that did what it should, and how long it took. */
    void succeeded(Operation operation, int messageCount, long nanos) {
        histogram(operation).recordValue(Math.min(nanos, Latencies.HIGHEST_NANOS));
        messages.merge(operation, (long) messageCount, Long::sum);
    }

    /** Counts a request that failed, under a short text such as {@code 503 ServiceUnavailable}. */
    void failed(Operation operation, String error) {
        errors.merge(operation.label() + ": " + error, 1L, Long::sum);
    }

    /** Counts bundles whose first message one of ours was; see {@link BundleCount}. */
    void bundlesBegun(int count) {
        bundlesBegun += count;
    }

    /** Counts a receive that found nothing. */
    void foundNothing() {
        emptyReceives++;
    }

    /** Counts connections that had to be opened again. */
    void reconnected(long times) {
        reconnects += times;
    }

    /** Adds what somebody else counted. */
    void add(Figures other) {
        other.latencies.forEach((operation, theirs) -> histogram(operation).add(theirs));
        other.messages.forEach((operation, count) -> messages.merge(operation, count, Long::sum));
        other.errors.forEach((error, count) -> errors.merge(error, count, Long::sum));
        bundlesBegun += other.bundlesBegun;
        emptyReceives += other.emptyReceives;
        reconnects += other.reconnects;
    }

    /** Requests that succeeded. */
    long requests() {
        return latencies.values().stream().mapToLong(Histogram::getTotalCount).sum();
    }

    /** Messages that this kind of request carried. */
    long messages(Operation operation) {
        return messages.getOrDefault(operation, 0L);
    }

    /** The messages that count for a scenario: sent ones when producing, ceiling posts, otherwise the deleted ones. */
    long messages(Scenario scenario) {
        return switch (scenario) {
            case CEILING -> messages(Operation.CEILING);
            case PRODUCE -> messages(Operation.SEND);
            case CONSUME, MIXED, LIFE -> messages(Operation.DELETE);
        };
    }

    /** How many messages Bida stored by one write on average; NaN if nothing was sent. */
    double messagesPerWrite() {
        return bundlesBegun == 0 ? Double.NaN : (double) messages(Operation.SEND) / bundlesBegun;
    }

    /** Latencies in nanoseconds by operation. */
    Map<Operation, Histogram> latencies() {
        return latencies;
    }

    /** How often each error came, by operation and error. */
    Map<String, Long> errors() {
        return errors;
    }

    /** Requests that failed. */
    long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Receives that found nothing. */
    long emptyReceives() {
        return emptyReceives;
    }

    /** Connections that had to be opened again. */
    long reconnects() {
        return reconnects;
    }

    private Histogram histogram(Operation operation) {
        return latencies.computeIfAbsent(operation, any -> Latencies.histogram());
    }
}
