package io.bida.cluster.formation;

import static io.bida.cluster.formation.ClusterOfFiles.LONG;
import static io.bida.cluster.formation.ClusterOfFiles.awaitServing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bida.cluster.ClusterNode;
import io.bida.cluster.formation.CallsThatCrash.Step;
import io.bida.cluster.formation.ClusterOfFiles.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochsTest {

    @TempDir
    Path root;

    private ClusterOfFiles cluster = new ClusterOfFiles("unused", Path.of("unused"), 1, 1);

    private List<Run> serve(TestInfo test, int minCopies, String... names) {
        cluster = new ClusterOfFiles("epochs " + test.getDisplayName(), root, names.length, minCopies);
        return cluster.startAndServe(names);
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void aNodeThatDiesIsLeftOutOfTheNextEpochAndAllRemainingHaveItOnDisk(TestInfo test) {
        List<Run> all = serve(test, 2, "a", "b", "c");
        long before = all.get(0).formation().epoch();

        all.get(2).crash();
        awaitServing(all.subList(0, 2));

        for (Run run : all.subList(0, 2)) {
            ClusterRecord record = new RecordFile(run.data()).read().orElseThrow();
            assertThat(record.confirmed().number()).isGreaterThan(before);
            assertThat(record.confirmed().names()).containsExactlyInAnyOrder("a", "b");
            assertThat(run.formation().members()).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void whoWaitsForMembersIsToldWhenTheyAreConfirmedOrOthersAre(TestInfo test) {
        List<Run> all = serve(test, 2, "a", "b", "c");
        Set<UUID> three = ids(all);
        Set<UUID> two = ids(all.subList(0, 2));
        Set<UUID> other = ids(all.subList(1, 3));
        assertThat(all.get(0).formation().whenConfirmed(three)).isCompleted();
        var reached = all.get(0).formation().whenConfirmed(two).toCompletableFuture();
        var missed = all.get(0).formation().whenConfirmed(other).toCompletableFuture();
        assertThat(reached).isNotDone();

        all.get(2).crash();

        await().atMost(LONG).untilAsserted(() -> assertThat(reached).isCompleted());
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(missed)
                        .failsWithin(Duration.ZERO)
                        .withThrowableThat()
                        .withCauseInstanceOf(MembersChangedException.class));
        assertThat(all.get(0).formation().isConfirmed(three)).isFalse();
    }

    @Test
    void thePartWithTheMajorityGoesOnAndTheOtherMustStartAgain(TestInfo test) {
        List<Run> all = serve(test, 2, "a", "b", "c");
        Run a = all.get(0);
        List<Run> majority = all.subList(1, 3);

        cluster.split(a);

        awaitServing(majority);
        assertThat(a.send("lost")).isFalse();
        assertThat(a.isServing()).isFalse();
        assertThat(majority.get(0).send("kept")).isTrue();
        cluster.heal();
        await().atMost(LONG)
                .until(() -> a.formation().mustRestart().toCompletableFuture().isDone());
        a.crash();
        Run again = cluster.start("a");
        awaitServing(List.of(again, majority.get(0), majority.get(1)));
        assertThat(again.start().join().joined()).isTrue();
        assertThat(again.messages()).containsExactly("kept");
    }

    @Test
    void ofTwoHalvesNeitherGoesOnUntilTheyMeetAgain(TestInfo test) {
        List<Run> all = serve(test, 3, "a", "b", "c", "d");
        long before = all.get(0).formation().epoch();

        cluster.split(all.get(0), all.get(1));

        await().atMost(LONG)
                .until(() -> all.get(0).formation().progress().contains("more than half are needed")
                        && all.get(2).formation().progress().contains("more than half are needed"));
        assertThat(all).noneMatch(run -> run.send("lost"));
        assertThat(all).allSatisfy(run -> assertThat(run.formation().epoch()).isEqualTo(before));
        cluster.heal();
        awaitServing(all);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCoordinatorThatDiesWhileItConfirmsIsFollowedByTheNext(boolean after, TestInfo test) {
        cluster = new ClusterOfFiles("epochs " + test.getDisplayName(), root, 5, 3);
        List<Run> all = cluster.startAndServe("a", "b", "c", "d", "e");
        assertThat(all.get(0).send("kept")).isTrue();
        all.get(0).calls().dieAt(new Step(Frames.Kind.CONFIRM, after));

        all.get(4).crash();

        await().atMost(LONG).until(() -> all.get(0).calls().isDead());
        all.get(0).crash(); // and its caches notice
        List<Run> left = all.subList(1, 4);
        awaitServing(left);
        assertThat(left).allSatisfy(run -> {
            assertThat(run.formation().members()).containsExactlyInAnyOrder("b", "c", "d");
            assertThat(run.messages()).containsExactly("kept");
        });
    }

    @Test
    void nobodyAcknowledgesWithMembersThatAreNotConfirmed(TestInfo test) {
        List<Run> all = serve(test, 2, "a", "b", "c");
        ClusterFormation a = all.get(0).formation();
        Set<UUID> three = ids(all);

        a.membersAre(Set.of(all.get(0).self(), all.get(1).self()));

        assertThat(a.isConfirmed(three)).isFalse();
        assertThat(a.isConfirmed(Set.of())).isFalse();
    }

    @Test
    void aRecordThatCannotBeReadStopsTheNodeWithWords(TestInfo test) throws Exception {
        serve(test, 2, "a", "b", "c");
        cluster.crashAll();
        Path file = root.resolve("a").resolve("cluster-record");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> cluster.start("a"))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("backup");
        assertThat(new RecordFile(root.resolve("b")).read()).isPresent();
    }

    private static Set<UUID> ids(List<Run> runs) {
        return Set.copyOf(runs.stream().map(Run::self).map(ClusterNode::id).toList());
    }
}
