package io.bida.drill.history;

import io.bida.drill.history.History.Change;
import io.bida.drill.history.History.Reception;
import java.util.List;

/**
 * For how long a received message is its receiver's: at least until {@code surelyUntil}, at most until
 * {@code perhapsUntil}.
 */
record Lease(Reception reception, long surelyUntil, long perhapsUntil) {

    static Lease of(Reception reception, List<Change> changesOfMessage, long visibilityNanos) {
        long surely = reception.begin() + visibilityNanos;
        long perhaps = reception.end() + visibilityNanos;
        for (Change change : changesOfMessage) {
            if (change.receivedBegin() != reception.begin() || change.outcome() == Outcome.FAIL) {
                continue;
            }
            long timeout = change.timeout().toNanos();
            boolean took = change.outcome() == Outcome.OK;
            surely = took ? change.begin() + timeout : Math.min(surely, change.begin() + timeout);
            // A change of unknown outcome may still take effect until the old time is over.
            perhaps = took ? change.end() + timeout : perhaps + timeout;
        }
        return new Lease(reception, surely, perhaps);
    }
}
