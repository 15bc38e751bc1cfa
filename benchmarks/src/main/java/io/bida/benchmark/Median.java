package io.bida.benchmark;

import java.util.List;

/** The middle of a few numbers. */
final class Median {

    private Median() {}

    /** The middle one, or halfway between the middle two; NaN of none. */
    static double of(List<Double> numbers) {
        List<Double> sorted = numbers.stream().sorted().toList();
        int size = sorted.size();
        if (size == 0) {
            return Double.NaN;
        }
        return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }
}
