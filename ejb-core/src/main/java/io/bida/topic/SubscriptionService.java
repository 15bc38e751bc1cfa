package io.bida.topic;

import io.bida.account.AccountId;
import io.bida.account.AccountRow;
import io.bida.catalogue.CatalogueTransactions;
import io.bida.error.InvalidArgumentException;
import io.bida.error.ServiceUnavailableException;
import io.bida.limits.ServiceLimits;
import io.bida.queue.HiddenQueues;
import io.bida.queue.Listing;
import io.bida.queue.Page;
import io.bida.queue.QueueAttributes;
import io.bida.queue.QueueCatalogue;
import io.bida.queue.QueueRow;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The use cases of subscriptions: subscribe, change, look at, list, unsubscribe.
 *
 * <p>When a change returns, it is on disk and known to this node. Changes refuse with ServiceUnavailable when the
 * catalogue's database does not answer; looking and listing go on. Every method refuses with TopicNotExist when the
 * account has no such topic, but to unsubscribe from it.
 */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN) // see CatalogueTransactions
public class SubscriptionService {

    /**
     * How long a message is hidden while it is delivered: 60 s, our choice; several times what one try may take. A node
     * that dies meanwhile delays the next try by as much.
     */
    static final Duration HIDDEN_WHILE_DELIVERED = Duration.ofSeconds(60);

    /**
     * How much longer a copy is kept than the topic says, so that the last tries of a day are made: an hour, our
     * choice.
     */
    private static final Duration LONGER_THAN_ALL_TRIES = Duration.ofHours(1);

    @Inject
    CatalogueTransactions catalogue;

    @Inject
    TopicCatalogue topics;

    @Inject
    QueueCatalogue queues;

    @Inject
    HiddenQueues hiddenQueues;

    @Inject
    EndpointPolicy endpoints;

    @Inject
    Event<SubscriptionRemoved> subscriptionRemoved;

    @Inject
    ServiceLimits limits;

    @Inject
    Clock clock;

    /** The rows, and whether this call made the subscription. */
    private record Outcome(TopicRow topic, SubscriptionRow row, QueueRow queue, boolean created) {}

    /**
     * Makes a subscription, or finds that it exists with equal attributes. It gets what is published after this
     * returns.
     *
     * @return whether it was made by this call; {@code false} if it existed with the attributes asked for
     * @throws TopicNotExistException (TopicNotExist)
     * @throws ServiceUnavailableException if it is made, and a node of the cluster does not know it yet: what is
     *     published through that node would not reach it (ServiceUnavailable)
     * @throws SubscriptionAlreadyExistException if it exists with other attributes (SubscriptionAlreadyExist)
     * @throws InvalidEndpointException if nothing can be delivered there (EndpointInvalid)
     * @throws InvalidArgumentException if the endpoint is a queue that takes no messages as large as the topic's
     *     (InvalidArgument)
     * @throws ForeignQueueException if the endpoint is another account's queue (AccessDenied)
     * @throws SubscriptionNumExceededLimitException if the topic has as many as it may (SubscriptionNumExceededLimit)
     */
    public boolean subscribe(
            AccountId account, TopicName topicName, SubscriptionName name, SubscriptionAttributes attributes) {
        Topic topic = topics.getTopic(account, topicName);
        endpoints.check(account, attributes.endpoint());
        if (attributes.endpoint() instanceof Endpoint.ToQueue target) {
            checkSize(topic, target);
        }
        Outcome outcome =
                catalogue.transact(entities -> findOrSubscribe(entities, account, topicName, name, attributes));
        topics.remember(outcome.topic());
        boolean allKnow = hiddenQueues.remember(outcome.queue()) && topics.remember(outcome.row());
        if (!outcome.row().attributes().equals(attributes)) {
            throw new SubscriptionAlreadyExistException();
        }
        if (!allKnow) {
            // Who repeats the call finds the subscription, and tells the others again.
            throw new ServiceUnavailableException("a node of the cluster does not know of the subscription yet");
        }
        return outcome.created();
    }

    /** A queue that is not there is taken: it is delivered to when it is created (wire specification 8.4). */
    private void checkSize(Topic topic, Endpoint.ToQueue target) {
        queues.findQueue(topic.accountId(), target.queue()).ifPresent(queue -> {
            if (queue.attributes().maximumMessageSize() < topic.attributes().maximumMessageSize()) {
                throw InvalidArgumentException.causedBy("Endpoint");
            }
        });
    }

    private Outcome findOrSubscribe(
            EntityManager entities,
            AccountId account,
            TopicName topicName,
            SubscriptionName name,
            SubscriptionAttributes attributes) {
        // The account's row first, as who deletes a topic does, so that two never wait for each other.
        AccountRow.lock(entities, account);
        if (attributes.endpoint() instanceof Endpoint.ToQueue target) {
            checkOwner(entities, account, target);
        }
        TopicRow topic = TopicRow.findAndLock(entities, account, topicName).orElseThrow(TopicNotExistException::new);
        Optional<SubscriptionRow> existing =
                SubscriptionRow.find(entities, topic.topic().id(), name);
        if (existing.isPresent()) {
            return new Outcome(
                    topic,
                    existing.get(),
                    hiddenQueues.get(entities, existing.get().subscription().id()),
                    false);
        }
        if (!topic.takePlaceForSubscription(limits.maxSubscriptionsPerTopic())) {
            throw new SubscriptionNumExceededLimitException(limits.maxSubscriptionsPerTopic());
        }
        QueueRow queue = hiddenQueues.create(entities, account, ofHiddenQueue(), now());
        SubscriptionRow row = new SubscriptionRow(queue.id(), topic.topic(), name, attributes, now());
        entities.persist(row);
        return new Outcome(topic, row, queue, true);
    }

    /**
     * SDKs make up an owner from an address without one, so who is no account here stands for the caller (wire
     * specification 8.4).
     */
    private static void checkOwner(EntityManager entities, AccountId account, Endpoint.ToQueue target) {
        boolean isOwn = target.account().equals(account.value());
        if (!isOwn && entities.find(AccountRow.class, target.account()) != null) {
            throw new ForeignQueueException();
        }
    }

    private static QueueAttributes ofHiddenQueue() {
        return new QueueAttributes(
                Duration.ZERO,
                QueueAttributes.DEFAULT.maximumMessageSize(),
                TopicAttributes.RETENTION.plus(LONGER_THAN_ALL_TRIES),
                HIDDEN_WHILE_DELIVERED,
                Duration.ZERO,
                false);
    }

    /**
     * Changes what is named; deliveries from now on see it.
     *
     * @throws TopicNotExistException (TopicNotExist)
     * @throws SubscriptionNotExistException (SubscriptionNotExist)
     */
    public void setSubscriptionAttributes(
            AccountId account, TopicName topicName, SubscriptionName name, SubscriptionAttributesChange change) {
        SubscriptionRow changed = catalogue.transact(entities -> {
            TopicRow topic =
                    TopicRow.findAndLock(entities, account, topicName).orElseThrow(TopicNotExistException::new);
            SubscriptionRow row = SubscriptionRow.find(entities, topic.topic().id(), name)
                    .orElseThrow(SubscriptionNotExistException::new);
            row.change(change.applyTo(row.attributes()), now());
            return row;
        });
        topics.remember(changed);
    }

    /**
     * The subscription.
     *
     * @throws TopicNotExistException (TopicNotExist)
     * @throws SubscriptionNotExistException (SubscriptionNotExist)
     */
    public Subscription getSubscriptionAttributes(AccountId account, TopicName topicName, SubscriptionName name) {
        return topics.getSubscription(topics.getTopic(account, topicName), name);
    }

    /**
     * Removes the subscription and what waits for delivery; does nothing if there is none, nor if there is no such
     * topic (wire specification 8.5).
     *
     * @throws io.bida.account.AccountNotExistException if there is no such account (AccessDenied)
     */
    public void unsubscribe(AccountId account, TopicName topicName, SubscriptionName name) {
        Optional<TopicRow> removed = catalogue.transact(entities -> {
            AccountRow.lock(entities, account);
            return TopicRow.findAndLock(entities, account, topicName).flatMap(topic -> remove(entities, topic, name));
        });
        removed.ifPresent(topics::remember);
    }

    private Optional<TopicRow> remove(EntityManager entities, TopicRow topic, SubscriptionName name) {
        Optional<SubscriptionRow> row =
                SubscriptionRow.find(entities, topic.topic().id(), name);
        row.ifPresent(found -> {
            entities.remove(found);
            entities.flush(); // before the queue that the row refers to
            subscriptionRemoved.fire(
                    new SubscriptionRemoved(found.subscription().id()));
            hiddenQueues.delete(entities, found.subscription().id());
            topic.giveBackPlaceOfSubscription();
        });
        return row.map(found -> topic);
    }

    /**
     * A page of the topic's subscriptions in name order, from memory.
     *
     * @throws TopicNotExistException (TopicNotExist)
     * @throws InvalidArgumentException if the limit is out of its range (InvalidArgument)
     */
    public Page<Subscription> listSubscriptions(AccountId account, TopicName topicName, Listing listing) {
        listing.check("subscriptions", limits);
        return topics.page(topics.getTopic(account, topicName), listing);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
