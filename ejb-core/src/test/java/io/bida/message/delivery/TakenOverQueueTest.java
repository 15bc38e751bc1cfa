package io.bida.message.delivery;

import static io.bida.message.MessageToSend.aMessage;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.message.store.InMemoryMessageStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A queue that another node led before: its last writes may still be under way. */
class TakenOverQueueTest {

    private final InMemoryMessageStore store = new InMemoryMessageStore();
    private final QueueUnderTest before = new QueueUnderTest(store, Runnable::run);

    @Test
    void bundleOfTheLeaderBeforeIsRemovedOnceThatCannotBePuttingItAnyMore() {
        before.send(aMessage("m"));
        QueueUnderTest queue = before.takenOver();
        queue.letPass(Duration.ofSeconds(10));

        queue.delete(queue.receive().receiptHandle());

        queue.letPass(Duration.ofMillis(19_999));
        queue.nothingIsReceivable();
        assertThat(store.bundleCount()).as("which keeps its place").isOne();
        assertThat(store.deliveriesCount()).as("which says that it is deleted").isOne();
        queue.letPass(Duration.ofMillis(1));
        assertThat(store.bundleCount()).isZero();
        assertThat(store.deliveriesCount()).isZero();
    }

    @Test
    void oldBundleOfTheLeaderBeforeIsRemovedAtOnce() {
        before.send(aMessage("m"));
        before.letPass(Duration.ofSeconds(30));
        QueueUnderTest queue = before.takenOver();

        queue.delete(queue.receive().receiptHandle());

        assertThat(store.bundleCount()).isZero();
    }

    @Test
    void ownBundleIsRemovedAtOnce() {
        QueueUnderTest queue = before.takenOver();
        queue.send(aMessage("m"));

        queue.delete(queue.receive().receiptHandle());

        assertThat(store.bundleCount()).isZero();
    }
}
