package io.bida.message.delivery;

import io.bida.message.store.PartitionLeaders;
import java.util.BitSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** This node leads everything just now, and others did before. */
final class LeadersOfACluster implements PartitionLeaders {

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public boolean isHere(long queueId, int partition) {
        return true;
    }

    @Override
    public BitSet segmentsHere() {
        return PartitionLeaders.ALONE.segmentsHere();
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
        // Nothing changes while the test runs.
    }
}
