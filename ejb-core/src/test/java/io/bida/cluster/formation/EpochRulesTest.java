package io.bida.cluster.formation;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.cluster.ClusterNode;
import io.bida.cluster.formation.NodeStatus.State;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How many copies an epoch counts on, and whom a start of all waits for because of that; the rules alone. */
class EpochRulesTest {

    private static final UUID CLUSTER = new UUID(1, 1);

    private final ClusterNode a = run("a");
    private final ClusterNode b = run("b");
    private final ClusterNode c = run("c");
    private final ClusterNode d = run("d");
    private final ClusterNode e = run("e");
    private int hosts = 5;
    private int minCopies = 3;

    private static ClusterNode run(String name) {
        return new ClusterNode(name, UUID.randomUUID());
    }

    private static Epoch epoch(long number, int copies, ClusterNode... members) {
        return new Epoch(number, UUID.randomUUID(), Arrays.asList(members), copies, true, false);
    }

    private static ClusterRecord knows(Epoch confirmed) {
        return new ClusterRecord(CLUSTER, 0, confirmed, List.of());
    }

    private NodeStatus node(ClusterNode run, State state, @Nullable ClusterRecord record) {
        return new NodeStatus(
                run, state, hosts, minCopies, List.of(), Optional.ofNullable(record), Optional.empty(), true);
    }

    private NodeStatus replaying(NodeStatus waiting, StartPlan plan) {
        return new NodeStatus(
                waiting.node(),
                State.REPLAYING,
                hosts,
                minCopies,
                List.of(),
                waiting.record(),
                Optional.of(plan),
                true);
    }

    private static Epoch proposed(EpochVerdict verdict) {
        assertThat(verdict).isInstanceOf(EpochVerdict.Propose.class);
        return ((EpochVerdict.Propose) verdict).epoch();
    }

    @Test
    void fewerMembersThanCopiesMakeNoEpochThatCountsOnAllOfThem() {
        Epoch three = epoch(7, 3, a, b, c);
        Epoch two = proposed(EpochRules.next(
                List.of(node(a, State.STALLED, knows(three)), node(b, State.STALLED, knows(three))),
                false,
                Optional.empty()));
        Epoch whole = proposed(EpochRules.next(
                List.of(node(a, State.SERVING, knows(two)), node(b, State.SERVING, knows(two))),
                true,
                Optional.empty()));
        ClusterRecord newcomer = ClusterRecord.newcomer(CLUSTER, whole.number());
        Epoch all = proposed(EpochRules.next(
                List.of(
                        node(a, State.STALLED, knows(whole)),
                        node(b, State.STALLED, knows(whole)),
                        node(run("c"), State.JOINING, knows(three)),
                        node(d, State.JOINING, newcomer),
                        node(e, State.JOINING, newcomer)),
                false,
                Optional.empty()));

        assertThat(whole.copies()).isEqualTo(2);
        assertThat(all.copies()).isEqualTo(2);
        // All lose power while copies move, and those that had all are late.
        NodeStatus self = node(run("c"), State.WAITING, knows(all));
        List<NodeStatus> late =
                List.of(self, node(run("d"), State.WAITING, knows(all)), node(run("e"), State.WAITING, knows(all)));
        assertThat(StartRules.decide(self, late, false)).isInstanceOf(StartVerdict.Wait.class);
    }

    @Test
    void moreCopiesAreCountedOnlyOnceTheyAreThere() {
        minCopies = 2;
        Epoch two = epoch(4, 2, a, b);
        minCopies = 3;
        ClusterRecord newcomer = ClusterRecord.newcomer(CLUSTER, 4);
        List<NodeStatus> grown = List.of(
                node(a, State.STALLED, knows(two)),
                node(b, State.STALLED, knows(two)),
                node(c, State.JOINING, newcomer));

        assertThat(proposed(EpochRules.next(grown, false, Optional.empty())).copies())
                .isEqualTo(2);
        assertThat(proposed(EpochRules.next(grown, true, Optional.empty())).copies())
                .isEqualTo(3);
    }

    @Test
    void completeCopiesOfWhatIsLeftDoNotHideThatLastCopiesMayHaveLeft() {
        minCopies = 2;
        Epoch five = epoch(3, 2, a, b, c, d, e);
        List<NodeStatus> left = List.of(
                node(a, State.STALLED, knows(five)),
                node(b, State.STALLED, knows(five)),
                node(c, State.STALLED, knows(five)));

        assertThat(EpochRules.next(left, false, Optional.empty())).isInstanceOf(EpochVerdict.Restart.class);
        assertThat(EpochRules.next(left, true, Optional.empty())).isInstanceOf(EpochVerdict.Restart.class);
    }

    @Test
    void whoeverLeavesWhileMessagesArePutBackIsWaitedForAsAtTheStart() {
        Epoch base = epoch(9, 2, a, b, c, d, e);
        NodeStatus a2 = node(run("a"), State.WAITING, knows(base));
        NodeStatus b2 = node(run("b"), State.WAITING, knows(base));
        NodeStatus c2 = node(run("c"), State.WAITING, knows(base));
        NodeStatus e2 = node(run("e"), State.WAITING, knows(base));
        assertThat(StartRules.decide(a2, List.of(a2, b2, e2), false)).isInstanceOf(StartVerdict.Wait.class);
        StartVerdict begin = StartRules.decide(a2, List.of(a2, b2, c2, e2), false);
        assertThat(begin).isInstanceOf(StartVerdict.Begin.class);
        StartPlan plan = ((StartVerdict.Begin) begin).plan();

        List<NodeStatus> withoutC = List.of(replaying(a2, plan), replaying(b2, plan), replaying(e2, plan));
        List<NodeStatus> withC =
                List.of(replaying(a2, plan), replaying(b2, plan), replaying(c2, plan), replaying(e2, plan));

        assertThat(EpochRules.next(withoutC, true, Optional.empty())).isInstanceOf(EpochVerdict.Wait.class);
        assertThat(proposed(EpochRules.next(withC, true, Optional.empty())).copies())
                .isEqualTo(3);
    }

    @Test
    void aNodeWithANewDiskRulesOutNothingThatWasBefore() {
        hosts = 4;
        minCopies = 2;
        Epoch one = epoch(1, 2, a, b, c);
        Epoch two = epoch(2, 2, a, b, c, d);
        ClusterRecord acceptedTwo = new ClusterRecord(CLUSTER, 0, one, List.of(two));
        NodeStatus b2 = node(run("b"), State.WAITING, acceptedTwo);
        NodeStatus c2 = node(run("c"), State.WAITING, acceptedTwo);

        // Only a, which is late, knows that the second is confirmed; d has lost its disk.
        EpochHistory afterwards =
                EpochHistory.of(List.of(b2, c2, node(run("d"), State.WAITING, ClusterRecord.newcomer(CLUSTER, 2))));
        EpochHistory before =
                EpochHistory.of(List.of(b2, c2, node(run("d"), State.WAITING, ClusterRecord.newcomer(CLUSTER, 1))));

        assertThat(afterwards.latest()).isEqualTo(two);
        assertThat(before.latest()).isEqualTo(one);
    }
}
