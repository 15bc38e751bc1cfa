package io.bida.cluster;

import io.bida.cluster.NodeReport.Membership;
import io.bida.cluster.NodeReport.Room;
import io.bida.cluster.NodeReport.Run;
import io.bida.cluster.NodeReport.Segments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Builds what a node says of itself; unless said otherwise it serves, with all copies there are. */
public final class ANodeReport {

    private final String name;
    private NodeState state = NodeState.SERVING;
    private long epoch = 7;
    private List<String> members = List.of("a", "b", "c");
    private int minCopies = 2;
    private int holders = 3;
    private Map<String, Instant> gone = Map.of();
    private int toCopy;
    private int ofCopies;
    private int underReplicated;
    private boolean isComplete = true;

    private ANodeReport(String name) {
        this.name = name;
    }

    /** Of the node of this name, one of a, b and c in epoch 7. */
    public static ANodeReport of(String name) {
        return new ANodeReport(name);
    }

    /** It does this. */
    public ANodeReport in(NodeState other) {
        state = other;
        return this;
    }

    /** It knows this epoch with these members. */
    public ANodeReport inEpoch(long number, String... names) {
        epoch = number;
        members = List.of(names);
        holders = names.length;
        return this;
    }

    /** So many nodes hold messages, because the others leave. */
    public ANodeReport withHolders(int nodes) {
        holders = nodes;
        return this;
    }

    /** Messages must have so many copies. */
    public ANodeReport withMinCopies(int copies) {
        minCopies = copies;
        return this;
    }

    /** It has seen this node, which is gone since then. */
    public ANodeReport missing(String node, Instant since) {
        gone = Map.of(node, since);
        return this;
    }

    /** It still waits for so many of so many copies. */
    public ANodeReport receiving(int left, int all) {
        toCopy = left;
        ofCopies = all;
        isComplete = false;
        return this;
    }

    /** It sees so many segments with too few copies. */
    public ANodeReport lackingCopiesOf(int segments) {
        underReplicated = segments;
        return this;
    }

    /** The report. */
    public NodeReport build() {
        return new NodeReport(
                name,
                state,
                state == NodeState.SERVING ? "" : "waits for something",
                new Run("http://10.0.0.1:8080", "1.2.3", Duration.ofMillis(61_001)),
                new Membership(epoch, members, minCopies, gone),
                new Segments(256, 85, 256, toCopy, ofCopies, 3, 3, underReplicated, isComplete, holders),
                new Room(5L << 40, 512L << 20, 300L << 20, 1L << 30),
                1_234_567_890_123L);
    }
}
