package io.bida.cluster.formation;

import io.bida.cluster.ClusterNode;
import io.bida.cluster.formation.NodeStatus.State;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Decides which epoch comes next, from what its members to be say of themselves.
 *
 * <p>It needs more than half of the last confirmed epoch's members, and of every later one that may be confirmed: then
 * of two parts of a cluster one at most goes on, and whoever proposes next meets somebody who knows. The proof is in
 * decision 0011.
 */
final class EpochRules {

    private EpochRules() {}

    /**
     * The next epoch.
     *
     * @param members all that hold messages now, in the members' order
     * @param complete whether every message has all its copies on them
     * @param before the last proposal from here; proposed again if nothing has come between
     */
    static EpochVerdict next(List<NodeStatus> members, boolean complete, Optional<Epoch> before) {
        EpochHistory history = EpochHistory.of(members);
        if (history.conflict().isPresent()) {
            return new EpochVerdict.Wait(history.conflict().get());
        }
        Optional<NodeStatus> refused =
                members.stream().filter(node -> node.state() == State.REFUSED).findAny();
        if (refused.isPresent()) {
            return new EpochVerdict.Wait(refused.get().name() + " must start again");
        }
        boolean first = members.stream().allMatch(node -> node.state() == State.REPLAYING);
        Optional<EpochVerdict> obstacle = first ? notReplayed(members, complete) : outsiders(members, history);
        if (obstacle.isEmpty()) {
            obstacle = first ? tooFewToBegin(members, history) : tooFew(history);
        }
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        // Those that begin hold all that enough of the last members had; asked here again, because one may have left.
        int copies = first ? FormationSettings.COPIES : copiesLeft(members, history);
        if (copies < 1) {
            return new EpochVerdict.Restart(
                    nodes(members),
                    "the last copies of some messages may be on nodes that left epoch " + history.latest()
                            + "; they are put back when these start again together");
        }
        if (complete) {
            copies = Math.min(FormationSettings.COPIES, members.size());
        }
        int leastOfNewOnes = StartRules.minCopies(members);
        if (members.size() >= leastOfNewOnes) {
            copies = Math.min(copies, leastOfNewOnes); // with fewer members nothing new is acknowledged
        }
        return new EpochVerdict.Propose(epoch(members, history, copies, complete, first, before), history.confirmed());
    }

    private static Epoch epoch(
            List<NodeStatus> members,
            EpochHistory history,
            int copies,
            boolean whole,
            boolean begins,
            Optional<Epoch> before) {
        List<ClusterNode> nodes = nodes(members);
        if (before.isPresent()
                && before.get().number() == history.highest()
                && before.get().number() > history.confirmed().number()
                && before.get().members().equals(nodes)
                && before.get().copies() == copies
                && before.get().whole() == whole
                && before.get().begins() == begins) {
            return before.get();
        }
        return new Epoch(history.highest() + 1, UUID.randomUUID(), nodes, copies, whole, begins);
    }

    private static Optional<EpochVerdict> notReplayed(List<NodeStatus> members, boolean complete) {
        StartPlan plan = members.get(0).plan().orElseThrow();
        List<ClusterNode> others = members.stream()
                .filter(node -> !isSame(plan, node.plan().orElseThrow()))
                .map(NodeStatus::node)
                .toList();
        if (!others.isEmpty()) {
            return Optional.of(new EpochVerdict.Restart(others, "the nodes began apart, with different epochs"));
        }
        List<String> replaying = members.stream()
                .filter(node -> !node.replayed())
                .map(NodeStatus::name)
                .toList();
        if (!replaying.isEmpty()) {
            return wait("messages are put back by " + String.join(", ", replaying));
        }
        return complete ? Optional.empty() : wait("waits until every message has all its copies");
    }

    private static boolean isSame(StartPlan one, StartPlan other) {
        return one.clusterId().equals(other.clusterId())
                && one.base().id().equals(other.base().id());
    }

    /** Runs that missed what an epoch without them has done, and so must begin empty. */
    private static Optional<EpochVerdict> outsiders(List<NodeStatus> members, EpochHistory history) {
        Epoch confirmed = history.confirmed();
        List<ClusterNode> outside = members.stream()
                .filter(node -> node.state() == State.REPLAYING || isOutside(node, confirmed))
                .map(NodeStatus::node)
                .toList();
        return outside.isEmpty()
                ? Optional.empty()
                : Optional.of(new EpochVerdict.Restart(
                        outside, "epoch " + confirmed + " was confirmed while this node was not in it"));
    }

    private static boolean isOutside(NodeStatus node, Epoch confirmed) {
        UUID run = node.node().id();
        if (node.confirmed().number() >= confirmed.number() || confirmed.runs().contains(run)) {
            return false;
        }
        return node.state() != State.JOINING
                || node.record().orElseThrow().accepted().stream()
                        .anyMatch(
                                e -> e.number() < confirmed.number() && e.runs().contains(run));
    }

    private static Optional<EpochVerdict> tooFewToBegin(List<NodeStatus> members, EpochHistory history) {
        if (history.latest().isNone() && members.size() < StartRules.majorityOfHosts(members)) {
            return wait("only " + members.size() + " nodes are here, " + StartRules.majorityOfHosts(members)
                    + " are needed to form the cluster");
        }
        return StartRules.awaited(history, members).map(EpochVerdict.Wait::new);
    }

    private static Optional<EpochVerdict> tooFew(EpochHistory history) {
        for (Epoch epoch : history.possible()) {
            Set<String> missing = history.missing(epoch);
            if (!epoch.isNone() && missing.size() * 2 >= epoch.names().size()) {
                return wait("of epoch " + epoch + " more than half are needed; " + String.join(", ", missing)
                        + " are away");
            }
        }
        return Optional.empty();
    }

    /** On how many of these every message is at least, if nothing was copied since a member left. */
    private static int copiesLeft(List<NodeStatus> members, EpochHistory history) {
        Set<UUID> here = new HashSet<>();
        members.forEach(node -> here.add(node.node().id()));
        int least = Integer.MAX_VALUE;
        for (Epoch epoch : history.possible()) {
            Set<UUID> left = new HashSet<>(epoch.runs());
            left.removeAll(here);
            least = Math.min(least, epoch.copies() - left.size());
        }
        return least;
    }

    private static List<ClusterNode> nodes(List<NodeStatus> members) {
        return members.stream().map(NodeStatus::node).toList();
    }

    private static Optional<EpochVerdict> wait(String reason) {
        return Optional.of(new EpochVerdict.Wait(reason));
    }
}
