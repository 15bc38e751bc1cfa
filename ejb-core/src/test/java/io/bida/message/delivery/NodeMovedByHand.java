package io.bida.message.delivery;

import io.bida.message.ReceiptHandles;
import io.bida.message.store.InMemoryMessageStore;
import io.bida.queue.QueueCatalogue;
import io.bida.time.ClockMovedByHand;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The messages of a lone node that keeps them in memory, does everything on the test's thread, and whose time moves by
 * hand.
 */
public final class NodeMovedByHand {

    private final ClockMovedByHand clock = new ClockMovedByHand();
    private final SchedulerMovedByHand scheduler = new SchedulerMovedByHand(clock);
    private final MessageDelivery delivery = new MessageDelivery();

    /** A node that serves these queues. */
    public NodeMovedByHand(QueueCatalogue queues) {
        LocalQueues local = new LocalQueues();
        local.catalogue = queues;
        local.clock = clock;
        local.monotonic = clock::elapsedMillis;
        delivery.localQueues = local;
        delivery.serve(
                new InMemoryMessageStore(), new ReceiptHandles(new byte[32]), scheduler, Runnable::run, Runnable::run);
    }

    public MessageDelivery delivery() {
        return delivery;
    }

    public ClockMovedByHand clock() {
        return clock;
    }

    /** Runs its tasks when {@link #letPass} says that their time has come. */
    public ScheduledExecutorService scheduler() {
        return scheduler;
    }

    /** Lets time go by, second by second, so that what one task plans is done in its time too. */
    public void letPass(Duration duration) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            clock.moveBy(Duration.ofSeconds(1));
            scheduler.runDue();
        }
    }
}
