package io.bida.topic;

import io.bida.account.AccountId;
import io.bida.error.InvalidArgumentException;
import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.NewMessage;
import io.bida.message.Priority;
import io.bida.message.SentMessage;
import io.bida.message.delivery.MessageDelivery;
import io.bida.queue.Queue;
import io.bida.queue.QueueCatalogue;
import io.bida.queue.QueueNotExistException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The use case of publishing: a copy of the message into the hidden queue of each subscription that wants it.
 *
 * <p>Nothing here waits for the disk or for another request.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class PublishService {

    private static final CompletableFuture<Boolean> DONE = CompletableFuture.completedFuture(true);

    @Inject
    TopicCatalogue topics;

    @Inject
    QueueCatalogue queues;

    @Inject
    MessageDelivery delivery;

    @Inject
    PublicationIds ids;

    @Inject
    Clock clock;

    /**
     * Publishes a message; the stage completes when every subscription's copy is as durable as a message sent to a
     * queue. When it fails, some subscriptions may have got it: a publisher that repeats doubles it there. A topic
     * without subscriptions takes the message and forgets it (wire specification 8.6).
     *
     * @throws TopicNotExistException (TopicNotExist)
     * @throws InvalidArgumentException if the body is empty or larger than the topic takes (InvalidArgument)
     */
    public CompletionStage<PublishedMessage> publishMessage(
            AccountId account, TopicName topicName, NewPublication publication) {
        Topic topic = topics.getTopic(account, topicName);
        check(topic, publication);
        Publication published = new Publication(
                ids.next(), publication.tag(), clock.instant(), publication.attributes(), publication.body());
        NewMessage copy =
                new NewMessage(published.toStored(), Priority.DEFAULT, OptionalInt.empty(), publication.properties());
        List<CompletableFuture<?>> stored = new ArrayList<>();
        for (Subscription subscription : topics.subscriptionsOf(topic)) {
            if (subscription.attributes().lets(publication.tag())) {
                stored.add(store(subscription, copy));
            }
        }
        return CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new))
                .thenApply(all ->
                        new PublishedMessage(published.id(), publication.body().md5()));
    }

    private static void check(Topic topic, NewPublication publication) {
        int maximum = topic.attributes().maximumMessageSize();
        if (publication.body().length() == 0) {
            throw InvalidArgumentException.causedBy("MessageBody");
        }
        if (publication.length() > maximum) {
            throw InvalidArgumentException.outOfRange("MessageBody", 1, maximum, "bytes");
        }
    }

    private CompletableFuture<Boolean> store(Subscription subscription, NewMessage copy) {
        Optional<Queue> queue = queues.findQueue(subscription.id());
        if (queue.isEmpty()) {
            return topics.findSubscription(subscription.id()).isEmpty()
                    ? DONE
                    : CompletableFuture.failedFuture(
                            new ServiceUnavailableException("a subscription is being made or removed"));
        }
        return send(queue.get(), copy)
                .handle((sent, failure) -> failure == null || isRemoved(failure))
                .toCompletableFuture();
    }

    /** A refusal at once must not break off the others' copies. */
    private CompletionStage<SentMessage> send(Queue queue, NewMessage copy) {
        try {
            return delivery.send(queue, copy);
        } catch (ServiceException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Whether the copy is not stored because there is no subscription any more; any other failure goes on. */
    private static boolean isRemoved(Throwable failure) {
        Throwable reason = failure instanceof CompletionException ? failure.getCause() : failure;
        if (reason instanceof QueueNotExistException) {
            return true;
        }
        throw new CompletionException(reason);
    }
}
