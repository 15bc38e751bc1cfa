package io.bida.message.store;

import java.util.BitSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which node leads which partition just now: the one that may write its bundles and keeps its order.
 *
 * <p>A hint, as every node's view of the cluster is: two nodes may believe to lead the same partition for a moment, and
 * the store's compare-and-set decides between them. Safe for use by any thread.
 */
public interface PartitionLeaders {

    /** A single node leads everything. */
    PartitionLeaders ALONE = new PartitionLeaders() {

        @Override
        public boolean mayChange() {
            return false;
        }

        @Override
        public boolean isHere(long queueId, int partition) {
            return true;
        }

        @Override
        public BitSet segmentsHere() {
            BitSet all = new BitSet();
            all.set(0, InfinispanMessageStore.SEGMENTS);
            return all;
        }

        @Override
        public @Nullable UUID leader(long queueId, int partition) {
            throw new IllegalStateException("asked only where a partition is not led here");
        }

        @Override
        public boolean isKeptByAny(long queueId, int partition, Set<UUID> nodes) {
            return false;
        }

        @Override
        public void onChange(Runnable listener) {
            // Nothing ever changes.
        }
    };

    /** Whether there are other nodes that may have led a partition, or may lead it. */
    boolean mayChange();

    /** Whether this node leads the partition. */
    boolean isHere(long queueId, int partition);

    /** The store's segments whose partitions this node leads; a new set each time. */
    BitSet segmentsHere();

    /** The run of the node that leads the partition; null while nobody can. */
    @Nullable
    UUID leader(long queueId, int partition);

    /** Whether any of these runs of other nodes or of this one keeps a copy of what is written to the partition now. */
    boolean isKeptByAny(long queueId, int partition, Set<UUID> nodes);

    /** Tells this listener whenever a partition of any queue may have another leader; must not block. */
    void onChange(Runnable listener);
}
