package io.bida.drill.run;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A cluster of three from which one node is cut off keeps what it acknowledged; one that lets both sides of the cut
 * acknowledge does not, and that is noticed. Needs root and nftables, so only a build by root plays it; about four
 * minutes.
 */
class CutDrillIT {

    @Test
    @Timeout(900)
    void aNodeThatWasCutOffLosesNothing() {
        new DrillUnderTest("--nodes", "3").assertGreen(Drill.CUT_ONE, 1);
    }

    /** The permanent proof that the drills see a loss on real servers. */
    @Test
    @Timeout(900)
    void whatBothSidesOfACutAcknowledgeIsMissed() {
        new DrillUnderTest("--nodes", "3").assertNoticed(Drill.BOTH_SIDES_SERVE);
    }
}
