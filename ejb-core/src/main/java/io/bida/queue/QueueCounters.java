package io.bida.queue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Port: who serves the queues' messages says how many there are. */
public interface QueueCounters {

    /**
     * The exact counts of these queues by their ids, never from a scan; a queue that was deleted meanwhile is missing.
     * Completes at once, or as soon as a restarted node has read the queues' stored messages again. In a cluster every
     * other node is asked once, however many queues there are. Safe for use by any thread.
     */
    CompletionStage<Map<Long, QueueStatistics>> statistics(List<Queue> queues);
}
