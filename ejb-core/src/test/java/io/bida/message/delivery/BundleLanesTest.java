package io.bida.message.delivery;

import static io.bida.message.MessageToSend.aMessage;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.lifecycle.Position;
import io.bida.message.store.Bundle;
import io.bida.message.store.Deliveries;
import io.bida.message.store.InMemoryMessageStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An act that throws, which none of ours should: its caller is answered, and the others go on. */
class BundleLanesTest {

    private final QueueUnderTest queue = new QueueUnderTest(new InMemoryMessageStore(), Runnable::run);
    private final QueueSteps steps = new QueueSteps(queue.id, queue.services, () -> {});
    private final LocalPartition partition = new LocalPartition(queue.queue(), steps, 0);
    private final BundleLanes lanes = new BundleLanes(partition, steps);
    private final long bundle = Position.bundle(queue.send(aMessage("m")).id().position());
    private final List<String> outcomes = new ArrayList<>();

    private final class Act extends BundleAct {
        private final String throwing;

        private Act(String throwing) {
            this.throwing = throwing;
        }

        @Override
        void decide(Deliveries.Change change, @Nullable Bundle loaded, long nowMillis) {
            throwIf("decide");
        }

        @Override
        void done() {
            throwIf("done");
            outcomes.add("done");
        }

        @Override
        void failed(ServiceException reason) {
            assertThat(reason).isInstanceOf(ServiceUnavailableException.class);
            outcomes.add("failed");
        }

        private void throwIf(String step) {
            if (throwing.equals(step)) {
                throw new IllegalStateException("as if there were an error in it");
            }
        }
    }

    @Test
    void actThatCannotBeDecidedFailsAloneAndTheQueueGoesOn() {
        lanes.act(bundle, new Act("never"));
        lanes.act(bundle, new Act("decide"));
        lanes.act(bundle, new Act("never"));

        lanes.decideActs();

        assertThat(outcomes).containsExactlyInAnyOrder("done", "failed", "done");
        assertThat(lanes.isIdle()).isTrue();
        assertThat(queue.isOver()).isFalse();
        assertThat(queue.receiveAll()).containsExactly("m");
    }

    @Test
    void actWhoseEndThrowsIsAnsweredAndTheQueueIsReadAgain() {
        lanes.act(bundle, new Act("done"));
        lanes.act(bundle, new Act("never"));

        lanes.decideActs();

        assertThat(outcomes).containsExactlyInAnyOrder("done", "failed");
        assertThat(lanes.isIdle()).isTrue();
        assertThat(queue.isOver()).isTrue();
        queue.restart();
        assertThat(queue.receiveAll()).containsExactly("m");
    }
}
