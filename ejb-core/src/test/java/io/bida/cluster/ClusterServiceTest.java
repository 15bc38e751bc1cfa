package io.bida.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bida.cluster.ClusterCalls.Subject;
import io.bida.cluster.ClusterReport.Node;
import io.bida.cluster.LossVerdict.Reason;
import io.bida.time.ClockMovedByHand;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterServiceTest {

    private final ClockMovedByHand clock = new ClockMovedByHand();
    private final AtomicLong millis = new AtomicLong();
    private final AtomicInteger reports = new AtomicInteger();
    private final TestChannels channels = new TestChannels("reports");

    @AfterEach
    void close() {
        channels.close();
    }

    private ClusterService service() {
        ClusterService service = new ClusterService();
        service.health = new NodeHealth();
        service.clock = clock;
        service.monotonic = millis::get;
        return service;
    }

    private JGroupsCalls calls(TestChannels.Node node) throws Exception {
        return new JGroupsCalls(node.fork("calls"), "calls");
    }

    private ClusterService member(JGroupsCalls calls) {
        ClusterService service = service();
        service.connect(
                calls,
                gone -> {
                    reports.incrementAndGet();
                    ANodeReport own = ANodeReport.of(calls.self().name());
                    gone.forEach(own::missing);
                    return own.build();
                },
                Runnable::run);
        return service;
    }

    private ClusterReport later(ClusterService service) {
        millis.addAndGet(ClusterService.FRESH_MILLIS);
        return service.clusterReport();
    }

    @Test
    void aNodeThatDoesNotKnowYetWhatItIsStarts() {
        ClusterService service = service();
        service.health.becomeUnready("the database is away");

        ClusterReport report = service.clusterReport();

        assertThat(report.standsAlone()).isFalse();
        assertThat(report.nodes())
                .singleElement()
                .satisfies(node -> assertThat(node.state()).isEqualTo(NodeState.STARTING))
                .satisfies(node -> assertThat(node.detail()).isEqualTo("the database is away"));
        assertThat(report.loss().canLoseANode()).isFalse();
    }

    @Test
    void aNodeAloneHasItselfToAsk() {
        ClusterService service = service();
        service.standAlone(gone -> ANodeReport.of("bida").inEpoch(0, "bida").build());

        ClusterReport report = service.clusterReport();

        assertThat(report.standsAlone()).isTrue();
        assertThat(report.loss().reason()).isEqualTo(Reason.STANDS_ALONE);
        assertThat(report.nodes()).hasSize(1);
    }

    @Test
    void everyNodeTellsOfAllAndOneThatHangsIsNotWaitedForLong() throws Exception {
        TestChannels.Node nodeC = channels.node("c");
        try (JGroupsCalls a = calls(channels.node("a"));
                JGroupsCalls b = calls(channels.node("b"));
                JGroupsCalls c = calls(nodeC)) {
            await().until(() -> a.members().size() == 3
                    && b.members().size() == 3
                    && c.members().size() == 3);
            ClusterService asked = member(a);
            member(b);
            member(c);

            assertThat(asked.clusterReport().loss()).isEqualTo(LossVerdict.YES);
            assertThat(asked.clusterReport().nodes()).extracting(Node::name).containsExactly("a", "b", "c");

            c.serve(Subject.REPORT, (from, question) -> new CompletableFuture<>());
            long begun = System.nanoTime();
            ClusterReport report = later(asked);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);

            assertThat(report.findNode("c").orElseThrow().state()).isEqualTo(NodeState.NOT_ANSWERING);
            assertThat(report.findNode("c").orElseThrow().detail()).contains("none within 1000 ms");
            assertThat(report.findNode("b").orElseThrow().state()).isEqualTo(NodeState.SERVING);
            assertThat(took).isBetween(ClusterService.LIMIT.minusMillis(50), ClusterService.LIMIT.multipliedBy(4));
        }
    }

    @Test
    void aNodeThatDiedIsShownForADay() throws Exception {
        TestChannels.Node nodeB = channels.node("b");
        try (JGroupsCalls a = calls(channels.node("a"));
                JGroupsCalls b = calls(nodeB)) {
            await().until(() -> a.members().size() == 2 && b.members().size() == 2);
            ClusterService asked = member(a);
            member(b);
            assertThat(asked.clusterReport().findNode("b").orElseThrow().report())
                    .isPresent();

            nodeB.crash();
            await().until(() -> a.members().size() == 1);

            Node gone = later(asked).findNode("b").orElseThrow();
            assertThat(gone.state()).isEqualTo(NodeState.NOT_ANSWERING);
            assertThat(gone.goneSince()).contains(clock.instant());
        }
    }

    @Test
    void manyWhoLookCostNoMoreThanOneASecond() {
        ClusterService service = service();
        service.standAlone(gone -> {
            reports.incrementAndGet();
            return ANodeReport.of("bida").inEpoch(0, "bida").build();
        });

        ClusterReport first = service.clusterReport();
        millis.addAndGet(ClusterService.FRESH_MILLIS - 1);
        assertThat(service.clusterReport()).isSameAs(first);
        assertThat(reports).hasValue(1);

        millis.addAndGet(1);
        assertThat(service.clusterReport()).isNotSameAs(first);
        assertThat(reports).hasValue(2);
    }

    @Test
    void aNodeThatIsGoneIsForgottenAfterADay() {
        SeenNodes seen = new SeenNodes(clock);
        ClusterNode a = new ClusterNode("a", new UUID(0, 1));
        ClusterNode b = new ClusterNode("b", new UUID(0, 2));
        seen.presentAre(List.of(a, b));
        assertThat(seen.gone()).isEmpty();

        seen.presentAre(List.of(a));
        assertThat(seen.gone()).containsOnlyKeys("b").containsValue(clock.instant());
        clock.moveBy(SeenNodes.MEMORY);
        assertThat(seen.gone()).containsOnlyKeys("b");
        clock.moveBy(Duration.ofMillis(1));
        assertThat(seen.gone()).isEmpty();

        seen.presentAre(List.of(a, b));
        seen.presentAre(List.of(a));
        seen.presentAre(List.of(a, b));
        assertThat(seen.gone()).isEmpty();
    }
}
