package io.bida.cluster;

import io.bida.cluster.ClusterCalls.Subject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Stops a node that was paused from acting on what it believed before: the others may have gone on without it.
 *
 * <p>A node that was not looked at for more than two seconds was stopped, swapped out or busy collecting garbage. From
 * that moment on it must not acknowledge anything, until more than half of the members, of now and of before, have said
 * that they see the same members. Source: design, section 4.
 */
public final class PauseFence {

    private static final Logger LOG = Logger.getLogger(PauseFence.class);

    /** How long a node may go without a look, in nanoseconds: 2 s. Source: design, section 4. */
    private static final long PAUSE_NANOS = 2_000_000_000L;

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final byte VERSION = 1;

    private final ClusterCalls calls;
    private final LongSupplier nanos;
    private volatile long lastLook;
    private volatile boolean fenced;

    /** How many members there were before the pause; by the thread that looks. */
    private int membersBefore;

    /** A fence that is down; other nodes are answered from now on. */
    public PauseFence(ClusterCalls calls) {
        this(calls, System::nanoTime);
    }

    PauseFence(ClusterCalls calls, LongSupplier nanos) {
        this.calls = calls;
        this.nanos = nanos;
        lastLook = nanos.getAsLong();
        calls.serve(Subject.VIEW, (from, question) -> CompletableFuture.completedFuture(view()));
    }

    /** Whether this node was not paused, as far as it can tell; costs next to nothing. */
    public boolean isDown() {
        return !fenced && nanos.getAsLong() - lastLook < PAUSE_NANOS;
    }

    /** To be called several times a second, by one thread. */
    public void look() {
        long now = nanos.getAsLong();
        long gap = now - lastLook;
        if (gap >= PAUSE_NANOS && !fenced) {
            fenced = true;
            LOG.warnf(
                    "This node was paused for %d ms; it waits until the others say that they went on with it",
                    gap / 1_000_000);
        }
        lastLook = now;
        if (fenced) {
            ask();
        } else {
            membersBefore = calls.members().size();
        }
    }

    private void ask() {
        Set<UUID> own = ids();
        AtomicInteger agreed = new AtomicInteger(1);
        CompletableFuture<?>[] answers = calls.members().stream()
                .filter(node -> !node.equals(calls.self()))
                .map(node -> calls.call(node, Subject.VIEW, new byte[] {VERSION}, LIMIT)
                        .handle((view, failure) ->
                                failure == null && read(view).equals(own) ? agreed.incrementAndGet() : agreed.get())
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(answers).join(); // each ends within its limit
        // Of those before too: a node that sees nobody else any more is not most of the cluster.
        if (agreed.get() > Math.max(own.size(), membersBefore) / 2 && ids().equals(own)) {
            fenced = false;
            LOG.infof("%d of %d members went on with this node", agreed.get(), own.size());
        }
    }

    private Set<UUID> ids() {
        return calls.members().stream().map(ClusterNode::id).collect(Collectors.toSet());
    }

    private byte[] view() {
        Set<UUID> ids = ids();
        ByteBuffer out = ByteBuffer.allocate(1 + ids.size() * 2 * Long.BYTES).put(VERSION);
        ids.forEach(id -> out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()));
        return out.array();
    }

    private static Set<UUID> read(byte[] view) {
        ByteBuffer in = ByteBuffer.wrap(view);
        if (in.get() != VERSION) {
            return Set.of();
        }
        Set<UUID> ids = new HashSet<>();
        while (in.remaining() >= 2 * Long.BYTES) {
            ids.add(new UUID(in.getLong(), in.getLong()));
        }
        return ids;
    }
}
