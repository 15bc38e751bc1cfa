package io.bida.cluster;

import io.bida.cluster.ClusterCalls.Subject;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * How far the clocks of the other nodes are from this one's.
 *
 * <p>Hidings and delays are moments that one node writes and another one judges once it leads the partition, or by the
 * copy of a dead node (decision 0010), so clocks that differ make messages visible early or late by as much. Each node
 * asks every other what time it is there. The other's clock was read at some moment between question and answer: the
 * middle is taken, and it is wrong by half of that time at most.
 *
 * <p>Safe for use by any thread. A question and an answer begin with their version; an answer goes on with milliseconds
 * since 1970.
 */
public final class ClusterClocks {

    private static final Logger LOG = Logger.getLogger(ClusterClocks.class);

    /**
     * Skew that is warned of, in milliseconds: 500, our choice. It is half of the shortest hiding that can be asked
     * for, which is one second, and fifty times what machines with a time server differ by.
     */
    private static final long LIMIT_MILLIS = 500;

    /** How long an answer may take: 1 s, our choice; a later one would say little. */
    private static final Duration CALL_LIMIT = Duration.ofSeconds(1);

    private static final byte VERSION = 1;
    private static final int LENGTH = 1 + Long.BYTES;

    private final ClusterCalls calls;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<ClusterNode, Skew> skews = new ConcurrentHashMap<>();
    private final Set<ClusterNode> warned = ConcurrentHashMap.newKeySet();

    /**
     * How far another node's clock is from this one's.
     *
     * @param millis how much it is ahead; negative if it is behind
     * @param uncertaintyMillis by how much that may be wrong, in either direction
     */
    public record Skew(long millis, long uncertaintyMillis) {

        private boolean isBeyondDoubt(long limit) {
            return Math.abs(millis) - uncertaintyMillis > limit;
        }
    }

    /** The clocks of the others; they are answered from now on. */
    public ClusterClocks(ClusterCalls calls, Clock clock) {
        this(calls, clock, System::nanoTime);
    }

    ClusterClocks(ClusterCalls calls, Clock clock, LongSupplier nanos) {
        this.calls = calls;
        this.clock = clock;
        this.nanos = nanos;
        calls.serve(
                Subject.CLOCK,
                (from, question) -> CompletableFuture.completedFuture(ByteBuffer.allocate(LENGTH)
                        .put(VERSION)
                        .putLong(clock.millis())
                        .array()));
    }

    /** Asks all others; does not wait for their answers. To be called every few seconds. */
    public void look() {
        Set<ClusterNode> others = calls.members().stream()
                .filter(node -> !node.equals(calls.self()))
                .collect(Collectors.toSet());
        skews.keySet().retainAll(others);
        warned.retainAll(others);
        for (ClusterNode node : others) {
            long asked = nanos.getAsLong();
            calls.call(node, Subject.CLOCK, new byte[] {VERSION}, CALL_LIMIT).whenComplete((answer, failure) -> {
                if (failure != null) {
                    LOG.debugf("Node %s does not say what time it is there: %s", node, failure);
                } else if (answer.length == LENGTH && answer[0] == VERSION) {
                    long half = Duration.ofNanos(nanos.getAsLong() - asked).toMillis() / 2;
                    learn(
                            node,
                            new Skew(
                                    ByteBuffer.wrap(answer, 1, Long.BYTES).getLong() - (clock.millis() - half),
                                    half + 1));
                }
            });
        }
    }

    private void learn(ClusterNode node, Skew skew) {
        skews.put(node, skew);
        if (skew.isBeyondDoubt(LIMIT_MILLIS)) {
            if (warned.add(node)) {
                LOG.warnf(
                        "The clock of node %s is %d ms %s this node's: hidden and delayed messages may come early or "
                                + "late by as much. Keep the clocks of all nodes by a time server",
                        node, Math.abs(skew.millis()), skew.millis() > 0 ? "ahead of" : "behind");
            }
        } else if (Math.abs(skew.millis()) <= LIMIT_MILLIS && warned.remove(node)) {
            LOG.infof("The clock of node %s agrees with this node's again, by %d ms", node, Math.abs(skew.millis()));
        }
    }

    /** The skew of each other node that has answered, by its name. */
    public Map<String, Skew> skews() {
        Map<String, Skew> byName = new TreeMap<>();
        skews.forEach((node, skew) -> byName.put(node.name(), skew));
        return byName;
    }

    /** The names of the nodes whose clock is too far from this one's. */
    Set<String> warned() {
        return warned.stream().map(ClusterNode::name).collect(Collectors.toSet());
    }
}
