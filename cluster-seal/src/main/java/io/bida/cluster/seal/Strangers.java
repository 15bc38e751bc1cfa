package io.bida.cluster.seal;

import java.io.Closeable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jgroups.util.Util;

/**
 * The connections that were accepted and have not shown yet that their other end has the secret; there are no more than
 * {@value #MOST} of them.
 *
 * <p>One more closes the oldest. A node greets with the first packet that it sends, so who opens connections and says
 * nothing loses those, and does not keep nodes out. Safe for use by any thread.
 */
final class Strangers<C extends Closeable> {

    /**
     * Each has a thread and a buffer on the port of the messages. Our choice: far more than nodes that start at once.
     */
    static final int MOST = 64;

    private final Set<C> waiting = new LinkedHashSet<>();

    void add(C connection) {
        oldestBeforeAdding(connection).ifPresent(Util::close);
    }

    private synchronized Optional<C> oldestBeforeAdding(C connection) {
        Optional<C> oldest = waiting.size() < MOST
                ? Optional.empty()
                : Optional.of(waiting.iterator().next());
        oldest.ifPresent(waiting::remove);
        waiting.add(connection);
        return oldest;
    }

    synchronized void remove(C connection) {
        waiting.remove(connection);
    }

    void closeAll() {
        all().forEach(Util::close);
    }

    private synchronized List<C> all() {
        return List.copyOf(waiting);
    }
}
