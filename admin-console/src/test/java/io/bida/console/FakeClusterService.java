package io.bida.console;

import io.bida.cluster.ClusterReport;
import io.bida.cluster.ClusterReport.Copies;
import io.bida.cluster.ClusterReport.Node;
import io.bida.cluster.ClusterService;
import io.bida.cluster.LossVerdict;
import io.bida.cluster.LossVerdict.Reason;
import io.bida.cluster.NodeReport;
import io.bida.cluster.NodeReport.Membership;
import io.bida.cluster.NodeReport.Room;
import io.bida.cluster.NodeReport.Run;
import io.bida.cluster.NodeReport.Segments;
import io.bida.cluster.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster that is as a test says; at first a node that stands alone. */
public final class FakeClusterService extends ClusterService {

    /** When its figures were taken. */
    public static final Instant TAKEN_AT = Instant.parse("2026-11-23T11:59:59Z");

    private static final Segments ALONE = new Segments(256, 256, 256, 0, 0, 1, 1, 0, true, 1);

    private final List<Node> nodes = new ArrayList<>(List.of(serving("bida", ALONE)));
    private LossVerdict loss = new LossVerdict(Reason.STANDS_ALONE, "");
    private Copies copies = new Copies(1, 1, 1, 256, 0, 0, 0, true);
    private boolean standsAlone = true;
    private int calls;

    /** From now on these three serve, with all copies. */
    public void becomeThree() {
        standsAlone = false;
        nodes.clear();
        List.of("n1", "n2", "n3").forEach(name -> nodes.add(serving(name, segments(0))));
        loss = LossVerdict.YES;
        copies = new Copies(2, 3, 3, 256, 0, 0, 0, true);
    }

    /** The third has died. */
    public void loseTheThird(String name) {
        nodes.set(
                2,
                new Node(
                        name,
                        NodeState.NOT_ANSWERING,
                        "it is not there",
                        Optional.empty(),
                        Optional.of(TAKEN_AT.minusSeconds(90))));
        judge(Reason.TOO_FEW_NODES, "2");
        copies = new Copies(2, 2, 2, 256, 0, 0, 0, true);
    }

    /** The third joins again and still waits for so many of 512 copies of segments. */
    public void fillTheThird(int toCopy) {
        Node joining = serving("n3", segments(toCopy));
        nodes.set(2, new Node("n3", NodeState.JOINING, "is filled by the others", joining.report(), Optional.empty()));
        judge(Reason.COPIES_MISSING, "256");
        copies = new Copies(2, 3, 2, 256, 256, toCopy, 512, false);
    }

    /** The third hands over to the others, because it stops. */
    public void dismissTheThird() {
        Node leaving = nodes.get(2);
        nodes.set(2, new Node("n3", NodeState.LEAVING, "hands over to the others", leaving.report(), Optional.empty()));
        judge(Reason.TOO_FEW_NODES, "2");
    }

    /** It says this about the loss of a node. */
    public void judge(Reason reason, String fact) {
        loss = new LossVerdict(reason, fact);
    }

    /** How often it was called. */
    public int calls() {
        return calls;
    }

    @Override
    public ClusterReport clusterReport() {
        calls++;
        return new ClusterReport(
                TAKEN_AT,
                nodes.get(0).name(),
                standsAlone,
                standsAlone ? 0 : 1234,
                nodes.stream().map(Node::name).toList(),
                copies,
                loss,
                nodes);
    }

    private static Segments segments(int toCopy) {
        return new Segments(256, 85, toCopy == 0 ? 256 : 0, toCopy, toCopy == 0 ? 0 : 512, 3, 3, 0, toCopy == 0, 3);
    }

    private static Node serving(String name, Segments segments) {
        NodeReport report = new NodeReport(
                name,
                NodeState.SERVING,
                "",
                new Run("http://10.0.0.1:8080", "1.2.3", Duration.ofDays(9).plusMinutes(65)),
                new Membership(1234, List.of(), 2, Map.of()),
                segments,
                new Room((3L << 40) / 2, 512L << 20, 300L << 20, 1L << 30),
                1_234_567_890L);
        return new Node(name, NodeState.SERVING, "", Optional.of(report), Optional.empty());
    }
}
