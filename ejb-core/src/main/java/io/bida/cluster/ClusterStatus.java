package io.bida.cluster;

import java.util.List;
import java.util.Map;

/**
 * The cluster as one node sees it, for operators.
 *
 * @param node the node's name
 * @param state what it does: SERVING, or what it waits for, in words
 * @param members names of the nodes that hold messages
 * @param epoch number of the membership that is agreed on; 0 before there is one
 * @param minCopies on how many nodes a message is at least when it is acknowledged
 * @param segments into how many segments all messages are split
 * @param segmentsLed how many of them this node leads
 * @param underReplicated how many have fewer copies than the members allow
 * @param isRebalancing whether copies are being moved
 * @param canLoseANode whether any one member may die now without a pause in service
 * @param clockSkews how far the clocks of the other nodes are from this one's, by name
 */
public record ClusterStatus(
        String node,
        String state,
        List<String> members,
        long epoch,
        int minCopies,
        int segments,
        int segmentsLed,
        int underReplicated,
        boolean isRebalancing,
        boolean canLoseANode,
        Map<String, ClusterClocks.Skew> clockSkews) {

    /** The {@link #state} of a node that serves. */
    public static final String SERVING = "SERVING";

    /** A node that is not in a cluster. */
    public static final ClusterStatus ALONE =
            new ClusterStatus("", "ALONE", List.of(), 0, 1, 0, 0, 0, false, false, Map.of());
}
