package io.bida.drill.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.drill.load.Workload;
import io.bida.drill.run.Drill;
import io.bida.drill.run.DrillReport;
import io.bida.drill.run.DrillRun;
import io.bida.drill.time.VirtualTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against the model, the very drill that real servers get is green when the model keeps its promises, and red for the
 * right reason with each mistake. In virtual time: about a minute of it each.
 */
@Execution(ExecutionMode.CONCURRENT)
class CheckerIsToBeTrustedTest {

    private static final List<Drill> DRILLS =
            List.of(Drill.QUIET, Drill.KILL_ONE, Drill.KILL_ALL, Drill.CUT_ONE, Drill.PAUSE_5);

    /** These show only when something else goes wrong. */
    private static final Set<Mistake> NEED_A_FAULT = EnumSet.of(
            Mistake.ACKNOWLEDGED_BEFORE_WRITTEN,
            Mistake.LOST_WITH_A_NODE,
            Mistake.MINORITY_ACKNOWLEDGES,
            Mistake.RESURRECTED_BY_FAILOVER,
            Mistake.RESURRECTED_BY_RESTART);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void aServiceWithoutMistakesIsNeverAccused(long seed) {
        DrillReport report = play(EnumSet.noneOf(Mistake.class), seed, DRILLS);

        assertThat(report.verdict().violations()).isEmpty();
        assertThat(report.failures()).isEmpty();
        assertThat(report.acknowledged()).isGreaterThan(1_000);
        assertThat(report.verdict().doubledInWindows())
                .as("the model hands out again what was in flight at a dead node, and that is counted")
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aMistakeIsNoticed(Mistake mistake) {
        List<Drill> drills = NEED_A_FAULT.contains(mistake) ? DRILLS : List.of(Drill.QUIET, Drill.KILL_ONE);

        DrillReport report = play(EnumSet.of(mistake), 42, drills);

        assertThat(report.verdict().broken()).containsKey(mistake.broken());
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        DrillReport one = play(EnumSet.noneOf(Mistake.class), 7, DRILLS);
        DrillReport other = play(EnumSet.noneOf(Mistake.class), 7, DRILLS);

        assertThat(other.history().sends()).isEqualTo(one.history().sends());
        assertThat(other.history().deletes()).isEqualTo(one.history().deletes());
    }

    private static DrillReport play(Set<Mistake> mistakes, long seed, List<Drill> drills) {
        VirtualTime time = new VirtualTime();
        ModelCluster cluster = new ModelCluster(3, time, new Random(seed), mistakes);
        return new DrillRun(cluster, Workload.forModel(), time, line -> {}).play(drills, 1, seed);
    }
}
