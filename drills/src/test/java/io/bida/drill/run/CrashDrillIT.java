package io.bida.drill.run;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server killed with SIGKILL five times under load keeps what it acknowledged. About two and a half minutes.
 *
 * <p>Seed and length can be given: {@code -Dbida.it.drill.seed=…} (default: another each time, printed) and
 * {@code -Dbida.it.drill.kills=…} (default 5).
 */
class CrashDrillIT {

    @Test
    @Timeout(900)
    void nothingAcknowledgedIsLostAndNothingDeletedReturns() {
        new DrillUnderTest("--single", "--heap", "768m")
                .assertGreen(Drill.KILL_ALL, Integer.getInteger("bida.it.drill.kills", 5));
    }
}
