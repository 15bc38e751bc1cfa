package io.bida.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole session: warms every case up, then runs all cases again and again in turn.
 *
 * <p>The rounds are interleaved so that whatever changes on the machine meanwhile (a compiler that is done, a neighbour
 * that wakes up) meets every case alike and their ratios stay honest.
 */
final class Session {

    /** Messages a consume case begins with if it names no backlog. Own choice: some seconds' work. */
    private static final int BACKLOG_TO_CONSUME = 50_000;

    private final Target target;
    private final LoadRun loadRun;
    private final Preload preload;
    private final PrintWriter progress;
    private final Map<LoadCase, QueueUnderLoad> lastingQueues = new LinkedHashMap<>();
    private final String queuePrefix;
    private int queuesMade;

    /**
     * A session against one server.
     *
     * @param queuePrefix how the names of its queues begin; 1 to 100 letters, digits and hyphens
     */
    Session(Target target, LoadRun loadRun, Preload preload, String queuePrefix, PrintWriter progress) {
        this.target = target;
        this.loadRun = loadRun;
        this.preload = preload;
        this.queuePrefix = queuePrefix;
        this.progress = progress;
    }

    /**
     * Runs the cases.
     *
     * @param warmUpSeconds how long each runs before the first round; 0 for no warm-up
     * @param seconds how long each is measured in each round
     */
    List<RunResult> run(List<LoadCase> cases, double warmUpSeconds, double seconds, int rounds)
            throws IOException, InterruptedException {
        List<RunResult> results = new ArrayList<>();
        try {
            if (warmUpSeconds > 0) {
                for (LoadCase loadCase : cases) {
                    runOnce(loadCase, 0, warmUpSeconds);
                }
            }
            for (int round = 1; round <= rounds; round++) {
                for (LoadCase loadCase : cases) {
                    results.add(runOnce(loadCase, round, seconds));
                }
            }
        } finally {
            for (QueueUnderLoad queue : lastingQueues.values()) {
                queue.delete();
            }
        }
        return results;
    }

    private RunResult runOnce(LoadCase loadCase, int round, double seconds) throws IOException, InterruptedException {
        QueueUnderLoad queue = queueFor(loadCase);
        RunResult result = loadRun.run(loadCase, queue, round, seconds);
        progress.printf(
                "%-8s %-24s %9.0f messages/s %9.0f requests/s %d errors%n",
                round == 0 ? "warm-up" : "round " + round,
                loadCase.label(),
                result.messagesPerSecond(),
                result.requestsPerSecond(),
                result.figures().errorCount());
        progress.flush();
        if (!lasts(loadCase) && loadCase.scenario() != Scenario.CEILING) {
            queue.delete();
        }
        return result;
    }

    /** A life leaves the queue as it found it, so its queue lasts all rounds; the others get a fresh one each time. */
    private static boolean lasts(LoadCase loadCase) {
        return loadCase.scenario() == Scenario.LIFE;
    }

    private QueueUnderLoad queueFor(LoadCase loadCase) throws IOException, InterruptedException {
        QueueUnderLoad lasting = lastingQueues.get(loadCase);
        if (lasting != null) {
            return lasting;
        }
        queuesMade++;
        QueueUnderLoad queue = new QueueUnderLoad(target, queuePrefix + "-" + queuesMade);
        if (loadCase.scenario() == Scenario.CEILING) {
            return queue;
        }
        queue.create();
        if (lasts(loadCase)) {
            lastingQueues.put(loadCase, queue);
        }
        int backlog = loadCase.scenario() == Scenario.CONSUME && loadCase.backlog() == 0
                ? BACKLOG_TO_CONSUME
                : loadCase.backlog();
        if (backlog > 0) {
            preload.fill(queue, backlog);
        }
        return queue;
    }
}
