package io.bida.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PauseFenceTest {

    private final TestChannels channels = new TestChannels("fence");
    private final AtomicLong nanos = new AtomicLong();
    private TestChannels.Node nodeA;
    private JGroupsCalls a;
    private JGroupsCalls b;
    private JGroupsCalls c;
    private PauseFence fence;

    @BeforeEach
    void connect() throws Exception {
        nodeA = channels.node("a");
        a = new JGroupsCalls(nodeA.fork("calls"), "calls");
        b = new JGroupsCalls(channels.node("b").fork("calls"), "calls");
        c = new JGroupsCalls(channels.node("c").fork("calls"), "calls");
        await().until(() -> a.members().size() == 3
                && b.members().size() == 3
                && c.members().size() == 3);
        fence = new PauseFence(a, nanos::get);
        new PauseFence(b).look();
        new PauseFence(c).look();
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
        c.close();
        channels.close();
    }

    private void letPass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void aNodeThatIsLookedAtIsNotFenced() {
        for (int i = 0; i < 10; i++) {
            letPass(1000);
            fence.look();
            assertThat(fence.isDown()).isTrue();
        }
    }

    @Test
    void aPausedNodeIsFencedBeforeAnybodyLooks() {
        letPass(2000);

        assertThat(fence.isDown()).isFalse();
    }

    @Test
    void aPausedNodeGoesOnOnceMostMembersSeeTheSameMembers() {
        letPass(2000);
        fence.look();

        assertThat(fence.isDown()).isTrue();
    }

    @Test
    void aPausedNodeThatTheOthersWentOnWithoutStaysFencedUntilTheyTakeItBack() {
        fence.look();
        nodeA.cutOff();
        await().until(() -> b.members().size() == 2 && c.members().size() == 2);
        letPass(2000);
        fence.look();
        assertThat(fence.isDown()).isFalse();

        nodeA.reconnect();

        await().atMost(30, TimeUnit.SECONDS).until(() -> {
            fence.look();
            return fence.isDown();
        });
        assertThat(a.members()).hasSize(3);
        assertThat(b.members()).hasSize(3);
    }
}
