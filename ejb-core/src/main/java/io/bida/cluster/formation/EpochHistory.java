package io.bida.cluster.formation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the records of some nodes together say about the cluster's epochs: which is the last that is known to be
 * confirmed, and which later ones may be.
 *
 * <p>An epoch is confirmed once <em>all</em> its members have accepted it. So one that was only accepted, as far as
 * anybody here knows, is impossible as soon as one of its members is here with a record that lacks it: that member
 * accepts nothing older than what it is asked next. A member without a record proves nothing, nor does one whose record
 * was begun later than the epoch; it may have lost its disk.
 */
final class EpochHistory {

    private final List<NodeStatus> nodes;
    private final Optional<UUID> clusterId;
    private final Epoch confirmed;
    private final List<Epoch> open;
    private final Optional<String> conflict;

    private EpochHistory(Collection<NodeStatus> all) {
        conflict = conflict(all);
        clusterId = clusterId(all);
        nodes = all.stream()
                .filter(node -> node.record().isPresent()
                        && Optional.of(node.record().get().clusterId()).equals(clusterId))
                .toList();
        confirmed = nodes.stream()
                .map(NodeStatus::confirmed)
                .max(Comparator.comparingLong(Epoch::number))
                .orElse(Epoch.NONE);
        open = open();
    }

    static EpochHistory of(Collection<NodeStatus> nodes) {
        return new EpochHistory(nodes);
    }

    /** Why these nodes cannot be of one cluster. */
    Optional<String> conflict() {
        return conflict;
    }

    /** The cluster they are of; empty if none of them has a record. */
    Optional<UUID> clusterId() {
        return clusterId;
    }

    /** The last epoch of which one of them knows that it is confirmed. */
    Epoch confirmed() {
        return confirmed;
    }

    /** The confirmed epoch and those later ones that may be confirmed, by number. */
    List<Epoch> possible() {
        List<Epoch> all = new ArrayList<>();
        all.add(confirmed);
        all.addAll(open);
        return all;
    }

    /** The highest of the possible ones. */
    Epoch latest() {
        return open.isEmpty() ? confirmed : open.get(open.size() - 1);
    }

    /**
     * The names of the latest epoch's members whose stores are believed. One that was new in it is not, as long as
     * nobody here knows that the epoch is confirmed: what the others acknowledged without it, it may have missed.
     */
    Set<String> believed() {
        Epoch latest = latest();
        Set<UUID> heldAll = new HashSet<>(confirmed.runs());
        open.stream().filter(Epoch::begins).forEach(epoch -> heldAll.addAll(epoch.runs()));
        Set<String> names = new LinkedHashSet<>();
        latest.members().stream()
                .filter(member -> heldAll.contains(member.id()))
                .forEach(member -> names.add(member.name()));
        return names;
    }

    /** The highest number of an epoch that any of them has accepted. */
    long highest() {
        return nodes.stream().mapToLong(NodeStatus::highest).max().orElse(0);
    }

    /** The names of the epoch's members that are not here, or here without what they knew. */
    Set<String> missing(Epoch epoch) {
        Set<String> missing = new LinkedHashSet<>(epoch.names());
        nodes.stream().filter(node -> node.has(epoch)).map(NodeStatus::name).forEach(missing::remove);
        return missing;
    }

    private List<Epoch> open() {
        Map<UUID, Epoch> later = new LinkedHashMap<>();
        for (NodeStatus node : nodes) {
            for (Epoch epoch : node.record().orElseThrow().accepted()) {
                if (epoch.number() > confirmed.number()) {
                    later.put(epoch.id(), epoch);
                }
            }
        }
        return later.values().stream()
                .filter(epoch -> nodes.stream()
                        .noneMatch(node -> epoch.names().contains(node.name())
                                && node.record().orElseThrow().rulesOut(epoch)))
                .sorted(Comparator.comparingLong(Epoch::number))
                .toList();
    }

    /** A record that was never in a confirmed epoch binds nobody; one that was does. */
    private static Optional<UUID> clusterId(Collection<NodeStatus> all) {
        return all.stream()
                .filter(node -> node.record().isPresent())
                .max(Comparator.<NodeStatus>comparingLong(
                                node -> node.confirmed().number())
                        .thenComparingLong(NodeStatus::highest)
                        .thenComparing(node -> node.record().orElseThrow().clusterId()))
                .map(node -> node.record().orElseThrow().clusterId());
    }

    private static Optional<String> conflict(Collection<NodeStatus> all) {
        Map<UUID, List<String>> namesByCluster = new LinkedHashMap<>();
        Map<Long, UUID> idByNumber = new LinkedHashMap<>();
        for (NodeStatus node : all) {
            Epoch epoch = node.confirmed();
            if (epoch.isNone()) {
                continue;
            }
            UUID cluster = node.record().orElseThrow().clusterId();
            namesByCluster.computeIfAbsent(cluster, c -> new ArrayList<>()).add(node.name());
            UUID other = idByNumber.putIfAbsent(epoch.number(), epoch.id());
            if (namesByCluster.size() == 1 && other != null && !other.equals(epoch.id())) {
                return Optional.of("the nodes of cluster " + cluster + " went separate ways in epoch " + epoch.number()
                        + ": decide whose messages are to be kept, and move the other nodes' data directories away");
            }
        }
        return namesByCluster.size() <= 1
                ? Optional.empty()
                : Optional.of("the nodes belong to different clusters: " + namesByCluster
                        + ". Start only those of one; a node may change over with an empty data directory");
    }
}
