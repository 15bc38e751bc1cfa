package io.bida.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bida.cluster.ClusterCalls.Subject;
import io.bida.cluster.ClusterReport.Node;
import io.bida.cluster.LossVerdict.Reason;
import io.bida.error.ServiceUnavailableException;
import io.bida.time.ClockMovedByHand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
    void aNodeThatCannotEvenBeAskedHoldsUpNobody() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService executor = Executors.newFixedThreadPool(3);
        ExecutorService askers = Executors.newFixedThreadPool(4);
        ClusterService service = service();
        service.connect(
                new CallsThatWaitFor("c", end),
                gone -> {
                    reports.incrementAndGet();
                    return ANodeReport.of("a").build();
                },
                executor);

        List<Future<ClusterReport>> answers = askers.invokeAll(Collections.nCopies(4, service::clusterReport));

        ClusterReport report = answers.get(0).get();
        for (Future<ClusterReport> answer : answers) {
            assertThat(answer.get()).isSameAs(report);
        }
        assertThat(reports).hasValue(1);
        assertThat(report.findNode("b").orElseThrow().state()).isEqualTo(NodeState.SERVING);
        assertThat(report.findNode("c").orElseThrow().state()).isEqualTo(NodeState.NOT_ANSWERING);
        assertThat(report.findNode("c").orElseThrow().detail()).contains("could not even be asked");
        assertThat(later(service).findNode("c").orElseThrow().detail()).contains("an earlier question is not sent yet");

        end.countDown();
        await().until(() -> later(service).findNode("c").orElseThrow().state() == NodeState.SERVING);
        askers.shutdown();
        executor.shutdown();
    }

    @Test
    void aNodeThatDoesNotGetToSayHowItIsSaysThatMuch() {
        ClusterService service = service();
        CountDownLatch end = new CountDownLatch(1);
        service.connect(
                new CallsThatWaitFor("nobody", end), gone -> ANodeReport.of("a").build(), never -> {});

        assertThatThrownBy(service::clusterReport)
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("does not get to say");
    }

    /** Node a of three, which answer at once; but sending to one of them takes until the end. */
    private record CallsThatWaitFor(String slow, CountDownLatch end) implements ClusterCalls {

        @Override
        public ClusterNode self() {
            return members().get(0);
        }

        @Override
        public List<ClusterNode> members() {
            return Stream.of("a", "b", "c")
                    .map(name -> new ClusterNode(name, UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))))
                    .toList();
        }

        @Override
        public CompletionStage<byte[]> call(ClusterNode to, Subject subject, byte[] request, Duration limit) {
            if (to.name().equals(slow)) {
                try {
                    assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return CompletableFuture.completedFuture(
                    ANodeReport.of(to.name()).build().bytes());
        }

        @Override
        public void serve(Subject subject, Service service) {}

        @Override
        public void onMembersChange(Consumer<List<ClusterNode>> listener) {}
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
