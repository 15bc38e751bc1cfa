package io.bida.drill.run;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Three nodes of which one is killed twice, all are killed, and one stands still keep what they acknowledged. About
 * five minutes; {@code ./bida drill} has many more faults and rounds.
 *
 * <p>Another seed each time, printed; {@code -Dbida.it.drill.seed=…} gives it.
 */
class ClusterDrillIT {

    @Test
    @Timeout(1_200)
    void nothingAcknowledgedIsLostAndNothingDeletedReturns() {
        DrillUnderTest drills = new DrillUnderTest("--nodes", "3");
        try (drills) {
            drills.play(Drill.KILL_ONE, 2);
            drills.play(Drill.KILL_ALL, 1);
            drills.play(Drill.PAUSE_5, 1);
        }
    }
}
