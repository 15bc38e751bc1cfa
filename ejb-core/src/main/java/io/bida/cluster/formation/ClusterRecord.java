package io.bida.cluster.formation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a node remembers of its cluster from run to run; kept beside its store by {@link RecordFile}.
 *
 * <p>Written by the node alone: when it begins to belong to a cluster, when it accepts a proposed epoch, and when it
 * learns that one is confirmed. Lives as long as the data directory.
 *
 * @param clusterId made once, when the cluster is formed
 * @param since the highest number of an epoch that there was when this record was begun: of those epochs it says
 *     nothing, because another node, or this one with another disk, may have had the same name
 * @param confirmed the last epoch of which this node knows that all its members have accepted it
 * @param accepted proposals of later epochs that this node has accepted; each may be confirmed or not
 */
record ClusterRecord(UUID clusterId, long since, Epoch confirmed, List<Epoch> accepted) {

    ClusterRecord {
        accepted = List.copyOf(accepted);
    }

    /** Belongs to this cluster, and took part in none of its epochs yet. */
    static ClusterRecord newcomer(UUID clusterId, long since) {
        return new ClusterRecord(clusterId, since, Epoch.NONE, List.of());
    }

    /** The highest number of an epoch that this node has accepted; a proposal must be higher. */
    long highest() {
        long highest = confirmed.number();
        for (Epoch epoch : accepted) {
            highest = Math.max(highest, epoch.number());
        }
        return highest;
    }

    /** Whether this node has accepted the epoch, or one of which it knows that it came after. */
    boolean has(Epoch epoch) {
        return confirmed.number() >= epoch.number()
                || accepted.stream().anyMatch(mine -> mine.id().equals(epoch.id()));
    }

    /** Whether this node, a member of the epoch, never accepted it, so that it was never confirmed. */
    boolean rulesOut(Epoch epoch) {
        return epoch.number() > since && !has(epoch);
    }

    /** The record once the epoch is accepted too. */
    ClusterRecord accept(Epoch epoch) {
        List<Epoch> all = new ArrayList<>(accepted);
        all.add(epoch);
        return new ClusterRecord(clusterId, since, confirmed, all);
    }

    /** The record once it is known that the epoch is confirmed; older knowledge changes nothing. */
    ClusterRecord confirm(Epoch epoch) {
        if (epoch.number() <= confirmed.number()) {
            return this;
        }
        List<Epoch> later =
                accepted.stream().filter(e -> e.number() > epoch.number()).toList();
        return new ClusterRecord(clusterId, since, epoch, later);
    }

    void writeTo(DataOutput out) throws IOException {
        Epoch.writeId(out, clusterId);
        out.writeLong(since);
        confirmed.writeTo(out);
        out.writeShort(accepted.size());
        for (Epoch epoch : accepted) {
            epoch.writeTo(out);
        }
    }

    static ClusterRecord readFrom(DataInput in) throws IOException {
        UUID clusterId = Epoch.readId(in);
        long since = in.readLong();
        Epoch confirmed = Epoch.readFrom(in);
        int count = in.readUnsignedShort();
        List<Epoch> accepted = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            accepted.add(Epoch.readFrom(in));
        }
        return new ClusterRecord(clusterId, since, confirmed, accepted);
    }
}
