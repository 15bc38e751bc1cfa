package io.bida.cluster.formation;

import java.util.UUID;

/** What a node that has not opened its store is to do. */
sealed interface StartVerdict {

    /** Nothing yet, for this reason in words. */
    record Wait(String reason) implements StartVerdict {}

    /** End; the operator has to decide. */
    record Refuse(String reason) implements StartVerdict {}

    /** Begin empty beside a cluster that serves. */
    record Join(UUID clusterId) implements StartVerdict {}

    /** Begin as the nodes that put back their messages already do. */
    record Follow(StartPlan plan) implements StartVerdict {}

    /** Everybody here can begin; the coordinator makes this the plan of all. */
    record Begin(StartPlan plan) implements StartVerdict {}
}
