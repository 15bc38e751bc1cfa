package io.bida.message.store;

import org.infinispan.distribution.DistributionManager;
import org.infinispan.distribution.LocalizedCacheTopology;
import org.infinispan.factories.ComponentRegistry;
import org.infinispan.factories.GlobalComponentRegistry;
import org.infinispan.manager.EmbeddedCacheManager;

/**
 * The copies that this node keeps and receives, also while the caches are not started yet because they receive them.
 *
 * @param owned of how many segments the node has a complete copy in every cache
 * @param toCopy copies of segments still to be received, of all caches together
 * @param ofCopies how many copies are received in the transfer that runs, of all caches together; 0 if none does
 * @param wanted how many copies there should be with as many nodes as there are; 0 while no cache is there
 * @param fewest how many complete copies the segment with the fewest has; 0 while no cache is there
 */
public record OwnCopies(int owned, int toCopy, int ofCopies, int wanted, int fewest) {

    /** Of a node whose caches are not there yet. */
    public static final OwnCopies NONE = new OwnCopies(0, 0, 0, 0, 0);

    /** Of these caches. */
    public static OwnCopies of(EmbeddedCacheManager manager) {
        OwnCopies all = NONE;
        boolean isFirst = true;
        for (String name : InfinispanMessageStore.CACHES) {
            // Asking for the cache itself would wait until it has received its copies.
            ComponentRegistry parts = GlobalComponentRegistry.of(manager).getNamedComponentRegistry(name);
            OwnCopies one = parts == null ? NONE : of(parts);
            all = isFirst ? one : all.and(one);
            isFirst = false;
        }
        return all;
    }

    private OwnCopies and(OwnCopies other) {
        return new OwnCopies(
                Math.min(owned, other.owned),
                toCopy + other.toCopy,
                ofCopies + other.ofCopies,
                Math.max(wanted, other.wanted),
                Math.min(fewest, other.fewest));
    }

    private static OwnCopies of(ComponentRegistry parts) {
        DistributionManager distribution = parts.getDistributionManager();
        LocalizedCacheTopology topology = distribution == null ? null : distribution.getCacheTopology();
        if (topology == null || topology.getTopologyId() < 0) {
            return NONE; // it has not joined the others yet
        }
        int owned = 0;
        int arriving = 0;
        int fewest = Integer.MAX_VALUE;
        for (int segment = 0; segment < InfinispanMessageStore.SEGMENTS; segment++) {
            var owners = topology.getSegmentDistribution(segment);
            owned += owners.isReadOwner() ? 1 : 0;
            arriving += owners.isWriteOwner() && !owners.isReadOwner() ? 1 : 0;
            fewest = Math.min(fewest, owners.readOwners().size());
        }
        int asked = (int) parts.getStateTransferManager().getInflightSegmentTransferCount();
        int wanted =
                Math.min(InfinispanMessageStore.OWNERS, topology.getMembers().size());
        return new OwnCopies(owned, Math.min(asked, arriving), arriving, wanted, fewest);
    }
}
