package io.bida.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether this node can keep its promises now. Safe for use by any thread. */
@ApplicationScoped
public class NodeHealth {

    private volatile Supplier<ClusterStatus> clusterStatus = () -> ClusterStatus.ALONE;
    private volatile Optional<String> unreadyReason = Optional.of("the node is starting");
    private volatile boolean isLeaving;

    /** Why this node does not serve, in words for an operator; empty when it serves. */
    public Optional<String> unreadyReason() {
        return unreadyReason;
    }

    /** The cluster as this node sees it. */
    public ClusterStatus clusterStatus() {
        return clusterStatus.get();
    }

    /** From now on this tells how the cluster looks. */
    public void watch(Supplier<ClusterStatus> status) {
        clusterStatus = status;
    }

    /** Whether the node still answers, but is about to stop: who has a connection to it should look for another. */
    public boolean isLeaving() {
        return isLeaving;
    }

    /** From now on the node serves; nothing changes once it is leaving. */
    public synchronized void becomeReady() {
        if (!isLeaving) {
            unreadyReason = Optional.empty();
        }
    }

    /** From now on the node gets no new clients, and never again in this run; those it has are still served. */
    public synchronized void leave() {
        isLeaving = true;
        unreadyReason = Optional.of("the node is stopping");
    }

    /** From now on the node does not serve. */
    public synchronized void becomeUnready(String reason) {
        unreadyReason = Optional.of(reason);
    }
}
