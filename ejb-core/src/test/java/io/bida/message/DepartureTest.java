package io.bida.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bida.cluster.JGroupsCalls;
import io.bida.cluster.TestChannels;
import io.bida.message.Departure.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real calls between nodes in one process; the copies are what the test says, and time runs ten times as fast. */
class DepartureTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final TestChannels channels = new TestChannels("departure");
    private final List<Node> nodes = new ArrayList<>();
    private volatile boolean complete = true;
    private volatile boolean taken = true;

    private final class Node implements Departure.Copies {
        private final TestChannels.Node channel;
        private final JGroupsCalls calls;
        private final Departure departure;
        private final Set<UUID> takenOver = ConcurrentHashMap.newKeySet();

        private Node(String name) throws Exception {
            channel = channels.node(name);
            calls = new JGroupsCalls(channel.fork("calls"), "calls");
            departure = new Departure(calls, 2, this, () -> System.nanoTime() * 10);
        }

        @Override
        public boolean areComplete() {
            return complete;
        }

        @Override
        public void handOver(UUID run) {
            takenOver.add(run);
        }

        @Override
        public boolean areHandedOver(UUID run) {
            return taken && nodes.stream().allMatch(node -> node.takenOver.contains(run));
        }

        private UUID id() {
            return calls.self().id();
        }

        /** What comes of it; the node is gone afterwards. */
        private CompletableFuture<Outcome> leave(Duration limit) {
            return CompletableFuture.supplyAsync(() -> {
                try {
                    Outcome outcome = departure.leave(limit);
                    calls.close();
                    channel.close();
                    return outcome;
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    private void start(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            nodes.add(new Node("n" + i));
        }
        await().until(() -> nodes.stream().allMatch(node -> node.calls.members().size() == count));
    }

    private void runsFor(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }

    @AfterEach
    void close() {
        channels.close();
    }

    @Test
    void aNodeLeavesWhenAllOthersHaveTakenOver() throws Exception {
        start(3);
        taken = false;

        CompletableFuture<Outcome> leaving = nodes.get(1).leave(LONG);

        await().untilAsserted(() -> assertThat(nodes)
                .allMatch(node -> node.takenOver.contains(nodes.get(1).id())));
        runsFor(Duration.ofMillis(500));
        assertThat(leaving).isNotDone();
        taken = true;
        assertThat(leaving).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Outcome.HANDED_OVER);
    }

    @Test
    void theFirstMemberLeavesToo() throws Exception {
        start(3);

        assertThat(nodes.get(0).leave(LONG))
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(Outcome.HANDED_OVER);
    }

    @Test
    void nobodyLeavesWhileCopiesAreIncomplete() throws Exception {
        start(3);
        complete = false;

        CompletableFuture<Outcome> leaving = nodes.get(2).leave(LONG);

        runsFor(Duration.ofSeconds(1));
        assertThat(leaving).isNotDone();
        assertThat(nodes).allMatch(node -> node.takenOver.isEmpty());
        complete = true;
        assertThat(leaving).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Outcome.HANDED_OVER);
    }

    @Test
    void oneLeavesAfterTheOtherAndTheLastThatMustStayWaitsUntilItsTimeIsOver() throws Exception {
        start(3);
        CompletableFuture<Outcome> one = nodes.get(1).leave(Duration.ofSeconds(60));
        CompletableFuture<Outcome> other = nodes.get(2).leave(Duration.ofSeconds(60));

        // Two nodes must stay: whoever is second waits until its time is over.
        List<Outcome> outcomes = List.of(one.get(60, TimeUnit.SECONDS), other.get(60, TimeUnit.SECONDS));
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.HANDED_OVER, Outcome.TIMED_OUT);
        assertThat(nodes.get(0).takenOver).hasSize(1);
    }

    @Test
    void whenAllStopNobodyWaitsAndNothingIsHandedOver() throws Exception {
        start(3);

        List<CompletableFuture<Outcome>> all =
                nodes.stream().map(node -> node.leave(LONG)).toList();

        assertThat(all)
                .allSatisfy(each ->
                        assertThat(each).succeedsWithin(Duration.ofSeconds(15)).isEqualTo(Outcome.WITH_ALL));
        assertThat(nodes).allMatch(node -> node.takenOver.isEmpty());
    }

    @Test
    void aNodeThatIsAloneDoesNotWait() throws Exception {
        start(1);

        assertThat(nodes.get(0).leave(LONG))
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo(Outcome.WITH_ALL);
    }

    @Test
    void whatTakesTooLongIsGivenUp() throws Exception {
        start(3);
        taken = false;

        assertThat(nodes.get(1).leave(Duration.ofSeconds(30)))
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(Outcome.TIMED_OUT);
    }
}
