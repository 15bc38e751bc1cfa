package io.bida.notify;

import io.bida.message.MessageProperties;
import io.bida.topic.Publication;
import io.bida.topic.Subscription;
import java.util.concurrent.CompletionStage;

/** Delivers to one kind of endpoint. Safe for use by any thread. */
interface Notifier {

    /**
     * Tries once; never blocks. A failure to deliver is a result; the stage fails only by a defect.
     *
     * @param properties what the message carries beside its body
     */
    CompletionStage<DeliveryResult> notify(
            Subscription subscription, Publication publication, MessageProperties properties);
}
