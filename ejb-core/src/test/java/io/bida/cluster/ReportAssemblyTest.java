package io.bida.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.cluster.ClusterReport.Node;
import io.bida.cluster.LossVerdict.Reason;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportAssemblyTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant EARLIER = NOW.minusSeconds(90);

    private static ClusterReport assemble(ANodeReport own, Node... others) {
        return new ReportAssembly(NOW, own.build(), false).assemble(List.of(others));
    }

    private static ANodeReport report(String name) {
        return ANodeReport.of(name);
    }

    private static Node node(String name) {
        return ReportAssembly.answering(report(name).build());
    }

    private static Node saying(ANodeReport report) {
        return ReportAssembly.answering(report.build());
    }

    private static Node silent(String name) {
        return ReportAssembly.silent(name, "no answer of node " + name + ": none within 1000 ms");
    }

    private static List<String> names(ClusterReport report) {
        return report.nodes().stream().map(Node::name).toList();
    }

    @Test
    void threeCompleteNodesOfWhichTwoMustKeepAMessageCanLoseOne() {
        ClusterReport report = assemble(report("b"), node("c"), node("a"));

        assertThat(report.loss()).isEqualTo(LossVerdict.YES);
        assertThat(report.loss().canLoseANode()).isTrue();
        assertThat(names(report)).containsExactly("a", "b", "c");
        assertThat(report.members()).containsExactly("a", "b", "c");
        assertThat(report.epoch()).isEqualTo(7);
        assertThat(report.askedNode()).isEqualTo("b");
        assertThat(report.takenAt()).isEqualTo(NOW);
        assertThat(report.standsAlone()).isFalse();
    }

    @Test
    void aNodeAloneCannotBeLost() {
        ClusterReport report =
                new ReportAssembly(NOW, report("bida").inEpoch(0, "bida").build(), true).assemble(List.of());

        assertThat(report.standsAlone()).isTrue();
        assertThat(report.loss().reason()).isEqualTo(Reason.STANDS_ALONE);
        assertThat(report.loss().words()).isEqualTo("this node stands alone: there is one copy of every message");
        assertThat(names(report)).containsExactly("bida");
    }

    @Test
    void aMemberThatDoesNotAnswerIsShownAsSuchAndStandsAgainstALoss() {
        ClusterReport report = assemble(report("a"), node("b"), silent("c"));

        Node c = report.findNode("c").orElseThrow();
        assertThat(c.state()).isEqualTo(NodeState.NOT_ANSWERING);
        assertThat(c.detail()).contains("none within 1000 ms");
        assertThat(c.report()).isEmpty();
        assertThat(report.loss()).isEqualTo(new LossVerdict(Reason.NOT_ANSWERING, "c"));
        assertThat(report.loss().words()).isEqualTo("c does not answer");
    }

    @Test
    void aMemberThatIsGoneStandsAgainstALossUntilTheOthersAgreedToGoOnWithoutIt() {
        ClusterReport before = assemble(report("a").missing("c", EARLIER), node("b"));
        assertThat(before.loss()).isEqualTo(new LossVerdict(Reason.NOT_ANSWERING, "c"));

        ClusterReport after = assemble(
                report("a").inEpoch(8, "a", "b").missing("c", EARLIER),
                saying(report("b").inEpoch(8, "a", "b")));
        assertThat(after.loss()).isEqualTo(new LossVerdict(Reason.TOO_FEW_NODES, "2"));
        assertThat(after.findNode("c").orElseThrow().goneSince()).contains(EARLIER);
        assertThat(after.members()).containsExactly("a", "b");
    }

    @Test
    void aNodeThatOnlyAnotherOneRemembersIsShown() {
        ClusterReport report = assemble(report("a"), saying(report("b").missing("d", EARLIER)), node("c"));

        assertThat(report.findNode("d").orElseThrow().goneSince()).contains(EARLIER);
        assertThat(report.loss().canLoseANode()).isTrue();
    }

    @Test
    void aNodeThatIsBackIsNotShownAsGone() {
        ClusterReport report = assemble(report("a").missing("c", EARLIER), node("b"), node("c"));

        assertThat(report.findNode("c").orElseThrow().state()).isEqualTo(NodeState.SERVING);
    }

    @Test
    void ofTwoRunsOfANodeTheOneThatAnswersIsShown() {
        assertThat(assemble(report("a"), silent("c"), node("b"), node("c"))
                        .findNode("c")
                        .orElseThrow()
                        .report())
                .isPresent();
        assertThat(assemble(report("a"), node("c"), node("b"), silent("c"))
                        .findNode("c")
                        .orElseThrow()
                        .report())
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = NodeState.class,
            names = {"STARTING", "JOINING", "REPLAYING", "STALLED"})
    void aMemberThatDoesNotServeStandsAgainstALoss(NodeState state) {
        assertThat(assemble(report("a"), saying(report("b").in(state)), node("c"))
                        .loss())
                .isEqualTo(new LossVerdict(Reason.NOT_SERVING, "b"));
        assertThat(assemble(report("a").in(state), node("b"), node("c")).loss())
                .isEqualTo(new LossVerdict(Reason.NOT_SERVING, "a"));
    }

    @Test
    void aNodeThatJoinsAndIsNoMemberYetDoesNotStandAgainstALoss() {
        Node joining = saying(report("d").in(NodeState.JOINING).inEpoch(0));

        ClusterReport report = assemble(report("a"), node("b"), node("c"), joining);

        assertThat(report.loss().canLoseANode()).isTrue();
    }

    @Test
    void aNodeThatHandedOverIsNoneThatTheOthersCanCountOn() {
        Node leaving = saying(report("c").in(NodeState.LEAVING).withHolders(2));

        ClusterReport report =
                assemble(report("a").withHolders(2), saying(report("b").withHolders(2)), leaving);

        assertThat(report.loss()).isEqualTo(new LossVerdict(Reason.TOO_FEW_NODES, "2"));
        assertThat(report.findNode("c").orElseThrow().state()).isEqualTo(NodeState.LEAVING);
        assertThat(assemble(report("a"), node("b"), leaving).loss().reason())
                .as("what this one does not see, another may")
                .isEqualTo(Reason.TOO_FEW_NODES);
    }

    @Test
    void aNodeThatLeavesDoesNotStandAgainstALossWhereEnoughStay() {
        String[] names = {"a", "b", "c", "d"};
        Node leaving =
                saying(report("d").inEpoch(7, names).in(NodeState.LEAVING).withHolders(3));

        ClusterReport report = assemble(
                report("a").inEpoch(7, names).withHolders(3),
                saying(report("b").inEpoch(7, names).withHolders(3)),
                saying(report("c").inEpoch(7, names).withHolders(3)),
                leaving);

        assertThat(report.loss()).isEqualTo(LossVerdict.YES);
    }

    @Test
    void nodesThatKnowDifferentEpochsStandAgainstALoss() {
        Node ahead = saying(report("b").inEpoch(8, "a", "b", "c"));

        ClusterReport report = assemble(report("a"), ahead, node("c"));

        assertThat(report.epoch()).isEqualTo(8);
        assertThat(report.loss().reason()).isEqualTo(Reason.MEMBERS_DIFFER);
    }

    @Test
    void copiesThatAnyNodeLacksStandAgainstALossAndAreCountedOverAll() {
        ClusterReport report = assemble(
                report("a"),
                saying(report("b").receiving(30, 100)),
                saying(report("c").receiving(5, 70)));

        assertThat(report.loss().reason()).isEqualTo(Reason.COPIES_MISSING);
        assertThat(report.copies().toCopy()).isEqualTo(35);
        assertThat(report.copies().ofCopies()).isEqualTo(170);
        assertThat(assemble(report("a").lackingCopiesOf(12), node("b"), node("c"))
                        .loss()
                        .words())
                .isEqualTo("copies are being made; 12 segments have too few");
    }

    @Test
    void whatIsLeftMustBeEnoughForTheCopiesAndMoreThanHalf() {
        assertThat(ofNodes(2, 2, "a", "b")).isEqualTo(new LossVerdict(Reason.TOO_FEW_NODES, "2"));
        assertThat(ofNodes(3, 3, "a", "b", "c")).isEqualTo(new LossVerdict(Reason.TOO_FEW_NODES, "3"));
        assertThat(ofNodes(2, 1, "a", "b")).isEqualTo(new LossVerdict(Reason.NO_MAJORITY, "2"));
        assertThat(ofNodes(4, 3, "a", "b", "c", "d")).isEqualTo(LossVerdict.YES);
    }

    private static LossVerdict ofNodes(long epoch, int minCopies, String... names) {
        Node[] others = Stream.of(names)
                .skip(1)
                .map(name -> saying(report(name).inEpoch(epoch, names).withMinCopies(minCopies)))
                .toArray(Node[]::new);
        return assemble(report(names[0]).inEpoch(epoch, names).withMinCopies(minCopies), others)
                .loss();
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonHasWords(Reason reason) {
        assertThat(new LossVerdict(reason, "n1").words()).isNotBlank().doesNotContain("%");
    }
}
