package io.bida.notify;

import io.bida.message.MessageProperties;
import io.bida.topic.Publication;
import io.bida.topic.Subscription;
import java.util.concurrent.CompletionStage;

/** Delivers to one kind of endpoint. Safe for use by any thread. */
interface Notifier {

    /**
     * Whether this service itself has what it needs to deliver there; if not, it is being seen to. While it has not,
     * nothing is received, so that no message loses a try. Never blocks.
     */
    boolean isReadyFor(Subscription subscription);

    /**
     * Tries once; never blocks. A failure to deliver is a result; the stage fails only by a defect.
     *
     * @param properties what the message carries beside its body
     */
    CompletionStage<DeliveryResult> notify(
            Subscription subscription, Publication publication, MessageProperties properties);
}
