package io.bida.api.management;

import io.bida.cluster.ClusterReport;
import io.bida.cluster.ClusterReport.Copies;
import io.bida.cluster.ClusterReport.Node;
import io.bida.cluster.LossVerdict;
import io.bida.cluster.NodeReport;
import io.bida.cluster.NodeReport.Membership;
import io.bida.cluster.NodeReport.Room;
import io.bida.cluster.NodeReport.Run;
import io.bida.cluster.NodeReport.Segments;
import io.bida.cluster.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a cluster may say of itself. */
final class Reports {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private Reports() {}

    /** Two nodes that serve, and one that died 90 seconds ago. */
    static ClusterReport ofThreeWithOneGone() {
        return new ClusterReport(
                NOW,
                "n1",
                false,
                8,
                List.of("n1", "n2"),
                new Copies(2, 2, 2, 256, 0, 0, 0, true),
                new LossVerdict(LossVerdict.Reason.TOO_FEW_NODES, "2"),
                List.of(
                        serving("n1", 1),
                        serving("n2", 2),
                        new Node(
                                "n3",
                                NodeState.NOT_ANSWERING,
                                "it is not there",
                                Optional.empty(),
                                Optional.of(NOW.minusSeconds(90)))));
    }

    private static Node serving(String name, int number) {
        NodeReport report = new NodeReport(
                name,
                NodeState.SERVING,
                "",
                new Run("http://10.0.0." + number + ":8080", "1.2.3", Duration.ofMillis(61_999)),
                new Membership(8, List.of("n1", "n2"), 2, Map.of()),
                new Segments(256, 128, 256, 0, 0, 2, 2, 0, true, 2),
                new Room(5L << 40, 512L << 20, 300L << 20, 1L << 30),
                1_234_567_890_123L);
        return new Node(name, NodeState.SERVING, "", Optional.of(report), Optional.empty());
    }
}
