package io.bida.cluster;

import io.bida.cluster.ClusterReport.Copies;
import io.bida.cluster.ClusterReport.Node;
import io.bida.cluster.LossVerdict.Reason;
import io.bida.cluster.NodeReport.Membership;
import io.bida.cluster.NodeReport.Segments;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts together what the nodes said: which ones there are, and what follows for all.
 *
 * @param takenAt when they were asked
 * @param own what the node that asked says of itself
 * @param standsAlone whether it is in no cluster
 */
record ReportAssembly(Instant takenAt, NodeReport own, boolean standsAlone) {

    /** A node that said this. */
    static Node answering(NodeReport report) {
        return new Node(report.name(), report.state(), report.activity(), Optional.of(report), Optional.empty());
    }

    /** A node that is there and said nothing. */
    static Node silent(String name, String reason) {
        return new Node(name, NodeState.NOT_ANSWERING, reason, Optional.empty(), Optional.empty());
    }

    private static Node gone(String name, Optional<Instant> since) {
        return new Node(name, NodeState.NOT_ANSWERING, "it is not there", Optional.empty(), since);
    }

    /** The report, with what the others answered. */
    ClusterReport assemble(List<Node> others) {
        Map<String, Node> nodes = new TreeMap<>();
        nodes.put(own.name(), answering(own));
        // A node that was started again may be there twice until its run before is found dead.
        others.forEach(
                node -> nodes.merge(node.name(), node, (a, b) -> a.report().isPresent() ? a : b));
        List<NodeReport> reports =
                nodes.values().stream().flatMap(node -> node.report().stream()).toList();
        Membership newest = reports.stream()
                .map(NodeReport::membership)
                .max(Comparator.comparingLong(Membership::epoch))
                .orElseThrow();
        reports.forEach(report -> report.membership()
                .gone()
                .forEach((name, since) -> nodes.putIfAbsent(name, gone(name, Optional.of(since)))));
        newest.members().forEach(name -> nodes.putIfAbsent(name, gone(name, Optional.empty())));
        List<String> members = newest.members().stream().sorted().toList();
        return new ClusterReport(
                takenAt,
                own.name(),
                standsAlone,
                newest.epoch(),
                members,
                copies(reports),
                standsAlone ? LossVerdict.no(Reason.STANDS_ALONE, "") : verdict(members, nodes.values()),
                List.copyOf(nodes.values()));
    }

    private Copies copies(List<NodeReport> reports) {
        Segments seen = own.segments();
        return new Copies(
                own.membership().minCopies(),
                seen.wantedCopies(),
                seen.fewestCopies(),
                seen.all(),
                seen.underReplicated(),
                reports.stream().mapToInt(report -> report.segments().toCopy()).sum(),
                reports.stream()
                        .mapToInt(report -> report.segments().ofCopies())
                        .sum(),
                seen.isComplete());
    }

    /** The first obstacle that any member knows of: what this one does not see, another may. */
    private LossVerdict verdict(List<String> names, Collection<Node> nodes) {
        if (!own.state().serves()) {
            return LossVerdict.no(Reason.NOT_SERVING, own.name());
        }
        List<Node> members =
                nodes.stream().filter(node -> names.contains(node.name())).toList();
        for (Node member : members) {
            if (member.state() == NodeState.NOT_ANSWERING) {
                return LossVerdict.no(Reason.NOT_ANSWERING, member.name());
            }
            if (!member.state().serves()) {
                return LossVerdict.no(Reason.NOT_SERVING, member.name());
            }
        }
        List<NodeReport> reports =
                members.stream().flatMap(member -> member.report().stream()).toList();
        if (reports.stream()
                        .map(report -> report.membership().epoch())
                        .distinct()
                        .count()
                > 1) {
            return LossVerdict.no(Reason.MEMBERS_DIFFER, "");
        }
        return reports.stream()
                .map(report -> LossVerdict.of(
                        report.segments(), names.size(), report.membership().minCopies()))
                .filter(verdict -> !verdict.canLoseANode())
                .findFirst()
                .orElse(LossVerdict.YES);
    }
}
