package io.bida.benchmark.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a whole is shared among names: samples among methods, bytes among classes. */
final class Shares {

    /**
     * One name's part.
     *
     * @param name what it is
     * @param weight how much of the whole
     * @param percent the same as a part of 100
     */
    record Share(String name, long weight, double percent) {}

    private final Map<String, Long> weights = new HashMap<>();
    private long total;

    /** Adds to a name's part, and to the whole. */
    void add(String name, long weight) {
        weights.merge(name, weight, Long::sum);
        total += weight;
    }

    /** The whole. */
    long total() {
        return total;
    }

    /** The largest parts, largest first, at most this many. */
    List<Share> largest(int count) {
        return weights.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(count)
                .map(entry -> new Share(entry.getKey(), entry.getValue(), 100.0 * entry.getValue() / total))
                .toList();
    }
}
