package io.bida.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bida.time.ClockMovedByHand;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterClocksTest {

    private final TestChannels channels = new TestChannels("clocks");
    private final ClockMovedByHand clock = new ClockMovedByHand();
    private final ClockMovedByHand otherClock = new ClockMovedByHand();
    private JGroupsCalls a;
    private TestChannels.Node nodeB;
    private JGroupsCalls b;
    private ClusterClocks clocks;

    @BeforeEach
    void connect() throws Exception {
        a = new JGroupsCalls(channels.node("a").fork("calls"), "calls");
        nodeB = channels.node("b");
        b = new JGroupsCalls(nodeB.fork("calls"), "calls");
        await().until(() -> a.members().size() == 2 && b.members().size() == 2);
        clocks = new ClusterClocks(a, clock, () -> 0);
        new ClusterClocks(b, otherClock, () -> 0);
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
        channels.close();
    }

    private void awaitSkew(long millis) {
        await().untilAsserted(() -> {
            clocks.look();
            assertThat(clocks.skews()).containsOnly(Map.entry("b", new ClusterClocks.Skew(millis, 1)));
        });
    }

    @Test
    void clocksThatAgreeAreNotWarnedOf() {
        awaitSkew(0);

        assertThat(clocks.warned()).isEmpty();
    }

    @Test
    void aSkewIsShownAndWarnedOfUntilItIsGone() {
        otherClock.stepBy(Duration.ofSeconds(120));
        awaitSkew(120_000);
        await().until(() -> clocks.warned().contains("b"));

        clock.stepBy(Duration.ofMillis(120_100));
        awaitSkew(-100);
        await().until(() -> clocks.warned().isEmpty());
    }

    @Test
    void aSkewOfTheLimitIsTolerated() {
        otherClock.stepBy(Duration.ofMillis(500));
        awaitSkew(500);
        assertThat(clocks.warned()).isEmpty();

        otherClock.stepBy(Duration.ofMillis(2));
        awaitSkew(502);
        await().until(() -> clocks.warned().contains("b"));
    }

    @Test
    void aSkewThatMayBeDueToASlowAnswerIsNotWarnedOf() {
        long[] nanos = {0};
        // Each look at this clock finds it two seconds later: the answer took that long.
        ClusterClocks slow = new ClusterClocks(a, clock, () -> nanos[0] += 2_000_000_000L);

        await().untilAsserted(() -> {
            slow.look();
            assertThat(slow.skews()).containsKey("b");
        });

        assertThat(slow.skews()).containsOnly(Map.entry("b", new ClusterClocks.Skew(1000, 1001)));
        assertThat(slow.warned()).isEmpty();
    }

    @Test
    void aNodeThatLeftIsForgotten() {
        awaitSkew(0);

        nodeB.close();

        await().untilAsserted(() -> {
            clocks.look();
            assertThat(clocks.skews()).isEmpty();
        });
    }
}
