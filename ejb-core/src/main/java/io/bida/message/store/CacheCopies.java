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
 * @param members runs of the nodes that hold messages
 * @param isAvailable whether this side of the cluster may serve
 * @param isComplete whether every member has all it should and nothing is on its way
 * @param segments into how many segments all messages are split
 * @param segmentsLed how many of them this node leads
 * @param underReplicated how many have fewer copies than the members allow
 */
public record CacheCopies(
        Set<UUID> members,
        boolean isAvailable,
        boolean isComplete,
        int segments,
        int segmentsLed,
        int underReplicated) {

    static CacheCopies of(List<AdvancedCache<byte[], byte[]>> caches, int owners) {
        LocalizedCacheTopology first = caches.get(0).getDistributionManager().getCacheTopology();
        Set<UUID> members =
                first.getMembers().stream().map(Address::getNodeUUID).collect(Collectors.toSet());
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
            complete &= topology.getPhase() == CacheTopology.Phase.NO_REBALANCE
                    && Set.copyOf(topology.getMembers()).equals(Set.copyOf(first.getMembers()));
            int lacking = 0;
            for (int segment = 0; segment < InfinispanMessageStore.SEGMENTS; segment++) {
                var distribution = topology.getSegmentDistribution(segment);
                lacking += distribution.readOwners().size() < Math.min(owners, members.size()) ? 1 : 0;
            }
            under = Math.max(under, lacking);
        }
        return new CacheCopies(members, available, complete, InfinispanMessageStore.SEGMENTS, led, under);
    }
}
