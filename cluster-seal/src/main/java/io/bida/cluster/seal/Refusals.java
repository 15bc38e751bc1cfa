package io.bida.cluster.seal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jgroups.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Counts what was refused, and says so in the log at most once a minute: somebody without the secret must not fill the
 * log either. Safe for use by any thread.
 */
final class Refusals {

    /** A node with another secret tries again every few seconds; one line a minute tells it. Our choice. */
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final Log log;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    Refusals(Log log) {
        this.log = log;
    }

    long count() {
        return count.get();
    }

    /** @param reason in words, without what was received */
    void add(@Nullable Object here, @Nullable Object from, @Nullable String reason) {
        long refused = count.incrementAndGet();
        long now = System.nanoTime();
        long due = nextWarning.get();
        if (now - due >= 0 && nextWarning.compareAndSet(due, now + BETWEEN_WARNINGS.toNanos())) {
            log.warn(
                    "%s: refused a connection from %s: %s (%d refused since the start). A node with another"
                            + " secret/cluster.key, or with none, cannot take part: copy the directory secret/ of one"
                            + " node to all others",
                    here, from, reason, refused);
        }
    }
}
