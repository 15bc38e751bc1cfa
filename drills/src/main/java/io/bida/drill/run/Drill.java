package io.bida.drill.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is done to the nodes, once a round. */
public enum Drill {
    QUIET("nothing happens", 1, round -> {
        round.faultOn(List.of());
        round.hold(5, 10);
        round.heals();
    }),
    KILL_ONE("one node is killed, and started again after a while", 1, round -> {
        List<String> victim = round.choose(1);
        round.faultOn(victim);
        round.deployment().kill(victim);
        round.hold(4, 10);
        round.heals();
        round.deployment().start(victim);
    }),
    KILL_ALL("all nodes are killed in one moment and started again", 1, round -> {
        List<String> all = round.deployment().nodes();
        round.faultOn(all);
        round.deployment().kill(all);
        round.heals();
        round.deployment().start(all);
    }),
    KILL_TWO("a node is killed and started, and as soon as its copies are complete another one", 3, round -> {
        List<String> victims = round.choose(2);
        round.faultOn(victims);
        round.deployment().kill(victims.subList(0, 1));
        round.hold(2, 6);
        round.deployment().start(victims.subList(0, 1));
        round.awaitCopies();
        round.deployment().kill(victims.subList(1, 2));
        round.hold(2, 6);
        round.heals();
        round.deployment().start(victims.subList(1, 2));
    }),
    KILL_TWO_OF_FOUR("two nodes of four are killed in one moment", 4, round -> {
        List<String> victims = round.choose(2);
        List<String> nodes = round.deployment().nodes();
        // Of half of the nodes nobody is expected to serve.
        round.faultOn(2 * victims.size() < nodes.size() ? victims : nodes);
        round.deployment().kill(victims);
        round.hold(4, 10);
        round.heals();
        round.deployment().start(victims);
    }),
    PAUSE_5("a node stands still for 5 s", 1, round -> pause(round, 5)),
    PAUSE_30("a node stands still for 30 s", 1, round -> pause(round, 30)),
    PAUSE_90("a node stands still for 90 s", 1, round -> pause(round, 90)),
    ROLLING_RESTART("each node is stopped as an operator does and started again", 1, round -> {
        round.faultOn(List.of());
        for (String node : round.deployment().nodes()) {
            round.deployment().stop(node);
            round.deployment().start(List.of(node));
            round.awaitCopies();
        }
        round.heals();
    }),
    ADD_NODES("two more nodes join, one after the other", 3, round -> {
        round.faultOn(List.of());
        for (int i = 0; i < 2; i++) {
            round.joined(round.deployment().add());
            round.awaitCopies();
        }
        round.heals();
    }),
    CUT_ONE("one node is cut off from the others", 3, round -> cut(round, 1)),
    SPLIT_IN_HALVES("half of four nodes is cut off from the other half", 4, round -> cut(round, 2)),
    CUT_AND_KILL("a minority is cut off, then one of the others dies, then the network is mended", 3, round -> {
        List<String> nodes = round.choose(round.deployment().nodes().size());
        int minority = (nodes.size() - 1) / 2;
        List<String> victim = nodes.subList(minority, minority + 1);
        int majority = nodes.size() - minority;
        // Where no majority of the majority is left, nobody is expected to serve.
        boolean somebodyServes = 2 * (majority - 1) > majority;
        round.faultOn(somebodyServes ? nodes.subList(0, minority + 1) : nodes);
        round.deployment().cut(Set.copyOf(nodes.subList(0, minority)));
        round.hold(15, 20);
        round.deployment().kill(victim);
        round.hold(1, 3);
        round.deployment().mend();
        round.hold(15, 20);
        round.heals();
        round.deployment().start(victim);
    }),
    DISK_FULL("a node's disk fills up, and has room again", 1, round -> {
        List<String> victim = round.choose(1);
        round.deployment().giveSmallDisk(victim.get(0));
        round.awaitCopies();
        round.faultOn(victim);
        round.deployment().fillDisk(victim.get(0));
        round.hold(15, 25);
        round.heals();
        round.deployment().emptyDisk(victim.get(0));
    }),
    CLOCK("a node's clock jumps two minutes ahead, then two minutes back", 1, round -> {
        List<String> victim = round.choose(1);
        round.deployment().giveOwnClock(victim.get(0));
        round.awaitCopies();
        round.faultOn(victim);
        round.deployment().moveClock(victim.get(0), Duration.ofMinutes(2));
        round.hold(10, 15);
        round.deployment().moveClock(victim.get(0), Duration.ofMinutes(-2));
        round.hold(10, 15);
        round.deployment().moveClock(victim.get(0), Duration.ZERO);
        round.heals();
        round.hold(120, 121); // until what the fast clock has hidden is due
    }),
    DATABASE_DOWN("the catalogue's PostgreSQL is down for a minute", 1, round -> {
        round.faultOn(List.of());
        round.deployment().stopDatabase();
        round.hold(60, 61);
        round.heals();
        round.deployment().startDatabase();
    }),
    BOTH_SIDES_SERVE(
            "a control that must be RED: one node is cut off, both sides acknowledge, and merge by policy NONE",
            3,
            round -> cut(round, 1)),
    FORGET_ALL("a control that must be RED: all nodes are killed and what they stored is removed", 1, round -> {
        List<String> all = round.deployment().nodes();
        round.faultOn(all);
        round.deployment().kill(all);
        all.forEach(round.deployment()::forget);
        round.heals();
        round.deployment().start(all);
    });

    private final String what;
    private final int nodes;

    @SuppressWarnings("ImmutableEnumChecker") // the scripts capture nothing
    private final Script script;

    Drill(String what, int nodes, Script script) {
        this.what = what;
        this.nodes = nodes;
        this.script = script;
    }

    /** What is done in one round, up to the point where the nodes can become well by themselves. */
    @FunctionalInterface
    interface Script {
        void play(Round round);
    }

    /** As it is called on the command line. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String what() {
        return what;
    }

    /** How many nodes it takes at least. */
    public int leastNodes() {
        return nodes;
    }

    /** How many rounds one set of nodes can stand, or are enough. */
    int mostRounds() {
        return this == ADD_NODES || isControl() ? 1 : Integer.MAX_VALUE;
    }

    /** How far from the right time it moves a clock at most. */
    Duration clockOff() {
        return this == CLOCK ? Duration.ofMinutes(2) : Duration.ZERO;
    }

    /** Whether a client that tries one other node may notice it: not what an operator does every day. */
    boolean mayBeNoticed() {
        return this != QUIET && this != ROLLING_RESTART && this != ADD_NODES;
    }

    /** Whether it breaks promises on purpose: that must be noticed. */
    public boolean isControl() {
        return this == FORGET_ALL || this == BOTH_SIDES_SERVE;
    }

    void play(Round round) {
        script.play(round);
    }

    /** The drill of that title. */
    public static Drill of(String title) {
        return Arrays.stream(values())
                .filter(d -> d.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no drill " + title));
    }

    private static void pause(Round round, int seconds) {
        List<String> victim = round.choose(1);
        round.faultOn(victim);
        round.deployment().pause(victim.get(0));
        round.hold(seconds, seconds);
        round.heals();
        round.deployment().resume(victim.get(0));
    }

    private static void cut(Round round, int size) {
        List<String> side = new ArrayList<>(round.choose(size));
        boolean half = size * 2 == round.deployment().nodes().size();
        // Of two halves neither has a majority; nobody is expected to serve.
        round.faultOn(half ? round.deployment().nodes() : Collections.unmodifiableList(side));
        round.deployment().cut(Set.copyOf(side));
        round.hold(20, 30);
        round.heals();
        round.deployment().mend();
    }
}
