package io.bida.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * All rounds of one case put together, as it is written to the JSON file.
 *
 * @param name the case in the form {@code scenario:connections:batch:backlog}
 * @param scenario what each connection did
 * @param connections how many there were
 * @param batch messages per request
 * @param backlog messages waiting when it began
 * @param messagesPerSecond the median of the rounds
 * @param messagesPerSecondByRound each round's
 * @param requestsPerSecond the median of the rounds
 * @param latencyMicros percentiles over all rounds, by operation
 * @param messagesPerWrite how many messages Bida stored by one write of its cache, if any were sent
 * @param errors how often each came, by operation and error
 * @param emptyReceives receives that found nothing
 * @param reconnects connections that had to be opened again
 * @param serverCpuSecondsPerThousandMessages processor time of the server, if its process was known
 * @param serverCores how many cores it kept busy on average, if its process was known
 * @param serverResidentMiB memory in RAM after the last round, if its process was known
 * @param clientCores how many cores the driver itself kept busy on average
 * @param loadAverages of the machine before each round
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CaseSummary(
        String name,
        String scenario,
        int connections,
        int batch,
        int backlog,
        double messagesPerSecond,
        List<Double> messagesPerSecondByRound,
        double requestsPerSecond,
        Map<String, Latencies> latencyMicros,
        @Nullable Double messagesPerWrite,
        Map<String, Long> errors,
        long emptyReceives,
        long reconnects,
        @Nullable Double serverCpuSecondsPerThousandMessages,
        @Nullable Double serverCores,
        @Nullable Double serverResidentMiB,
        double clientCores,
        List<Double> loadAverages) {

    private static final double THOUSAND = 1000.0;

    /** Puts the rounds of one case together. */
    static CaseSummary of(List<RunResult> rounds) {
        LoadCase loadCase = rounds.get(0).loadCase();
        Figures all = new Figures();
        rounds.forEach(round -> all.add(round.figures()));
        Map<String, Latencies> latencies = new LinkedHashMap<>();
        all.latencies().forEach((operation, nanos) -> latencies.put(operation.label(), Latencies.of(nanos)));
        double seconds = rounds.stream().mapToDouble(RunResult::seconds).sum();
        long messages = all.messages(loadCase.scenario());
        Double serverCpu = rounds.get(0).serverCpuSeconds().isEmpty()
                ? null
                : Double.valueOf(rounds.stream()
                        .map(RunResult::serverCpuSeconds)
                        .mapToDouble(OptionalDouble::orElseThrow)
                        .sum());
        OptionalDouble resident = rounds.get(rounds.size() - 1).serverResidentMiB();
        return new CaseSummary(
                loadCase.label(),
                loadCase.scenario().label(),
                loadCase.connections(),
                loadCase.batch(),
                loadCase.backlog(),
                Median.of(rounds.stream().map(RunResult::messagesPerSecond).toList()),
                rounds.stream().map(RunResult::messagesPerSecond).toList(),
                Median.of(rounds.stream().map(RunResult::requestsPerSecond).toList()),
                latencies,
                Double.isNaN(all.messagesPerWrite()) ? null : Double.valueOf(all.messagesPerWrite()),
                all.errors(),
                all.emptyReceives(),
                all.reconnects(),
                serverCpu == null || messages == 0 ? null : Double.valueOf(serverCpu / messages * THOUSAND),
                serverCpu == null ? null : Double.valueOf(serverCpu / seconds),
                resident.isPresent() ? Double.valueOf(resident.getAsDouble()) : null,
                rounds.stream().mapToDouble(RunResult::clientCpuSeconds).sum() / seconds,
                rounds.stream().map(RunResult::loadAverage).toList());
    }
}
