package io.bida.cluster.formation;

import io.bida.cluster.ClusterNode;
import io.bida.cluster.formation.NodeStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How a run finds out how to begin: looks at the other nodes until {@link StartRules} say what to do, and where all
 * begin together, agrees with them on one plan in two steps.
 *
 * <p>Used on the formation's one thread.
 */
final class Beginning {

    private static final Logger LOG = Logger.getLogger(Beginning.class);

    private final Peers peers;
    private final BooleanSupplier holdsUnclaimed;
    private final Run run;
    private boolean busy;
    private @Nullable StartPlan prepared;
    private List<ClusterNode> preparedAmong = List.of();

    /** The run that is to begin. */
    interface Run {

        /** What this node says of itself. */
        NodeStatus own();

        /** It goes on waiting, for this reason in words. */
        void waits(String reason);

        /** The operator has to decide. */
        void refuse(String reason);

        /** It begins empty beside these, some of which serve. */
        void join(UUID clusterId, List<NodeStatus> all);

        /** It begins together with others. */
        void begin(StartPlan plan);

        /** Does it, on this thread; what it throws ends the run. */
        void guarded(Runnable task);
    }

    /**
     * A beginning that has not looked around yet.
     *
     * @param holdsUnclaimed whether this node has messages that no epoch holds
     */
    Beginning(Peers peers, BooleanSupplier holdsUnclaimed, Run run) {
        this.peers = peers;
        this.holdsUnclaimed = holdsUnclaimed;
        this.run = run;
    }

    /** Asks the others, and begins if it can; to be called again and again while this node waits. */
    void look() {
        if (busy) {
            return;
        }
        busy = true;
        List<ClusterNode> among = peers.members();
        List<ClusterNode> others = new ArrayList<>(among);
        others.remove(peers.self());
        peers.statuses(others, run.own())
                .thenAccept(answers -> run.guarded(() -> {
                    busy = false;
                    if (isWaiting()) {
                        consider(among, answers);
                    }
                }));
    }

    private void consider(List<ClusterNode> among, Map<ClusterNode, Optional<NodeStatus>> answers) {
        List<NodeStatus> all = new ArrayList<>();
        for (ClusterNode node : among) {
            Optional<NodeStatus> status =
                    node.equals(peers.self()) ? Optional.of(run.own()) : answers.getOrDefault(node, Optional.empty());
            if (status.isEmpty()) {
                run.waits("waits for an answer of " + node);
                return;
            }
            all.add(status.get());
        }
        StartVerdict verdict = StartRules.decide(run.own(), all, holdsUnclaimed.getAsBoolean());
        if (verdict instanceof StartVerdict.Wait wait) {
            run.waits(wait.reason());
        } else if (verdict instanceof StartVerdict.Refuse refuse) {
            run.refuse(refuse.reason());
        } else if (verdict instanceof StartVerdict.Join join) {
            run.join(join.clusterId(), all);
        } else if (verdict instanceof StartVerdict.Follow follow) {
            run.begin(follow.plan());
        } else if (verdict instanceof StartVerdict.Begin begin) {
            agree(begin.plan(), among, all);
        }
    }

    private boolean isWaiting() {
        return run.own().state() == State.WAITING;
    }

    /** The first of those that wait asks all others whether they can begin so too, then tells them to. */
    private void agree(StartPlan next, List<ClusterNode> among, List<NodeStatus> all) {
        List<ClusterNode> participants = all.stream()
                .filter(node -> node.state() == State.WAITING)
                .map(NodeStatus::node)
                .toList();
        if (!participants.get(0).equals(peers.self())) {
            run.waits("waits for " + participants.get(0) + " to begin together");
            return;
        }
        busy = true;
        peers.ask(participants, node -> Frames.plan(Frames.Kind.PREPARE, next))
                .thenCompose(agreed -> {
                    if (agreed.containsValue(false) || !among.equals(peers.members())) {
                        return CompletableFuture.completedFuture(agreed);
                    }
                    return peers.ask(participants, node -> Frames.plan(Frames.Kind.START, next));
                })
                .thenAccept(done -> run.guarded(() -> {
                    busy = false;
                    LOG.debugf("Plan %s: %s", next, done);
                }));
    }

    /** Whether this node will begin so, if it is told to and nobody comes or goes meanwhile. */
    boolean prepare(StartPlan next) {
        if (!isWaiting()) {
            return false;
        }
        prepared = next;
        preparedAmong = peers.members();
        return true;
    }

    /** Whether this node begins so, or has begun so. */
    boolean startAsPrepared(StartPlan next) {
        if (run.own().plan().filter(begun -> begun.id().equals(next.id())).isPresent()) {
            return true;
        }
        StartPlan mine = prepared;
        if (!isWaiting() || mine == null || !mine.id().equals(next.id()) || !preparedAmong.equals(peers.members())) {
            return false;
        }
        run.begin(next);
        return true;
    }
}
