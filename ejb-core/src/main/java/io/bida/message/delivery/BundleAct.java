package io.bida.message.delivery;

import io.bida.error.ServiceException;
import io.bida.message.store.Bundle;
import io.bida.message.store.Deliveries;
import org.jspecify.annotations.Nullable;

/**
 * Something done to a message of a bundle: a receive, a change of visibility, a delete; or a look at all of them. Acts
 * on one bundle that come together are stored by one compare-and-set.
 *
 * <p>Used within its queue's mailbox only. First {@link #decide}, possibly again if another node changed the state in
 * between; then once {@link #done} or {@link #failed}.
 */
abstract class BundleAct {

    /** Whether it must see the bundle itself, not only the delivery state. */
    boolean needsBundle() {
        return false;
    }

    /** Makes its change if the message's state allows it, and remembers the outcome; forgets an earlier outcome. */
    abstract void decide(Deliveries.Change change, @Nullable Bundle bundle, long nowMillis);

    /** The outcome is stored. */
    abstract void done();

    /** Whether the change is stored is unknown. */
    abstract void failed(ServiceException reason);
}
