package io.bida.drill.model;

import io.bida.drill.history.Violation.Rule;

/**
 * A mistake that can be switched on in the model, and the promise that it breaks. Source: reliability notes 3.3, and
 * what the cluster could get wrong.
 */
public enum Mistake {
    /** One acknowledged send in 150 is not stored. */
    ACKNOWLEDGED_SEND_DROPPED(Rule.LOST),
    /** A send is acknowledged 60 ms before it is stored. */
    ACKNOWLEDGED_BEFORE_WRITTEN(Rule.LOST),
    /** What one node's partition took in its last 300 ms dies with the node. */
    LOST_WITH_A_NODE(Rule.LOST),
    /** A node that is cut off goes on acknowledging, and what it took is dropped when it is back. */
    MINORITY_ACKNOWLEDGES(Rule.LOST),
    /** One received message in five is forgotten without a delete. */
    FORGOTTEN_AFTER_RECEIVE(Rule.LOST_LATER),
    /** Of a refused batch the good entries are stored. */
    REFUSED_BATCH_STORED(Rule.PHANTOM),
    /** A stored entry of a batch is reported as failed. */
    ENTRY_REPORTED_FAILED(Rule.PHANTOM),
    /** A message that nobody sent. */
    MESSAGE_FROM_NOTHING(Rule.PHANTOM),
    /** One body in 150 comes back with another letter. */
    BODY_ALTERED(Rule.ALTERED),
    /** One digest in 150 is that of something else. */
    DIGEST_WRONG(Rule.ALTERED),
    /** The first two entries of a batch have each other's body. */
    BODIES_EXCHANGED(Rule.ALTERED),
    /** One message in 150 has the id of the one before. */
    ID_USED_TWICE(Rule.ALTERED),
    /** One received message in 150 stays visible. */
    NOT_HIDDEN(Rule.DOUBLED),
    /** Visibility timeouts end 500 ms early. */
    VISIBILITY_CUT_SHORT(Rule.DOUBLED),
    /** A prolonged visibility timeout is acknowledged and not kept. */
    PROLONGATION_IGNORED(Rule.DOUBLED),
    /** One deleted message in 150 is still there. */
    DELETE_NOT_DONE(Rule.RESURRECTED),
    /** A started node brings back the last messages deleted before its death. */
    RESURRECTED_BY_RESTART(Rule.RESURRECTED),
    /** The deletes of a dying node's last second are forgotten. */
    RESURRECTED_BY_FAILOVER(Rule.RESURRECTED),
    /** Delays end 200 ms early. */
    DELAY_CUT_SHORT(Rule.EARLY),
    /** The least urgent come first. */
    PRIORITY_REVERSED(Rule.OUT_OF_ORDER),
    /** A handle deletes after its time. */
    STALE_HANDLE_ACCEPTED(Rule.STALE_HANDLE),
    /** Only the message's id in a handle is looked at. */
    ALTERED_HANDLE_ACCEPTED(Rule.STALE_HANDLE),
    /** One valid handle in 150 is refused. */
    HANDLE_FORGOTTEN(Rule.HANDLE_REFUSED),
    /** One receive in 100 is counted for ever. */
    COUNTS_DRIFT(Rule.MISCOUNTED),
    /** A poll that found nothing is not woken. */
    WAKE_UP_LOST(Rule.NOT_WOKEN);

    private final Rule broken;

    Mistake(Rule broken) {
        this.broken = broken;
    }

    /** The promise that this breaks. */
    public Rule broken() {
        return broken;
    }
}
