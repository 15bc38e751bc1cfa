package io.bida.notify;

import io.bida.cluster.NodeHealth;
import io.bida.message.delivery.MessageDelivery;
import io.bida.queue.QueueCatalogue;
import io.bida.time.MonotonicTime;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** What every dispatcher of this node works with. */
record DispatchServices(
        QueueCatalogue queues,
        MessageDelivery delivery,
        Notifier notifier,
        RetrySchedule schedule,
        NodeHealth health,
        MonotonicTime monotonic,
        Executor executor,
        ScheduledExecutorService scheduler) {

    private static final Logger LOG = Logger.getLogger(DispatchServices.class);

    /** Whether this node can keep its promises now; while it cannot, nothing new is begun. */
    boolean isServing() {
        return health.unreadyReason().isEmpty();
    }

    /** Runs the step after so many milliseconds. */
    void later(long millis, Runnable step) {
        if (scheduler.schedule(step, millis, TimeUnit.MILLISECONDS).isCancelled()) {
            LOG.debug("The node is stopping; a delivery that waits goes on elsewhere");
        }
    }
}
