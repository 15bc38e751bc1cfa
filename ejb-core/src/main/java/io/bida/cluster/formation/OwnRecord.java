package io.bida.cluster.formation;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** This node's {@link ClusterRecord}: every change is on disk before anybody learns of it. Used by one thread. */
final class OwnRecord {

    private final RecordFile file;
    private volatile @Nullable ClusterRecord record;

    OwnRecord(RecordFile file) {
        this.file = file;
        record = file.read().orElse(null);
    }

    /** What is remembered; empty before the node belongs to a cluster. Readable by any thread. */
    Optional<ClusterRecord> get() {
        return Optional.ofNullable(record);
    }

    Epoch confirmed() {
        return get().map(ClusterRecord::confirmed).orElse(Epoch.NONE);
    }

    long highest() {
        return get().map(ClusterRecord::highest).orElse(0L);
    }

    /**
     * Begins to belong to this cluster, unless it does.
     *
     * @param since the highest number of an epoch that there is, or may be
     */
    void belongTo(UUID clusterId, long since) {
        if (!isOf(clusterId)) {
            write(ClusterRecord.newcomer(clusterId, since));
        }
    }

    boolean isOf(UUID clusterId) {
        return get().map(ClusterRecord::clusterId).equals(Optional.of(clusterId));
    }

    /**
     * Whether it belongs to a cluster and accepted none of its epochs: then nothing was acknowledged with its copies.
     */
    boolean isNewcomer() {
        return get().isPresent() && highest() == 0;
    }

    /** Accepts the epoch if that is as the proposal believes; repeating it is harmless. */
    boolean accept(Frames.Proposal proposal) {
        ClusterRecord now = record;
        Epoch epoch = proposal.epoch();
        if (now == null || !isOf(proposal.clusterId())) {
            return false;
        }
        if (now.accepted().stream().anyMatch(mine -> mine.id().equals(epoch.id()))) {
            return true;
        }
        if (now.highest() != proposal.highest() || now.highest() >= epoch.number()) {
            return false;
        }
        write(now.confirm(proposal.confirmed()).accept(epoch));
        return true;
    }

    /** Learns that the epoch is confirmed; older knowledge changes nothing. */
    void confirm(Epoch epoch) {
        ClusterRecord now = record;
        if (now != null && now.confirmed().number() < epoch.number()) {
            write(now.confirm(epoch));
        }
    }

    private void write(ClusterRecord next) {
        file.write(next);
        record = next;
    }
}
