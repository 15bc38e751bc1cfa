package io.bida.cluster.formation;

import io.bida.cluster.ClusterNode;
import io.bida.cluster.formation.NodeStatus.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * How the cluster comes to its next epoch: the first of the members asks all how they stand, proposes what
 * {@link EpochRules} say, and tells them when all have it on their disks; the others ask that one whether there is
 * news.
 *
 * <p>Used on the formation's one thread.
 */
final class NextEpoch {

    private static final Logger LOG = Logger.getLogger(NextEpoch.class);

    private final Peers peers;
    private final OwnRecord record;
    private final Run run;
    private List<ClusterNode> wanted = List.of();
    private Set<UUID> completeOn = Set.of();
    private Optional<Epoch> proposed = Optional.empty();
    private boolean busy;
    private boolean renew;

    /** The run that is a member. */
    interface Run {

        /** What this node says of itself. */
        NodeStatus own();

        /** Whether the epoch that is confirmed is that of the members of now. */
        boolean isActive();

        /** What it waits for, in words. */
        void waits(String reason);

        /** Takes notice of what another node says of itself. */
        void learn(NodeStatus other);

        /** All members have the epoch on their disks. */
        void confirm(Frames.Proposal confirmed);

        /** Does it, on this thread; what it throws ends the run. */
        void guarded(Runnable task);
    }

    NextEpoch(Peers peers, OwnRecord record, Run run) {
        this.peers = peers;
        this.record = record;
        this.run = run;
    }

    /** The members that the next epoch is to have; the first of them makes it. */
    List<ClusterNode> wanted() {
        return wanted;
    }

    /** These hold messages from now on, in this order. */
    void want(List<ClusterNode> members) {
        wanted = List.copyOf(members);
    }

    /** Every message has all its copies on the disks of these runs. */
    void completeOn(Set<UUID> runs) {
        completeOn = runs;
    }

    /** Whether every message has all its copies on the disks of exactly these runs. */
    boolean isCompleteOn(Set<UUID> runs) {
        return completeOn.equals(runs);
    }

    /** One is needed though the members are the same: a member has accepted a later one that nobody confirmed. */
    void renew() {
        renew = true;
    }

    /** Makes the next epoch if one is needed, or learns of it. */
    void advance() {
        State state = run.own().state();
        boolean takesPart = state != State.WAITING && state != State.REFUSED;
        if (!takesPart || wanted.isEmpty() || busy || !isEpochNeeded()) {
            return;
        }
        boolean coordinates = wanted.get(0).equals(peers.self());
        List<ClusterNode> members = wanted;
        Set<ClusterNode> asked = new LinkedHashSet<>(coordinates ? members : members.subList(0, 1));
        if (coordinates && state == State.REPLAYING) {
            asked.addAll(peers.members());
        }
        busy = true;
        renew = false;
        peers.statuses(asked, run.own())
                .thenAccept(answers -> run.guarded(() -> {
                    busy = false;
                    answers.values().forEach(status -> status.ifPresent(run::learn));
                    if (coordinates && members.equals(wanted) && run.own().state() != State.REFUSED) {
                        next(answers);
                    }
                }));
    }

    private boolean isEpochNeeded() {
        return renew || !run.isActive() || (isComplete() && !record.confirmed().whole());
    }

    private boolean isComplete() {
        return isCompleteOn(wanted.stream().map(ClusterNode::id).collect(Collectors.toSet()));
    }

    private void next(Map<ClusterNode, Optional<NodeStatus>> answers) {
        List<NodeStatus> members = new ArrayList<>();
        for (ClusterNode node : wanted) {
            Optional<NodeStatus> status = answers.getOrDefault(node, Optional.empty());
            if (status.isEmpty() || status.get().state() == State.WAITING) {
                run.waits("waits for an answer of " + node);
                return;
            }
            members.add(status.get());
        }
        for (Optional<NodeStatus> status : answers.values()) {
            // It begins with these, and would have to begin again if they went on without it.
            if (status.isPresent()
                    && (status.get().state() == State.REPLAYING || status.get().state() == State.WAITING)
                    && !wanted.contains(status.get().node())) {
                run.waits("waits until " + status.get().name() + " has opened its store");
                return;
            }
        }
        EpochVerdict verdict = EpochRules.next(members, isComplete(), proposed);
        if (verdict instanceof EpochVerdict.Wait wait) {
            run.waits(wait.reason());
        } else if (verdict instanceof EpochVerdict.Restart restarts) {
            run.waits(restarts.reason());
            tell(peers.ask(restarts.runs(), node -> Frames.restart(restarts.reason())), "restart");
        } else if (verdict instanceof EpochVerdict.Propose propose) {
            propose(propose, members);
        }
    }

    private void propose(EpochVerdict.Propose next, List<NodeStatus> members) {
        UUID cluster = record.get().orElseThrow().clusterId();
        Map<ClusterNode, Long> highest = new HashMap<>();
        members.forEach(node -> highest.put(node.node(), node.highest()));
        proposed = Optional.of(next.epoch());
        run.waits("proposes epoch " + next.epoch());
        busy = true;
        peers.ask(
                        next.epoch().members(),
                        node -> Frames.proposal(
                                Frames.Kind.PROPOSE,
                                new Frames.Proposal(
                                        cluster, next.epoch(), next.confirmed(), highest.getOrDefault(node, 0L))))
                .thenAccept(accepted -> run.guarded(() -> {
                    busy = false;
                    if (accepted.containsValue(false)) {
                        run.waits("epoch " + next.epoch() + " is not accepted by all yet: " + accepted);
                        return;
                    }
                    Frames.Proposal confirmed = new Frames.Proposal(cluster, next.epoch(), Epoch.NONE, 0);
                    run.confirm(confirmed);
                    tell(
                            peers.ask(next.epoch().members(), node -> Frames.proposal(Frames.Kind.CONFIRM, confirmed)),
                            "confirm");
                }));
    }

    private static void tell(CompletionStage<Map<ClusterNode, Boolean>> told, String what) {
        told.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warnf(failure, "Could not tell the others to %s", what); // they learn of it when they ask next
            }
        });
    }
}
