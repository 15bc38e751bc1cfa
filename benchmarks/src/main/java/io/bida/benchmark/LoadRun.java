package io.bida.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Runs cases: starts the workers, lets them get going, counts for a while, stops them, adds up. */
final class LoadRun {

    private final Target target;
    private final int bodyBytes;
    private final double runUpSeconds;
    private final List<Long> serverPids;

    /**
     * Runs against one server, or one cluster.
     *
     * @param bodyBytes size of each message's body in bytes
     * @param runUpSeconds what the workers do before it counts: connections open, the server's threads start
     * @param serverPids the servers' processes, if their costs are to be counted; else none
     */
    LoadRun(Target target, int bodyBytes, double runUpSeconds, List<Long> serverPids) {
        this.target = target;
        this.bodyBytes = bodyBytes;
        this.runUpSeconds = runUpSeconds;
        this.serverPids = List.copyOf(serverPids);
    }

    /** Runs a case for this long over a queue that is there and has its backlog. */
    RunResult run(LoadCase loadCase, QueueUnderLoad queue, int round, double seconds)
            throws IOException, InterruptedException {
        Phase phase = new Phase();
        List<Worker> workers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < loadCase.connections(); i++) {
            MessageDocuments documents = new MessageDocuments(bodyBytes, i);
            Worker worker = new Worker(target, loadCase, queue.messagesPath(), documents, phase, i);
            workers.add(worker);
            threads.add(new Thread(worker, loadCase.label() + "-" + i));
        }
        double loadAverage = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        // What consumers took in a run-up would be gone, so all they do counts.
        boolean withRunUp = loadCase.scenario() != Scenario.CONSUME;
        if (withRunUp) {
            threads.forEach(Thread::start);
            phase.await(runUpSeconds);
        }
        OptionalDouble serverCpuBefore = serverCpuSeconds();
        double clientCpuBefore = clientCpuSeconds();
        long from = System.nanoTime();
        phase.measure();
        if (!withRunUp) {
            threads.forEach(Thread::start);
        }
        phase.await(seconds);
        phase.end();
        double measuredSeconds = (System.nanoTime() - from) / 1e9;
        OptionalDouble serverCpuAfter = serverCpuSeconds();
        double clientCpu = clientCpuSeconds() - clientCpuBefore;
        Figures all = new Figures();
        for (int i = 0; i < workers.size(); i++) {
            threads.get(i).join();
            all.add(workers.get(i).figures());
        }
        return new RunResult(
                loadCase,
                round,
                measuredSeconds,
                all,
                difference(serverCpuBefore, serverCpuAfter),
                serverResidentMiB(),
                clientCpu,
                loadAverage);
    }

    private OptionalDouble serverCpuSeconds() {
        return sum(ProcessCost::cpuSeconds);
    }

    private OptionalDouble serverResidentMiB() {
        return sum(ProcessCost::residentMiB);
    }

    private OptionalDouble sum(ToDoubleFunction<ProcessCost> figure) {
        return serverPids.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(serverPids.stream()
                        .map(ProcessCost::of)
                        .mapToDouble(figure)
                        .sum());
    }

    private static double clientCpuSeconds() {
        return ProcessCost.of(ProcessHandle.current().pid()).cpuSeconds();
    }

    private static OptionalDouble difference(OptionalDouble before, OptionalDouble after) {
        return before.isPresent() && after.isPresent()
                ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
                : OptionalDouble.empty();
    }
}
