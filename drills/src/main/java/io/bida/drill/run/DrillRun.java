package io.bida.drill.run;

import io.bida.drill.history.History;
import io.bida.drill.history.History.Role;
import io.bida.drill.history.History.Window;
import io.bida.drill.history.HistoryChecker;
import io.bida.drill.history.Outcome;
import io.bida.drill.history.Recorder;
import io.bida.drill.history.Verdict;
import io.bida.drill.load.Load;
import io.bida.drill.load.Workload;
import io.bida.drill.server.Deployment;
import io.bida.drill.time.DrillTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * One drill on running nodes: load, rounds of faults with quiet times between, counts, drain, counts, order, verdict.
 *
 * <p>Leaves the nodes running and its queues empty, so that the next drill can follow.
 */
public final class DrillRun {

    /** Fewer acknowledged sends a round than this prove nothing. */
    private static final long LEAST_SENDS = 100;

    private final Deployment deployment;
    private final Workload workload;
    private final DrillTime time;
    private final Consumer<String> log;

    public DrillRun(Deployment deployment, Workload workload, DrillTime time, Consumer<String> log) {
        this.deployment = deployment;
        this.workload = workload;
        this.time = time;
        this.log = log;
    }

    /** Plays these drills one after another under one load, so many rounds of each, and judges them together. */
    public DrillReport play(List<Drill> drills, int rounds, long seed) {
        Random random = new Random(seed);
        Recorder recorder = new Recorder();
        String prefix = "drill-" + Long.toHexString(random.nextLong() & 0xffff_ffffL);
        Load load = new Load(deployment, workload, recorder, time, new Random(random.nextLong()), prefix);
        List<Round.Result> results = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        load.start();
        try {
            drills.forEach(d -> playRounds(d, Math.min(rounds, d.mostRounds()), random, recorder, load, results));
            time.sleep(Duration.ofSeconds(3));
        } catch (AssertionError e) {
            // What became of the messages is still worth knowing.
            log.accept("broken off: " + e.getMessage());
            failures.add("broken off: " + e.getMessage());
        } finally {
            load.stop();
        }
        results.forEach(r -> r.failure().ifPresent(failures::add));
        History history = settle(load, recorder);
        if (drills.stream().noneMatch(Drill::mayBeNoticed)) {
            long noticed = history.sends().stream()
                    .filter(s -> s.role() == Role.RETRY && s.outcome() != Outcome.OK)
                    .count();
            if (noticed > 0) {
                failures.add(noticed + " sends were refused by two nodes, one after the other");
            }
        }
        Verdict verdict = HistoryChecker.check(history);
        if (verdict.offByClock() > 0) {
            log.accept(verdict.offByClock() + " delays or handles were off by no more than the clock that was moved");
        }
        DrillReport report = new DrillReport(drills.get(drills.size() - 1), seed, history, verdict, results, failures);
        if (report.acknowledged() < LEAST_SENDS * results.size()) {
            failures.add("too few sends were acknowledged to mean anything: " + report.acknowledged());
        }
        return new DrillReport(report.drill(), seed, history, verdict, results, failures);
    }

    public DrillReport play(Drill drill, int rounds, long seed) {
        return play(List.of(drill), rounds, seed);
    }

    private void playRounds(
            Drill drill, int rounds, Random random, Recorder recorder, Load load, List<Round.Result> results) {
        for (int i = 1; i <= rounds; i++) {
            time.sleep(Duration.ofMillis(2_000 + random.nextInt(4_000)));
            log.accept("round " + i + " of " + rounds);
            results.add(play(drill, random, recorder, load));
        }
    }

    private Round.Result play(Drill drill, Random random, Recorder recorder, Load load) {
        long begin = time.now();
        Round round = new Round(drill, deployment, time, random, log, load::startPinned);
        // What breaks off is never well again.
        long end = Long.MAX_VALUE;
        try {
            Round.Result result = round.play();
            end = time.now();
            return result;
        } finally {
            if (drill != Drill.QUIET) {
                recorder.add(new Window(drill.title(), begin, end, drill.clockOff()));
            }
        }
    }

    private History settle(Load load, Recorder recorder) {
        load.count(false);
        long drainBegin = time.now();
        log.accept("draining");
        load.drain();
        load.count(true);
        load.probeOrder();
        return recorder.toHistory(workload.visibilityTimeout(), drainBegin);
    }
}
