package io.bida.notify;

import io.bida.cluster.NodeHealth;
import io.bida.message.delivery.MessageDelivery;
import io.bida.queue.QueueCatalogue;
import io.bida.time.MonotonicTime;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** What every dispatcher of this node works with. */
record DispatchServices(
        QueueCatalogue queues,
        MessageDelivery delivery,
        Notifier notifier,
        RetrySchedule schedule,
        DeliveryPlaces places,
        NodeHealth health,
        MonotonicTime monotonic,
        Executor executor,
        ScheduledExecutorService scheduler) {

    private static final Logger LOG = Logger.getLogger(DispatchServices.class);

    /** Pause before a step is tried again for which there was no thread, in milliseconds: 500, our choice. */
    private static final long BUSY_PAUSE_MILLIS = 500;

    /** Whether this node can keep its promises now; while it cannot, nothing new is begun. */
    boolean isServing() {
        return health.unreadyReason().isEmpty();
    }

    /** Runs the step on another thread; late if all are busy, never if the node is stopping. */
    void soon(Runnable step) {
        try {
            executor.execute(step);
        } catch (RejectedExecutionException e) {
            later(BUSY_PAUSE_MILLIS, step);
        }
    }

    /** Runs the step after so many milliseconds, unless the node is stopping. */
    void later(long millis, Runnable step) {
        try {
            ScheduledFuture<?> unused = scheduler.schedule(() -> soon(step), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The node is stopping; what waits for delivery goes on elsewhere, or after the next start");
        }
    }
}
