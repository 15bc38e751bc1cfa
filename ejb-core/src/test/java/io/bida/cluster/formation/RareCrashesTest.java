package io.bida.cluster.formation;

import static io.bida.cluster.formation.ClusterOfFiles.LONG;
import static io.bida.cluster.formation.ClusterOfFiles.awaitServing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bida.cluster.formation.CallsThatCrash.Step;
import io.bida.cluster.formation.ClusterOfFiles.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several crashes, one after the other, at moments that a cluster seldom has; nothing is lost by them either. */
class RareCrashesTest {

    @TempDir
    Path root;

    private void store(String node, String message) throws IOException {
        Files.createDirectories(root.resolve(node).resolve("messages"));
        Files.createFile(root.resolve(node).resolve("messages").resolve(message));
    }

    private static void awaitNothingAside(List<Run> runs) {
        await().atMost(LONG)
                .until(() -> runs.stream()
                        .allMatch(run -> ClusterOfFiles.aside(run.data()).isEmpty()));
    }

    @Test
    void aNodeThatDiesAgainAndAgainWhileItJoinsCanJoinInTheEnd() {
        try (ClusterOfFiles cluster = new ClusterOfFiles("joiner", root, 3, 2)) {
            List<Run> three = cluster.startAndServe("a", "b", "c");
            assertThat(three.get(0).send("kept")).isTrue();
            cluster.letDie("d", new Step(Frames.Kind.PROPOSE, false));
            for (int i = 0; i < 2; i++) {
                Run dies = cluster.start("d");
                await().atMost(LONG)
                        .until(() -> dies.calls().isDead() && !cluster.alive().contains(dies));
                awaitServing(three);
            }

            cluster.letDie("d", Step.NEVER);
            Run joined = cluster.start("d");

            awaitServing(List.of(joined));
            assertThat(joined.messages()).containsExactly("kept");
        }
    }

    @Test
    void aNodeThatLeavesWhileAllStartIsWaitedForIfItMayHoldALastCopy() throws Exception {
        try (ClusterOfFiles cluster = new ClusterOfFiles("leaver", root, 5, 2)) {
            cluster.startAndServe("a", "b", "c", "d", "e");
            cluster.crashAll();
            store("c", "acknowledged"); // on as many as it takes at least
            store("d", "acknowledged");
            Run c = cluster.start("c").thatHangsInReplay();
            List<Run> others = cluster.startAll("a", "b", "e");
            await().atMost(LONG)
                    .until(() -> c.start().isDone()
                            && others.stream().allMatch(run -> run.start().isDone()));

            c.crash();
            await().atMost(LONG)
                    .until(() -> others.stream()
                            .anyMatch(run -> run.formation().progress().contains("waits for c, d")));
            assertThat(others).noneMatch(Run::isServing);
            List<Run> all = new ArrayList<>(others);
            all.add(cluster.start("c"));

            awaitServing(all);
            awaitNothingAside(all);
            assertThat(all).allSatisfy(run -> assertThat(run.messages()).containsExactly("acknowledged"));
        }
    }

    @Test
    void theStoreOfANodeThatIsNotBelievedYetIsFoundWhenItIs() throws Exception {
        try (ClusterOfFiles cluster = new ClusterOfFiles("unbelieved", root, 5, 3)) {
            List<Run> five = cluster.startAndServe("a", "b", "c", "d", "e");
            List<Run> four = five.subList(0, 4);
            five.get(4).crash();
            await().atMost(LONG).until(() -> !four.get(0).formation().members().contains("e"));
            awaitServing(four);
            Epoch withoutE =
                    new RecordFile(root.resolve("b")).read().orElseThrow().confirmed();
            Epoch before =
                    new RecordFile(root.resolve("e")).read().orElseThrow().confirmed();
            cluster.start("e");
            await().atMost(LONG).until(() -> four.get(0).formation().members().contains("e"));
            cluster.crashAll();
            ClusterRecord ofA = new RecordFile(root.resolve("a")).read().orElseThrow();
            for (String node : List.of("b", "c", "d", "e")) { // as if nobody but a had learnt that it is confirmed
                new RecordFile(root.resolve(node))
                        .write(new ClusterRecord(
                                ofA.clusterId(), 0, node.equals("e") ? before : withoutE, List.of(ofA.confirmed())));
            }
            for (String node : List.of("b", "c", "e")) {
                store(node, "acknowledged"); // by a
            }
            List<Run> withoutA = List.of(
                    cluster.start("b").thatHangsInReplay(),
                    cluster.start("c").thatHangsInReplay(),
                    cluster.start("d").thatHangsInReplay(),
                    cluster.start("e").thatHangsInReplay());
            await().atMost(LONG)
                    .until(() -> withoutA.stream().allMatch(run -> run.start().isDone()));
            cluster.crashAll();

            List<Run> all = cluster.startAndServe("a", "d", "e");
            all.addAll(cluster.startAll("b", "c"));

            awaitServing(all);
            awaitNothingAside(all);
            assertThat(all).allSatisfy(run -> assertThat(run.messages()).containsExactly("acknowledged"));
        }
    }
}
