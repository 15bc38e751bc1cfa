package io.bida.message.delivery;

import io.bida.error.ServiceUnavailableException;
import io.bida.message.store.PartitionLeaders;
import io.bida.time.MonotonicTime;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The nodes of the cluster whose disks are nearly full: no send goes to a partition of which one of them keeps a copy,
 * whoever leads it, because a node whose disk is full ends, and is as full when it comes back.
 *
 * <p>A node says so each second for as long as it is so. Safe for use by any thread.
 */
final class ScarceDisks {

    /** How long it holds what a node said last, in milliseconds: 5000, our choice. */
    private static final long HOLDS_MILLIS = 5_000;

    private final PartitionLeaders leaders;
    private final MonotonicTime monotonic;
    private final Map<UUID, Long> saidAtMillis = new ConcurrentHashMap<>();

    ScarceDisks(PartitionLeaders leaders, MonotonicTime monotonic) {
        this.leaders = leaders;
        this.monotonic = monotonic;
    }

    /** This run of a node says whether its disk is nearly full. */
    void heard(UUID node, boolean isScarce) {
        if (isScarce) {
            saidAtMillis.put(node, monotonic.millis());
        } else {
            saidAtMillis.remove(node);
        }
    }

    /** Whether all nodes that keep copies of the partition have room for more. */
    boolean haveRoomFor(long queueId, int partition) {
        if (saidAtMillis.isEmpty()) {
            return true;
        }
        long now = monotonic.millis();
        saidAtMillis.values().removeIf(said -> now - said > HOLDS_MILLIS);
        return !leaders.isKeptByAny(queueId, partition, Set.copyOf(saidAtMillis.keySet()));
    }

    /** What a sender is told for whom there is no partition with room. */
    static ServiceUnavailableException refusal() {
        return new ServiceUnavailableException("the disk of a node that keeps copies is nearly full");
    }
}
