package io.bida.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One case's rate divided by another's, round by round.
 *
 * @param name what is compared with what
 * @param value the median of the rounds
 * @param byRound each round's
 * @param byServerCpu the same ratio if the server's processor time were all that counts: what a message of the divisor
 *     costs, divided by what one of the dividend costs. Hardly changes when somebody else uses the machine. Absent if
 *     the server's process was not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Ratio(
        String name,
        double value,
        List<Double> byRound,
        @Nullable Double byServerCpu) {

    /** Every ratio that these results allow, in the order of the cases. */
    static List<Ratio> all(List<RunResult> results) {
        return results.stream()
                .map(RunResult::loadCase)
                .distinct()
                .flatMap(each -> of(each, results).stream())
                .toList();
    }

    private static Optional<Ratio> of(LoadCase each, List<RunResult> results) {
        LoadCase send = new LoadCase(Scenario.PRODUCE, each.connections(), 1, 0);
        LoadCase ceiling = new LoadCase(Scenario.CEILING, each.connections(), 1, 0);
        boolean single = each.batch() == 1;
        if (each.backlog() > 0) {
            LoadCase empty = new LoadCase(each.scenario(), each.connections(), each.batch(), 0);
            return divided("rate with a backlog / without", each, empty, results);
        }
        return switch (each.scenario()) {
            case PRODUCE ->
                single
                        ? divided("send / ceiling", each, ceiling, results)
                        : divided("batch of " + each.batch() + " / single send", each, send, results);
            case LIFE -> single ? divided("cost of a life / cost of a send", send, each, results) : Optional.empty();
            case CEILING, CONSUME, MIXED -> Optional.empty();
        };
    }

    private static Optional<Ratio> divided(String name, LoadCase above, LoadCase below, List<RunResult> results) {
        List<Double> dividends = rates(above, results);
        List<Double> divisors = rates(below, results);
        if (dividends.isEmpty() || divisors.isEmpty()) {
            return Optional.empty();
        }
        List<Double> byRound = new ArrayList<>();
        for (int i = 0; i < Math.min(dividends.size(), divisors.size()); i++) {
            byRound.add(dividends.get(i) / divisors.get(i));
        }
        String cases = name + " (" + above.label() + " / " + below.label() + ")";
        double cpu = cpuPerMessage(below, results) / cpuPerMessage(above, results);
        return Optional.of(
                new Ratio(cases, Median.of(byRound), byRound, Double.isFinite(cpu) ? Double.valueOf(cpu) : null));
    }

    /** NaN or infinite if it is not known. */
    private static double cpuPerMessage(LoadCase wanted, List<RunResult> results) {
        List<RunResult> rounds = results.stream()
                .filter(result -> result.loadCase().equals(wanted))
                .toList();
        double cpuSeconds = rounds.stream()
                .mapToDouble(result -> result.serverCpuSeconds().orElse(Double.NaN))
                .sum();
        return cpuSeconds
                / rounds.stream()
                        .mapToLong(result -> result.figures().messages(wanted.scenario()))
                        .sum();
    }

    private static List<Double> rates(LoadCase wanted, List<RunResult> results) {
        return results.stream()
                .filter(result -> result.loadCase().equals(wanted))
                .map(RunResult::messagesPerSecond)
                .toList();
    }
}
