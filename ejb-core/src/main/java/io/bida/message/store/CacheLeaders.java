package io.bida.message.store;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.infinispan.AdvancedCache;
import org.infinispan.distribution.DistributionInfo;
import org.infinispan.distribution.LocalizedCacheTopology;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.PartitionStatusChanged;
import org.infinispan.notifications.cachelistener.annotation.TopologyChanged;
import org.infinispan.notifications.cachelistener.event.PartitionStatusChangedEvent;
import org.infinispan.notifications.cachelistener.event.TopologyChangedEvent;
import org.infinispan.partitionhandling.AvailabilityMode;
import org.jspecify.annotations.Nullable;

/**
 * The leader of a partition is the primary owner of its segment of the cache {@code messages}, which always has all of
 * its entries. Nobody leads anything on the side of a split cluster that must not serve.
 */
final class CacheLeaders implements PartitionLeaders {

    private final AdvancedCache<byte[], byte[]> cache;
    private final PartitionKeyPartitioner partitioner;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    CacheLeaders(AdvancedCache<byte[], byte[]> cache, PartitionKeyPartitioner partitioner) {
        this.cache = cache;
        this.partitioner = partitioner;
        cache.addListener(new Changes());
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public boolean isHere(long queueId, int partition) {
        return cache.getAvailability() == AvailabilityMode.AVAILABLE
                && owners(queueId, partition).isPrimary();
    }

    @Override
    public BitSet segmentsHere() {
        BitSet here = new BitSet();
        if (cache.getAvailability() == AvailabilityMode.AVAILABLE) {
            LocalizedCacheTopology topology = cache.getDistributionManager().getCacheTopology();
            for (int segment = 0; segment < InfinispanMessageStore.SEGMENTS; segment++) {
                here.set(segment, topology.getSegmentDistribution(segment).isPrimary());
            }
        }
        return here;
    }

    @Override
    public @Nullable UUID leader(long queueId, int partition) {
        if (cache.getAvailability() != AvailabilityMode.AVAILABLE) {
            return null;
        }
        var primary = owners(queueId, partition).primary();
        return primary == null ? null : primary.getNodeUUID();
    }

    @Override
    public boolean isKeptByAny(long queueId, int partition, Set<UUID> nodes) {
        return owners(queueId, partition).writeOwners().stream().anyMatch(owner -> nodes.contains(owner.getNodeUUID()));
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private DistributionInfo owners(long queueId, int partition) {
        byte[] key = new BundleKey(queueId, partition, 0).bytes();
        return cache.getDistributionManager().getCacheTopology().getSegmentDistribution(partitioner.getSegment(key));
    }

    /** What Infinispan calls; public because it wants so. */
    @Listener(observation = Listener.Observation.POST)
    public final class Changes {

        private Changes() {}

        /** The owners of some segments are others now. */
        @TopologyChanged
        public void topologyChanged(TopologyChangedEvent<byte[], byte[]> event) {
            listeners.forEach(Runnable::run);
        }

        /** The cluster split, or is whole again. */
        @PartitionStatusChanged
        public void availabilityChanged(PartitionStatusChangedEvent<byte[], byte[]> event) {
            if (!event.isPre()) {
                listeners.forEach(Runnable::run);
            }
        }
    }
}
