package io.bida.topic;

import io.bida.account.AccountId;
import io.bida.account.AccountRow;
import io.bida.catalogue.CatalogueTransactions;
import io.bida.error.InvalidArgumentException;
import io.bida.limits.ServiceLimits;
import io.bida.queue.HiddenQueues;
import io.bida.queue.Listing;
import io.bida.queue.Page;
import io.bida.queue.Queue;
import io.bida.queue.QueueCatalogue;
import io.bida.queue.QueueCounters;
import io.bida.queue.QueueStatistics;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The use cases of topics: create, change, look at, list, delete.
 *
 * <p>When a change returns, it is on disk and known to this node. Changes refuse with ServiceUnavailable when the
 * catalogue's database does not answer; looking and listing go on.
 */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN) // see CatalogueTransactions
public class TopicService {

    @Inject
    CatalogueTransactions catalogue;

    @Inject
    TopicCatalogue topics;

    @Inject
    HiddenQueues hiddenQueues;

    @Inject
    Event<SubscriptionRemoved> subscriptionRemoved;

    @Inject
    QueueCatalogue queues;

    @Inject
    QueueCounters counters;

    @Inject
    ServiceLimits limits;

    @Inject
    Clock clock;

    /** A row, and whether this call made it. */
    private record Outcome(TopicRow row, boolean created) {}

    /**
     * Creates a topic, or finds that it exists with equal attributes. Of several calls at the same moment exactly one
     * creates it.
     *
     * @return whether it was created by this call; {@code false} if it existed with the attributes asked for
     * @throws TopicAlreadyExistException if it exists with other attributes (TopicAlreadyExist)
     * @throws InvalidArgumentException if an attribute is out of its range (InvalidArgument)
     * @throws TopicNumExceededLimitException if the account has as many topics as it may (TopicNumExceededLimit)
     * @throws io.bida.account.AccountNotExistException if there is no such account (AccessDenied)
     */
    public boolean createTopic(AccountId account, TopicName name, TopicAttributesChange attributes) {
        TopicAttributes wanted = attributes.applyTo(TopicAttributes.DEFAULT, limits);
        Outcome outcome = catalogue.transact(entities -> findOrCreate(entities, account, name, wanted));
        topics.remember(outcome.row());
        if (!outcome.row().attributes().equals(wanted)) {
            throw new TopicAlreadyExistException();
        }
        return outcome.created();
    }

    private Outcome findOrCreate(EntityManager entities, AccountId account, TopicName name, TopicAttributes wanted) {
        AccountRow owner = AccountRow.lock(entities, account);
        Optional<TopicRow> existing = TopicRow.find(entities, account, name);
        if (existing.isPresent()) {
            return new Outcome(existing.get(), false);
        }
        if (!owner.takePlaceForTopic(limits.maxTopicsPerAccount())) {
            throw new TopicNumExceededLimitException(limits.maxTopicsPerAccount());
        }
        TopicRow row = new TopicRow(account, name, wanted, now());
        entities.persist(row);
        return new Outcome(row, true);
    }

    /**
     * Changes the attributes named; messages published from now on see them.
     *
     * @throws TopicNotExistException (TopicNotExist)
     * @throws InvalidArgumentException if an attribute is out of its range (InvalidArgument)
     */
    public void setTopicAttributes(AccountId account, TopicName name, TopicAttributesChange change) {
        // Wrong values are refused before a missing topic (wire specification 2.6).
        change.applyTo(TopicAttributes.DEFAULT, limits);
        TopicRow changed = catalogue.transact(entities -> {
            TopicRow row = TopicRow.findAndLock(entities, account, name).orElseThrow(TopicNotExistException::new);
            row.change(change.applyTo(row.attributes(), limits), now());
            return row;
        });
        topics.remember(changed);
    }

    /**
     * The topic's settings and what it holds.
     *
     * @throws TopicNotExistException (TopicNotExist)
     */
    public CompletionStage<TopicDescription> getTopicAttributes(AccountId account, TopicName name) {
        return describe(List.of(topics.getTopic(account, name))).thenApply(described -> described.get(0));
    }

    /**
     * Deletes the topic, its subscriptions and what waits for delivery; does nothing if there is none (wire
     * specification 8.2).
     *
     * @throws io.bida.account.AccountNotExistException if there is no such account (AccessDenied)
     */
    public void deleteTopic(AccountId account, TopicName name) {
        Optional<Long> deleted = catalogue.transact(entities -> {
            AccountRow owner = AccountRow.lock(entities, account);
            Optional<TopicRow> row = TopicRow.findAndLock(entities, account, name);
            row.ifPresent(found -> {
                removeSubscriptions(entities, found);
                entities.remove(found);
                owner.giveBackPlaceOfTopic();
            });
            return row.map(found -> found.topic().id());
        });
        deleted.ifPresent(topics::forgetTopic);
    }

    private void removeSubscriptions(EntityManager entities, TopicRow topic) {
        for (SubscriptionRow row :
                SubscriptionRow.ofTopic(entities, topic.topic().id())) {
            entities.remove(row);
            entities.flush(); // before the queue that the row refers to
            subscriptionRemoved.fire(new SubscriptionRemoved(row.subscription().id()));
            hiddenQueues.delete(entities, row.subscription().id());
        }
    }

    /**
     * A page of the account's topics in name order, from memory.
     *
     * @throws InvalidArgumentException if the limit is out of its range (InvalidArgument)
     */
    public Page<Topic> listTopics(AccountId account, Listing listing) {
        listing.check("topics", limits);
        return topics.page(account, listing);
    }

    /**
     * The same page with what each topic holds, in one call.
     *
     * @throws InvalidArgumentException if the limit is out of its range (InvalidArgument)
     */
    public CompletionStage<Page<TopicDescription>> describeTopics(AccountId account, Listing listing) {
        Page<Topic> page = listTopics(account, listing);
        return describe(page.entries()).thenApply(described -> new Page<>(described, page.next()));
    }

    private CompletionStage<List<TopicDescription>> describe(List<Topic> described) {
        List<Queue> all =
                described.stream().flatMap(topic -> queuesOf(topic).stream()).toList();
        return counters.statistics(all)
                .thenApply(counts -> described.stream()
                        .map(topic -> new TopicDescription(topic, messages(queuesOf(topic), counts)))
                        .toList());
    }

    private List<Queue> queuesOf(Topic topic) {
        return topics.subscriptionsOf(topic).stream()
                .flatMap(subscription -> queues.findQueue(subscription.id()).stream())
                .toList();
    }

    private static long messages(List<Queue> of, Map<Long, QueueStatistics> counts) {
        return of.stream()
                .map(queue -> counts.getOrDefault(queue.id(), QueueStatistics.EMPTY))
                .mapToLong(count -> count.active() + count.inactive() + count.delayed())
                .sum();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
