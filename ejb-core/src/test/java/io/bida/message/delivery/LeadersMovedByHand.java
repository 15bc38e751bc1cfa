package io.bida.message.delivery;

import io.bida.message.store.PartitionLeaders;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.UUID;

/** Says that partitions are led by whomever a test says, the same for every queue. */
final class LeadersMovedByHand implements PartitionLeaders {

    final UUID self = UUID.randomUUID();
    final UUID other = UUID.randomUUID();
    private final UUID[] leaders;
    private final BitSet keptElsewhere = new BitSet();
    private final BitSet segments = new BitSet();
    private Runnable listener = () -> {};
    private Runnable afterNextLook = () -> {};

    /** This node leads all partitions, and no segment of the store; the other keeps no copies. */
    LeadersMovedByHand(int partitions) {
        leaders = new UUID[partitions];
        Arrays.fill(leaders, self);
    }

    /** The other node keeps a copy of the partition. */
    void keepCopyElsewhere(int partition) {
        keptElsewhere.set(partition);
    }

    /** The partition gets another leader, of which nobody is told yet. */
    void move(int partition, UUID leader) {
        leaders[partition] = leader;
    }

    /** This node leads all segments of the store, or none. */
    void leadSegments(boolean all) {
        segments.set(0, 256, all);
    }

    /** Tells that leaders have changed. */
    void tell() {
        listener.run();
    }

    /** Does this once, right after somebody looked who leads a partition. */
    void afterNextLook(Runnable step) {
        afterNextLook = step;
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public boolean isHere(long queueId, int partition) {
        boolean isHere = leaders[partition].equals(self);
        Runnable step = afterNextLook;
        afterNextLook = () -> {};
        step.run();
        return isHere;
    }

    @Override
    public BitSet segmentsHere() {
        return (BitSet) segments.clone();
    }

    @Override
    public UUID leader(long queueId, int partition) {
        return leaders[partition];
    }

    @Override
    public boolean isKeptByAny(long queueId, int partition, Set<UUID> nodes) {
        return nodes.contains(leaders[partition]) || (keptElsewhere.get(partition) && nodes.contains(other));
    }

    @Override
    public void onChange(Runnable told) {
        listener = told;
    }
}
