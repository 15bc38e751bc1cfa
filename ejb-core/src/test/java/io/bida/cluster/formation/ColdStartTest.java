package io.bida.cluster.formation;

import static io.bida.cluster.formation.ClusterOfFiles.LONG;
import static io.bida.cluster.formation.ClusterOfFiles.awaitServing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bida.cluster.formation.CallsThatCrash.Step;
import io.bida.cluster.formation.ClusterOfFiles.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ColdStartTest {

    @TempDir
    Path root;

    private ClusterOfFiles cluster;

    @BeforeEach
    void begin(TestInfo test) {
        cluster = new ClusterOfFiles("cold " + test.getDisplayName(), root, 3, 2);
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void aLoneNodeOfThreeFormsNoClusterAndTwoDo() {
        Run a = cluster.start("a");
        await().atMost(LONG).until(() -> a.formation().progress().contains("1 of 3 nodes are here, 2 are needed"));

        Run b = cluster.start("b");

        awaitServing(List.of(a, b));
        assertThat(a.formation().epoch()).isEqualTo(1);
        assertThat(a.formation().members()).containsExactlyInAnyOrder("a", "b");
        assertThat(a.formation().clusterId())
                .isPresent()
                .isEqualTo(b.formation().clusterId());
    }

    @Test
    void everythingAcknowledgedIsThereAfterAllHaveCrashed() {
        List<Run> before = cluster.startAndServe("a", "b", "c");
        assertThat(before.get(0).send("one")).isTrue();
        assertThat(before.get(1).send("two")).isTrue();
        assertThat(before.get(2).delete("one")).isTrue();
        long epoch = before.get(0).formation().epoch();
        cluster.crashAll();

        List<Run> after = cluster.startAndServe("c", "a", "b");

        assertThat(after).allSatisfy(run -> {
            assertThat(run.messages()).containsExactly("two");
            assertThat(run.formation().epoch()).isGreaterThan(epoch);
            await().atMost(LONG).until(() -> ClusterOfFiles.aside(run.data()).isEmpty());
        });
    }

    @Test
    void theNodeThatWasAwayIsNotBelievedWhenItComesFirst() {
        List<Run> before = cluster.startAndServe("a", "b", "c");
        assertThat(before.get(0).send("deleted later")).isTrue();
        before.get(2).crash();
        awaitServing(before.subList(0, 2));
        assertThat(before.get(0).delete("deleted later")).isTrue();
        assertThat(before.get(0).send("missed")).isTrue();
        cluster.crashAll();

        Run c = cluster.start("c");
        await().atMost(LONG).until(() -> c.formation().progress().contains("waits for a, b"));
        Run a = cluster.start("a");
        await().atMost(LONG).until(() -> c.formation().progress().contains("waits for b"));
        assertThat(c.start()).isNotDone();
        Run b = cluster.start("b");

        awaitServing(List.of(a, b, c));
        assertThat(List.of(a, b, c))
                .allSatisfy(run -> assertThat(run.messages()).containsExactly("missed"));
    }

    @Test
    void twoOfThreeGoOnWithoutTheThirdAndItJoinsEmpty() {
        List<Run> before = cluster.startAndServe("a", "b", "c");
        assertThat(before.get(0).send("one")).isTrue();
        assertThat(before.get(0).send("two")).isTrue();
        cluster.crashAll();

        List<Run> two = cluster.startAndServe("a", "b");
        assertThat(two.get(0).delete("one")).isTrue();
        Run c = cluster.start("c");

        awaitServing(List.of(two.get(0), two.get(1), c));
        assertThat(c.start().join().joined()).isTrue();
        assertThat(c.messages()).containsExactly("two");
        await().atMost(LONG).until(() -> ClusterOfFiles.aside(c.data()).isEmpty());
    }

    @Test
    void aFreshNodeWaitsBesideAClusterThatIsDown() {
        List<Run> before = cluster.startAndServe("a", "b");
        assertThat(before.get(0).send("one")).isTrue();
        cluster.crashAll();

        Run fresh = cluster.start("c");
        await().atMost(LONG).until(() -> fresh.formation().progress().contains("1 of 3"));
        Run a = cluster.start("a");
        await().atMost(LONG).until(() -> fresh.formation().progress().contains("waits for b"));
        Run b = cluster.start("b");

        awaitServing(List.of(a, b, fresh));
        assertThat(fresh.messages()).containsExactly("one");
    }

    @Test
    void whatTheOperatorGivesUpIsNotWaitedFor() {
        List<Run> before = cluster.startAndServe("a", "b");
        assertThat(before.get(0).send("one")).isTrue();
        cluster.crashAll();
        Run waiting = cluster.start("a");
        await().atMost(LONG).until(() -> waiting.formation().progress().contains("waits for b"));
        waiting.crash();

        Run a = cluster.start("a", Set.of("b"));

        awaitServing(List.of(a));
        assertThat(a.messages()).containsExactly("one");
        Run b = cluster.start("b");
        awaitServing(List.of(a, b));
        assertThat(b.start().join().joined()).isTrue();
    }

    @Test
    void nodesOfTwoClustersRefuseToStartTogether() {
        cluster.startAndServe("a", "b");
        cluster.crashAll();
        cluster.startAndServe("c", "d");
        cluster.crashAll();

        List<Run> mixed = cluster.startAll("a", "c");

        // The other may go on waiting for its own cluster.
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(mixed)
                        .anySatisfy(
                                run -> assertThat(ClusterOfFiles.refusal(run)).contains("different clusters")));
        assertThat(mixed).noneMatch(run -> run.start().isDone() && !run.start().isCompletedExceptionally());
    }

    @Test
    void aNodeOfAnotherClusterIsRefusedByOneThatServes() {
        cluster.startAndServe("c", "d");
        cluster.crashAll();
        cluster.startAndServe("a", "b");

        Run c = cluster.start("c");

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(ClusterOfFiles.refusal(c)).contains("belong to cluster"));
        assertThat(ClusterOfFiles.messagesIn(c.data())).contains("messages", "cluster-record");
    }

    @Test
    void aSecondNodeOfTheSameNameIsRefused() {
        List<Run> serving = cluster.startAndServe("a", "b");

        Run twin = cluster.start("a", "other directory", Set.of());

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(ClusterOfFiles.refusal(twin)).contains("named a already"));
        assertThat(serving).allSatisfy(run -> assertThat(run.isServing()).isTrue());
    }

    static Stream<Arguments> steps() {
        List<Arguments> all = new ArrayList<>();
        for (String node : List.of("a", "b")) {
            for (Frames.Kind kind :
                    List.of(Frames.Kind.PREPARE, Frames.Kind.START, Frames.Kind.PROPOSE, Frames.Kind.CONFIRM)) {
                for (boolean after : List.of(false, true)) {
                    all.add(Arguments.of(node, new Step(kind, after)));
                }
            }
        }
        return all.stream();
    }

    /** One node dies at a step of the cold start, then all the others do, then all are started again. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("steps")
    void nothingIsLostWhenAColdStartDiesAtAnyStep(String dying, Step step) {
        List<Run> before = cluster.startAndServe("a", "b", "c");
        assertThat(before.get(0).send("kept")).isTrue();
        assertThat(before.get(1).send("deleted")).isTrue();
        assertThat(before.get(2).delete("deleted")).isTrue();
        cluster.crashAll();

        cluster.letDie(dying, step);
        List<Run> broken = cluster.startAll("a", "b", "c");
        Run dies = broken.stream()
                .filter(run -> run.name().equals(dying))
                .findFirst()
                .orElseThrow();
        await().atMost(LONG).until(() -> dies.calls().isDead());
        cluster.crashAll();
        cluster.letDie(dying, Step.NEVER);
        List<Run> after = cluster.startAndServe("a", "b", "c");

        assertThat(after).allSatisfy(run -> assertThat(run.messages()).containsExactly("kept"));
        assertThat(after.get(0).send("new")).isTrue();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(after)
                        .allSatisfy(run ->
                                assertThat(ClusterOfFiles.aside(run.data())).isEmpty()));
    }

    @Test
    void halfOfTheNodesThatCannotServeBeginAgainTogetherWithTheOtherHalf() {
        try (ClusterOfFiles four = new ClusterOfFiles("half", root.resolve("half"), 4, 3)) {
            List<Run> before = four.startAndServe("a", "b", "c", "d");
            assertThat(before.get(0).send("one")).isTrue();
            four.letHalfServeNobody();
            before.get(2).crash();
            before.get(3).crash();

            List<Run> back = four.startAll("c", "d");
            for (Run stalled : before.subList(0, 2)) {
                assertThat(stalled.formation().mustRestart()).succeedsWithin(LONG);
                assertThat(stalled.send("two")).isFalse();
                stalled.crash();
            }
            List<Run> after = new ArrayList<>(back);
            after.addAll(four.startAll("a", "b"));

            awaitServing(after);
            assertThat(after).allSatisfy(run -> assertThat(run.messages()).containsExactly("one"));
        }
    }
}
