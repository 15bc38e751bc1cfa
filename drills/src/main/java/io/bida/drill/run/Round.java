package io.bida.drill.run;

import io.bida.drill.server.ClusterState;
import io.bida.drill.server.Deployment;
import io.bida.drill.time.DrillTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** One round of a drill: what it may do, and when what happened. */
final class Round {

    private static final Duration COPIES_BOUND = Duration.ofSeconds(180);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** After the copies are complete, for calls that were on the way. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final Drill drill;
    private final Deployment deployment;
    private final DrillTime time;
    private final Random random;
    private final Consumer<String> log;
    private final Consumer<String> onJoin;
    private List<String> victims = List.of();
    private long begin;
    private long heal;
    private long complete;
    private Optional<String> failure = Optional.empty();

    Round(
            Drill drill,
            Deployment deployment,
            DrillTime time,
            Random random,
            Consumer<String> log,
            Consumer<String> onJoin) {
        this.drill = drill;
        this.deployment = deployment;
        this.time = time;
        this.random = random;
        this.log = log;
        this.onJoin = onJoin;
        this.begin = time.now();
        this.heal = begin;
    }

    /**
     * When a round's fault began, when its cause was taken away, and when all copies were there again.
     *
     * @param survivors the nodes that nothing was done to
     * @param failure why it is not over; empty if it is
     */
    record Result(List<String> survivors, long begin, long heal, long complete, Optional<String> failure) {}

    Deployment deployment() {
        return deployment;
    }

    /** So many nodes by chance. */
    List<String> choose(int size) {
        List<String> nodes = new ArrayList<>(deployment.nodes());
        Collections.shuffle(nodes, random);
        return List.copyOf(nodes.subList(0, size));
    }

    /** From now on these nodes are not what they should be. */
    void faultOn(List<String> nodes) {
        victims = List.copyOf(nodes);
        begin = time.now();
        log.accept(drill.title() + (nodes.isEmpty() ? "" : " on " + String.join(", ", nodes)));
    }

    /** Lets so many seconds go by. */
    void hold(int leastSeconds, int mostSeconds) {
        int millis = 1_000 * leastSeconds + (int) (random.nextDouble() * 1_000 * (mostSeconds - leastSeconds));
        time.sleep(Duration.ofMillis(millis));
    }

    /** From now on everything may become well. */
    void heals() {
        heal = time.now();
    }

    void joined(String node) {
        log.accept(node + " has joined");
        onJoin.accept(node);
    }

    /** Returns when every node is ready and nothing lacks a copy. */
    void awaitCopies() {
        long end = time.now() + COPIES_BOUND.toNanos();
        Optional<String> reason = incomplete();
        while (reason.isPresent() && time.now() < end) {
            time.sleep(LOOK_AGAIN);
            reason = incomplete();
        }
        if (reason.isPresent()) {
            failure = Optional.of("after " + COPIES_BOUND.toSeconds() + " s " + reason.orElseThrow());
        }
    }

    private Optional<String> incomplete() {
        for (String node : deployment.nodes()) {
            if (!deployment.isReady(node)) {
                return Optional.of(node + " is not ready");
            }
            Optional<ClusterState> state = deployment.state(node);
            boolean alone = deployment.nodes().size() < 3;
            if (state.isPresent() && !(alone || state.orElseThrow().isComplete())) {
                return Optional.of(node + " says " + state.orElseThrow().text());
            }
            if (state.isPresent()
                    && state.orElseThrow().members() != deployment.nodes().size()) {
                return Optional.of(node + " sees " + state.orElseThrow().members() + " nodes");
            }
        }
        return Optional.empty();
    }

    /** Plays it, waits until all is well, and gives what happened when. */
    Result play() {
        drill.play(this);
        awaitCopies();
        complete = time.now();
        time.sleep(SETTLED);
        List<String> survivors =
                deployment.nodes().stream().filter(n -> !victims.contains(n)).toList();
        log.accept(String.format(
                "well again %.1f s after the cause was gone, %.1f s after the fault%s",
                seconds(complete - heal),
                seconds(complete - begin),
                failure.map(f -> "; NOT: " + f).orElse("")));
        return new Result(survivors, begin, heal, complete, failure);
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
