package io.bida.benchmark;

import java.util.OptionalDouble;

/**
 * One round of one case.
 *
 * @param loadCase what ran
 * @param round its number, from 1
 * @param seconds how long it was measured
 * @param figures what was counted
 * @param serverCpuSeconds processor time of the server while measuring, if its process is known
 * @param serverResidentMiB memory the server had in RAM at the end, if its process is known
 * @param clientCpuSeconds processor time of this driver while measuring
 * @param loadAverage runnable processes of the machine over the last minute, before the round; high means disturbed
 */
record RunResult(
        LoadCase loadCase,
        int round,
        double seconds,
        Figures figures,
        OptionalDouble serverCpuSeconds,
        OptionalDouble serverResidentMiB,
        double clientCpuSeconds,
        double loadAverage) {

    /** Messages that count for the scenario, a second. */
    double messagesPerSecond() {
        return figures.messages(loadCase.scenario()) / seconds;
    }

    /** Requests that succeeded, a second. */
    double requestsPerSecond() {
        return figures.requests() / seconds;
    }
}
