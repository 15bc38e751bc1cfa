package io.bida.notify;

import io.bida.error.ServiceException;
import io.bida.message.MessageProperties;
import io.bida.message.NewMessage;
import io.bida.message.Priority;
import io.bida.message.SentMessage;
import io.bida.message.delivery.MessageDelivery;
import io.bida.notify.DeliveryResult.Outcome;
import io.bida.queue.Queue;
import io.bida.queue.QueueCatalogue;
import io.bida.time.MonotonicTime;
import io.bida.topic.Endpoint;
import io.bida.topic.Publication;
import io.bida.topic.Subscription;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Delivers into a queue: an ordinary message, whose body is the notification in the form that was asked for.
 *
 * <p>It has the priority of a message whose sender says nothing, the queue's delay, and the properties of the published
 * one. Source: wire specification 10.5, API 2015-06-06. Safe for use by any thread.
 */
final class QueueNotifier {

    private final QueueCatalogue queues;
    private final MessageDelivery delivery;
    private final MonotonicTime monotonic;

    QueueNotifier(QueueCatalogue queues, MessageDelivery delivery, MonotonicTime monotonic) {
        this.queues = queues;
        this.delivery = delivery;
        this.monotonic = monotonic;
    }

    /** Sends once; the result says how it ended. */
    CompletionStage<DeliveryResult> send(
            Endpoint.ToQueue endpoint,
            Subscription subscription,
            Publication publication,
            MessageProperties properties) {
        long begun = monotonic.millis();
        Optional<Queue> queue = queues.findQueue(subscription.accountId(), endpoint.queue());
        if (queue.isEmpty()) {
            return CompletableFuture.completedFuture(
                    DeliveryResult.failed(Outcome.NO_QUEUE, "there is no queue of this name", Duration.ZERO));
        }
        NewMessage message = new NewMessage(
                NotificationDocument.of(subscription, publication), Priority.DEFAULT, OptionalInt.empty(), properties);
        try {
            return delivery.send(queue.get(), message).handle((sent, failure) -> result(sent, failure, begun));
        } catch (ServiceException e) {
            return CompletableFuture.completedFuture(result(null, e, begun));
        }
    }

    private DeliveryResult result(@Nullable SentMessage sent, @Nullable Throwable failure, long begun) {
        Duration latency = Duration.ofMillis(monotonic.millis() - begun);
        if (sent != null) {
            return new DeliveryResult(
                    Outcome.ACCEPTED, OptionalInt.empty(), sent.id().toString(), latency);
        }
        Throwable reason = failure instanceof CompletionException ? failure.getCause() : failure;
        return DeliveryResult.failed(
                reason instanceof ServiceException ? Outcome.QUEUE_REFUSED : Outcome.FAULT,
                PushFailure.reason(reason),
                latency);
    }
}
