package io.bida.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bida.cluster.ClusterNews.Kind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the other nodes hear that the catalogue has changed, also those that do not at first. */
class ClusterNewsTest {

    private static final ClusterNode SELF = new ClusterNode("self", UUID.randomUUID());
    private static final ClusterNode QUICK = new ClusterNode("quick", UUID.randomUUID());
    private static final ClusterNode DEAF = new ClusterNode("deaf", UUID.randomUUID());

    private final Calls calls = new Calls();
    private final ClusterNews news = new ClusterNews();
    private final Queue<Runnable> pausesOver = new LinkedBlockingQueue<>();

    /** Calls to the others, one of which does not answer the first ones. */
    private static final class Calls implements ClusterCalls {
        private final List<ClusterNode> asked = new ArrayList<>();
        private final List<Long> heardByTheDeaf = new ArrayList<>();
        private List<ClusterNode> members = List.of(SELF, QUICK, DEAF);
        private int deafFor;

        @Override
        public ClusterNode self() {
            return SELF;
        }

        @Override
        public List<ClusterNode> members() {
            return members;
        }

        @Override
        public CompletionStage<byte[]> call(ClusterNode to, Subject subject, byte[] request, Duration limit) {
            asked.add(to);
            if (to.equals(DEAF) && deafFor-- > 0) {
                return CompletableFuture.failedFuture(new CallFailedException(to, "none within 2000 ms"));
            }
            if (to.equals(DEAF)) {
                heardByTheDeaf.add(ByteBuffer.wrap(request).getLong(2));
            }
            return CompletableFuture.completedFuture(new byte[0]);
        }

        @Override
        public void serve(Subject subject, Service service) {
            assertThat(subject).isEqualTo(Subject.CATALOGUE);
        }

        @Override
        public void onMembersChange(Consumer<List<ClusterNode>> listener) {
            throw new AssertionError("they are looked at when somebody is told");
        }
    }

    @BeforeEach
    void connect() {
        news.connect(calls, pausesOver::add);
    }

    private void goOnAfterThePause() {
        await().until(() -> !pausesOver.isEmpty());
        pausesOver.remove().run();
    }

    @Test
    void nodeThatDidNotHearIsToldAgainUntilItDoes() {
        calls.deafFor = 3;

        news.tell(Kind.QUEUE, 17);
        goOnAfterThePause();
        goOnAfterThePause();
        assertThat(calls.heardByTheDeaf).isEmpty();
        goOnAfterThePause();

        assertThat(calls.heardByTheDeaf).containsExactly(17L);
        assertThat(calls.asked).containsExactly(QUICK, DEAF, DEAF, DEAF, DEAF);
    }

    @Test
    void nodeThatLeftIsNotToldAgain() {
        calls.deafFor = 1;
        news.tell(Kind.QUEUE, 17);

        calls.members = List.of(SELF, QUICK);
        goOnAfterThePause();

        assertThat(calls.asked).containsExactly(QUICK, DEAF);
    }
}
