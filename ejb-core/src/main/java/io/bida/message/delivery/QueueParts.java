package io.bida.message.delivery;

import io.bida.message.ChangedVisibility;
import io.bida.message.PeekedMessage;
import io.bida.message.ReceivedMessage;
import io.bida.queue.Queue;
import io.bida.queue.QueueStatistics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** All parts of a queue, wherever they are served: on this node alone, or on all nodes of a cluster. */
interface QueueParts {

    /** Stores the messages; each one's answer completes by itself. */
    void send(Queue queue, List<Outgoing> messages);

    /** Takes up to so many messages, waiting for the first one. */
    CompletionStage<List<ReceivedMessage>> receive(
            Queue queue, int maxMessages, long visibilityMillis, long waitMillis, BooleanSupplier clientPresent);

    /** Looks at up to so many messages. */
    CompletionStage<List<PeekedMessage>> peek(Queue queue, int maxMessages);

    /** Deletes the messages that the handles stand for; answers in the same order. */
    List<CompletableFuture<Boolean>> delete(Queue queue, List<String> handles);

    /** Sets anew when the message that the handle stands for becomes receivable. */
    CompletionStage<ChangedVisibility> changeVisibility(Queue queue, String handle, long visibilityMillis);

    /** The exact counts by the queues' ids; a queue that was deleted meanwhile is missing. */
    CompletionStage<Map<Long, QueueStatistics>> statistics(List<Queue> queues);
}
