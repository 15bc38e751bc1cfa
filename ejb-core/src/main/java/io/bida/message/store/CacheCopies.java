package io.bida.message.store;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.infinispan.AdvancedCache;
import org.infinispan.distribution.LocalizedCacheTopology;
import org.infinispan.partitionhandling.AvailabilityMode;
import org.infinispan.remoting.transport.Address;
import org.infinispan.topology.CacheTopology;

/**
 * What this node's caches say about the copies of the messages.
 *
 * @param members runs of the nodes that take part
 * @param holders how many of them hold messages, or will once the copies are moved: all but those that leave
 * @param isAvailable whether this side of the cluster may serve
 * @param isComplete whether every member has all it should and nothing is on its way
 * @param segments into how many segments all messages are split
 * @param segmentsLed how many of them this node leads
 * @param underReplicated how many have fewer copies than the holders allow
 */
public record CacheCopies(
        Set<UUID> members,
        int holders,
        boolean isAvailable,
        boolean isComplete,
        int segments,
        int segmentsLed,
        int underReplicated) {

    static CacheCopies of(List<AdvancedCache<byte[], byte[]>> caches, int owners, StayingOwners staying) {
        LocalizedCacheTopology first = caches.get(0).getDistributionManager().getCacheTopology();
        Set<UUID> members =
                first.getMembers().stream().map(Address::getNodeUUID).collect(Collectors.toSet());
        int holders = staying.staying(first.getMembers());
        boolean available = true;
        boolean complete = true;
        int led = 0;
        for (int segment = 0; segment < InfinispanMessageStore.SEGMENTS; segment++) {
            led += first.getSegmentDistribution(segment).isPrimary() ? 1 : 0;
        }
        int under = 0;
        for (AdvancedCache<byte[], byte[]> cache : caches) {
            LocalizedCacheTopology topology = cache.getDistributionManager().getCacheTopology();
            available &= cache.getAvailability() == AvailabilityMode.AVAILABLE;
            // Not in the same order: nodes that start together overtake each other between the caches.
            complete &= isSettled(cache) && Set.copyOf(topology.getMembers()).equals(Set.copyOf(first.getMembers()));
            int lacking = 0;
            for (int segment = 0; segment < InfinispanMessageStore.SEGMENTS; segment++) {
                var distribution = topology.getSegmentDistribution(segment);
                lacking += distribution.readOwners().size() < Math.min(owners, holders) ? 1 : 0;
            }
            // Between the departure of an owner and the rebalance that it causes the phase says that all is well.
            complete &= lacking == 0;
            under = Math.max(under, lacking);
        }
        return new CacheCopies(members, holders, available, complete, InfinispanMessageStore.SEGMENTS, led, under);
    }

    /** Whether nothing of the cache is being moved between nodes. */
    static boolean isSettled(AdvancedCache<byte[], byte[]> cache) {
        return cache.getDistributionManager().getCacheTopology().getPhase() == CacheTopology.Phase.NO_REBALANCE;
    }

    /** Whether this run of a node has copies of any segment of the cache. */
    static boolean holds(AdvancedCache<byte[], byte[]> cache, UUID run) {
        LocalizedCacheTopology topology = cache.getDistributionManager().getCacheTopology();
        for (int segment = 0; segment < InfinispanMessageStore.SEGMENTS; segment++) {
            for (Address owner : topology.getSegmentDistribution(segment).writeOwners()) {
                if (owner.getNodeUUID().equals(run)) {
                    return true;
                }
            }
        }
        return false;
    }
}
