package io.bida.cluster.formation;

import io.bida.cluster.ClusterNode;
import java.util.List;

/** Whether a next epoch can be proposed. */
sealed interface EpochVerdict {

    /** Propose this one, which comes after {@code confirmed}. */
    record Propose(Epoch epoch, Epoch confirmed) implements EpochVerdict {}

    /** Not yet, for this reason in words. */
    record Wait(String reason) implements EpochVerdict {}

    /** These runs must end and begin again before one can be. */
    record Restart(List<ClusterNode> runs, String reason) implements EpochVerdict {}
}
