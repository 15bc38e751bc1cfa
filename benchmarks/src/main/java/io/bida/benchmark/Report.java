package io.bida.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session showed, as a table for people and as JSON for tools.
 *
 * @param label what the session was about, such as the durability of the server
 * @param startedAt when it began, ISO 8601
 * @param machine processors, memory and Java of the machine
 * @param bodyBytes size of each message's body
 * @param secondsPerRound how long each case was measured in each round
 * @param rounds how many rounds
 * @param cases each case over all rounds
 * @param ratios the rates divided by each other
 */
record Report(
        String label,
        String startedAt,
        Map<String, String> machine,
        int bodyBytes,
        double secondsPerRound,
        int rounds,
        List<CaseSummary> cases,
        List<Ratio> ratios) {

    private static final double MICROS_PER_MILLI = 1000.0;

    /** The summaries of these results, in the order in which the cases first ran. */
    static List<CaseSummary> summaries(List<RunResult> results) {
        return results.stream()
                .map(RunResult::loadCase)
                .distinct()
                .map(loadCase -> results.stream()
                        .filter(result -> result.loadCase().equals(loadCase))
                        .toList())
                .map(CaseSummary::of)
                .toList();
    }

    /** True if any request failed. */
    boolean hasErrors() {
        return cases.stream().anyMatch(summary -> !summary.errors().isEmpty());
    }

    /** Writes everything to this file. */
    void writeJson(Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
    }

    /** Prints the table, the ratios and the errors; latencies in milliseconds. */
    void print(PrintWriter out) {
        out.printf(
                "%n%s: body %d bytes, %d rounds of %.1f s, %s%n", label, bodyBytes, rounds, secondsPerRound, machine);
        out.printf(
                "%-24s %-8s %10s %10s %9s %9s %9s %9s %6s %8s %7s %6s %7s %6s%n",
                "case",
                "request",
                "messages/s",
                "requests/s",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms",
                "msg/wr",
                "cpu s/1k",
                "srv MiB",
                "cli",
                "errors",
                "empty");
        cases.forEach(summary -> printRows(out, summary));
        out.println();
        out.println("  rate by cpu  ratio");
        ratios.forEach(ratio ->
                out.printf("%6.3f %6s  %s%n", ratio.value(), orDash("%.3f", ratio.byServerCpu()), ratio.name()));
        cases.forEach(summary -> summary.errors()
                .forEach((error, count) -> out.printf("%8d errors in %s: %s%n", count, summary.name(), error)));
        out.flush();
    }

    private static void printRows(PrintWriter out, CaseSummary summary) {
        long errors =
                summary.errors().values().stream().mapToLong(Long::longValue).sum();
        summary.latencyMicros()
                .forEach((operation, latencies) -> out.printf(
                        "%-24s %-8s %10.0f %10.0f %9.2f %9.2f %9.2f %9.2f %6s %8s %7s %6.2f %7d %6d%n",
                        summary.name(),
                        operation,
                        summary.messagesPerSecond(),
                        summary.requestsPerSecond(),
                        latencies.p50() / MICROS_PER_MILLI,
                        latencies.p99() / MICROS_PER_MILLI,
                        latencies.p999() / MICROS_PER_MILLI,
                        latencies.max() / MICROS_PER_MILLI,
                        orDash("%.1f", summary.messagesPerWrite()),
                        orDash("%.3f", summary.serverCpuSecondsPerThousandMessages()),
                        orDash("%.0f", summary.serverResidentMiB()),
                        summary.clientCores(),
                        errors,
                        summary.emptyReceives()));
    }

    private static String orDash(String format, @Nullable Double figure) {
        return figure == null ? "-" : String.format(Locale.ROOT, format, figure);
    }
}
