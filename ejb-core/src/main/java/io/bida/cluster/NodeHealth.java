package io.bida.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether this node can keep its promises now. Safe for use by any thread. */
@ApplicationScoped
public class NodeHealth {

    private volatile Supplier<ClusterStatus> clusterStatus = () -> ClusterStatus.ALONE;
    private volatile Optional<String> unreadyReason = Optional.of("the node is starting");

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

    /** From now on the node serves. */
    public void becomeReady() {
        unreadyReason = Optional.empty();
    }

    /** From now on the node does not serve. */
    public void becomeUnready(String reason) {
        unreadyReason = Optional.of(reason);
    }
}
