package io.bida.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the whole cluster is, as far as the nodes that answered know.
 *
 * @param takenAt when they were asked
 * @param askedNode name of the node that asked them
 * @param standsAlone whether it is in no cluster
 * @param epoch number of the newest membership that one of them knows to be confirmed; 0 if there is none
 * @param members names of the nodes of that epoch, in order; a node that stands alone is its only one
 * @param copies the copies of messages, over all nodes
 * @param loss whether a node may be lost now
 * @param nodes every node that is a member, is there, or was there within a day; by name
 */
public record ClusterReport(
        Instant takenAt,
        String askedNode,
        boolean standsAlone,
        long epoch,
        List<String> members,
        Copies copies,
        LossVerdict loss,
        List<Node> nodes) {

    /** Keeps copies. */
    public ClusterReport {
        members = List.copyOf(members);
        nodes = List.copyOf(nodes);
    }

    /**
     * The copies of messages in the cluster.
     *
     * @param minimum on how many nodes a message is at least when it is acknowledged
     * @param wanted how many copies there should be with as many nodes as there are
     * @param fewest how many complete copies the segment with the fewest has now
     * @param segments into how many segments all messages are split; 0 before the node has opened them
     * @param underReplicated how many segments have fewer copies than wanted
     * @param toCopy copies of segments that nodes still wait for; each of the two caches counts for itself
     * @param ofCopies how many are received altogether in the transfers that run; 0 if none does
     * @param isComplete whether every node has all it should and nothing is on its way
     */
    public record Copies(
            int minimum,
            int wanted,
            int fewest,
            int segments,
            int underReplicated,
            int toCopy,
            int ofCopies,
            boolean isComplete) {}

    /**
     * One node.
     *
     * @param name its name, the same at every run
     * @param state what it does
     * @param detail the same in words, in English: what it waits for, or why there is no answer; empty when it serves
     * @param report what it says of itself; empty if it does not answer
     * @param goneSince when it was last there; empty if it is, or if that is not known
     */
    public record Node(
            String name, NodeState state, String detail, Optional<NodeReport> report, Optional<Instant> goneSince) {}

    /** The node of this name. */
    public Optional<Node> findNode(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }
}
