package io.bida.cluster.formation;

import io.bida.cluster.formation.NodeStatus.State;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Decides how a node begins, from what all reachable nodes say of themselves.
 *
 * <p>Beside a cluster that serves it begins empty. Without one, enough of the last epoch's members must be here: so
 * many that no later epoch can exist among those that are away, that every acknowledged message has a copy here, and
 * that the others cannot begin without these. Why each rule holds is in decision 0011.
 */
final class StartRules {

    private StartRules() {}

    /**
     * What this node is to do.
     *
     * @param all this node and every other that answers, in the members' order
     * @param unclaimed whether this node has messages that no epoch of a cluster holds: its own of a time before
     */
    static StartVerdict decide(NodeStatus self, List<NodeStatus> all, boolean unclaimed) {
        Optional<NodeStatus> twin = twin(self, all);
        if (twin.isPresent()) {
            return new StartVerdict.Refuse("another node of the cluster is named " + self.name()
                    + " already; every node needs a name of its own");
        }
        List<NodeStatus> here =
                all.stream().filter(node -> node.state() != State.REFUSED).toList();
        Optional<NodeStatus> serving = here.stream()
                .filter(node -> node.state() == State.SERVING)
                .max((a, b) ->
                        Long.compare(a.confirmed().number(), b.confirmed().number()));
        if (serving.isPresent()) {
            return join(self, serving.get(), unclaimed);
        }
        Set<String> between = names(here, State.STALLED, State.JOINING);
        if (!between.isEmpty()) {
            return new StartVerdict.Wait(
                    "waits for " + String.join(", ", between) + ", which held messages lately and cannot serve now");
        }
        Optional<StartPlan> begun = here.stream()
                .filter(node -> node.state() == State.REPLAYING)
                .flatMap(node -> node.plan().stream())
                .max((a, b) -> Long.compare(a.base().number(), b.base().number()));
        return begun.isPresent() ? follow(self, begun.get(), unclaimed) : begin(self, here, unclaimed);
    }

    private static Optional<NodeStatus> twin(NodeStatus self, List<NodeStatus> all) {
        boolean isBeforeSelf = true;
        for (NodeStatus other : all) {
            if (other.node().equals(self.node())) {
                isBeforeSelf = false;
            } else if (other.name().equals(self.name())
                    && other.state() != State.REFUSED
                    && (isBeforeSelf || other.state() != State.WAITING)) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    private static StartVerdict join(NodeStatus self, NodeStatus serving, boolean unclaimed) {
        UUID cluster = serving.record().orElseThrow().clusterId();
        Epoch mine = self.confirmed();
        Epoch theirs = serving.confirmed();
        if (!mine.isNone() && !self.record().orElseThrow().clusterId().equals(cluster)) {
            return foreign(self, cluster);
        }
        if (mine.number() > theirs.number()
                || (mine.number() == theirs.number() && !mine.id().equals(theirs.id()))) {
            return new StartVerdict.Refuse("this node was in epoch " + mine + ", and " + serving.name()
                    + " serves epoch " + theirs + ", which does not know of that: what serves is older than what"
                    + " this node holds. Stop those that serve and start all nodes again; or move this node's data"
                    + " directory away and let it join empty");
        }
        return unclaimed ? unclaimed() : new StartVerdict.Join(cluster);
    }

    private static StartVerdict follow(NodeStatus self, StartPlan plan, boolean unclaimed) {
        Epoch mine = self.confirmed();
        if (!mine.isNone() && !self.record().orElseThrow().clusterId().equals(plan.clusterId())) {
            return foreign(self, plan.clusterId());
        }
        if (mine.number() > plan.base().number()) {
            return new StartVerdict.Refuse("this node was in epoch " + mine + ", and the others begin with epoch "
                    + plan.base() + ", which is older. Stop them and start all nodes again");
        }
        return unclaimed && !plan.base().isNone() && !self.has(plan.base())
                ? unclaimed()
                : new StartVerdict.Follow(plan);
    }

    private static StartVerdict begin(NodeStatus self, List<NodeStatus> here, boolean unclaimed) {
        EpochHistory history = EpochHistory.of(here);
        if (history.conflict().isPresent()) {
            return new StartVerdict.Refuse(history.conflict().get());
        }
        Epoch latest = history.latest();
        if (latest.isNone()) {
            int needed = majorityOfHosts(here);
            if (here.size() < needed) {
                return new StartVerdict.Wait("the cluster is not formed yet, and nobody here has been in one: "
                        + here.size() + " of " + hosts(here) + " nodes are here, " + needed + " are needed");
            }
        } else if (unclaimed && !self.has(latest)) {
            return unclaimed();
        }
        Optional<String> awaited = awaited(history, here);
        if (awaited.isPresent()) {
            return new StartVerdict.Wait(awaited.get());
        }
        UUID cluster = history.clusterId().orElseGet(UUID::randomUUID);
        return new StartVerdict.Begin(
                new StartPlan(UUID.randomUUID(), cluster, latest, List.copyOf(history.believed())));
    }

    /** Whom these wait for before they may go on with what they hold, and why; empty if for nobody. */
    static Optional<String> awaited(EpochHistory history, List<NodeStatus> here) {
        Set<String> givenUp = givenUp(here);
        for (Epoch epoch : history.possible()) {
            Set<String> counted = less(epoch.names(), givenUp);
            Set<String> missing = less(history.missing(epoch), givenUp);
            if (!counted.isEmpty() && missing.size() * 2 >= counted.size()) {
                return Optional.of(waitsFor(epoch, missing, "more than half of its members must be here"));
            }
        }
        Epoch latest = history.latest();
        Set<String> believed = history.believed();
        int unbelieved = latest.names().size() - believed.size();
        int spare = Math.max(0, latest.copies() - 1 - unbelieved);
        believed.retainAll(less(history.missing(latest), givenUp));
        return believed.size() <= spare
                ? Optional.empty()
                : Optional.of(waitsFor(
                        latest, believed, "not more than " + spare + " of them may be away, or messages might be too"));
    }

    private static String waitsFor(Epoch epoch, Set<String> missing, String why) {
        return "the last known epoch is " + epoch + "; waits for " + String.join(", ", new TreeSet<>(missing)) + ": "
                + why + ". If they are lost for good, name them in bida.cluster.go-without";
    }

    private static Set<String> less(Set<String> names, Set<String> without) {
        Set<String> left = new LinkedHashSet<>(names);
        left.removeAll(without);
        return left;
    }

    private static StartVerdict foreign(NodeStatus self, UUID cluster) {
        return new StartVerdict.Refuse("this node's messages belong to cluster "
                + self.record().orElseThrow().clusterId() + ", and the nodes it reaches are cluster " + cluster
                + ". Give it the right hosts; or move its data directory away and let it join empty");
    }

    private static StartVerdict unclaimed() {
        return new StartVerdict.Refuse("this node holds messages that are in no cluster, and the nodes it reaches have"
                + " a cluster already; its messages would be lost. Keep it apart; or move its directory of messages"
                + " away and let it join empty");
    }

    /** The names that any of these nodes' operators has given up, less those that are here after all. */
    static Set<String> givenUp(Collection<NodeStatus> here) {
        Set<String> names = new HashSet<>();
        here.forEach(node -> names.addAll(node.goWithout()));
        here.forEach(node -> names.remove(node.name()));
        return names;
    }

    /** More than half of the configured nodes. */
    static int majorityOfHosts(Collection<NodeStatus> here) {
        return hosts(here) / 2 + 1;
    }

    /** The fewest copies that an acknowledged message can have, as any of these nodes is configured. */
    static int minCopies(Collection<NodeStatus> here) {
        return here.stream().mapToInt(NodeStatus::minCopies).min().orElse(1);
    }

    private static int hosts(Collection<NodeStatus> here) {
        return here.stream().mapToInt(NodeStatus::hosts).max().orElse(1);
    }

    private static Set<String> names(List<NodeStatus> nodes, State one, State other) {
        Set<String> names = new TreeSet<>();
        nodes.stream()
                .filter(node -> node.state() == one || node.state() == other)
                .forEach(node -> names.add(node.name()));
        return names;
    }
}
