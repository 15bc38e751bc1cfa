package io.bida.queue;

import java.util.concurrent.CompletionStage;

/** Port: who serves a queue's messages says how many there are. */
public interface QueueCounters {

    /**
     * The exact counts of the queue, never from a scan. Completes at once, or as soon as a restarted node has read the
     * queue's stored messages again. Safe for use by any thread.
     */
    CompletionStage<QueueStatistics> statistics(Queue queue);
}
