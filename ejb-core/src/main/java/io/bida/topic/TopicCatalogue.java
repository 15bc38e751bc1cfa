package io.bida.topic;

import static jakarta.enterprise.event.TransactionPhase.AFTER_SUCCESS;
import static jakarta.interceptor.Interceptor.Priority.PLATFORM_BEFORE;

import io.bida.account.AccountId;
import io.bida.catalogue.CatalogueTransactions;
import io.bida.catalogue.KnownRows;
import io.bida.cluster.ClusterNews;
import io.bida.queue.Listing;
import io.bida.queue.OwnedName;
import io.bida.queue.Page;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * All topics and subscriptions as this node knows them, in memory: what publishing and delivering read instead of the
 * database.
 *
 * <p>Filled at start, changed after each commit of this node, told of those of other nodes, compared with the database
 * from time to time. Goes on when the database is down. Safe for use by any thread.
 */
@ApplicationScoped
public class TopicCatalogue {

    @Inject
    CatalogueTransactions catalogue;

    @Inject
    ClusterNews news;

    @Inject
    Event<SubscriptionsChanged> changed;

    private final KnownRows<OwnedName, Topic> topics = new KnownRows<>();
    private final KnownRows<OwnedName, Subscription> subscriptions = new KnownRows<>();

    /**
     * The account's topic of this name.
     *
     * @throws TopicNotExistException if there is none (TopicNotExist)
     * @throws io.bida.error.ServiceUnavailableException before the topics are read at start (ServiceUnavailable)
     */
    public Topic getTopic(AccountId account, TopicName name) {
        return topics.find(new OwnedName(account.value(), name.value())).orElseThrow(TopicNotExistException::new);
    }

    /** The topic's subscriptions, in the order of their names. */
    public List<Subscription> subscriptionsOf(Topic topic) {
        String owner = Long.toString(topic.id());
        List<Subscription> all = new ArrayList<>();
        for (Subscription each : subscriptions.from(new OwnedName(owner, ""), true)) {
            if (each.topicId() != topic.id()) {
                break;
            }
            all.add(each);
        }
        return all;
    }

    /** The subscription with this id, of whatever topic. */
    public Optional<Subscription> findSubscription(long id) {
        return subscriptions.findById(id);
    }

    /** Every subscription of every account, as of now; for those who deliver, not for requests. */
    public Collection<Subscription> allSubscriptions() {
        return subscriptions.all();
    }

    /**
     * The topic's subscription of this name.
     *
     * @throws SubscriptionNotExistException if there is none (SubscriptionNotExist)
     */
    Subscription getSubscription(Topic topic, SubscriptionName name) {
        return subscriptions
                .find(new OwnedName(Long.toString(topic.id()), name.value()))
                .orElseThrow(SubscriptionNotExistException::new);
    }

    /** One page of the account's topics in the order of their names. */
    Page<Topic> page(AccountId account, Listing listing) {
        return listing.of(
                topics,
                account.value(),
                topic -> new OwnedName(topic.accountId().value(), topic.name().value()));
    }

    /** One page of the topic's subscriptions in the order of their names. */
    Page<Subscription> page(Topic topic, Listing listing) {
        return listing.of(
                subscriptions,
                Long.toString(topic.id()),
                each -> new OwnedName(Long.toString(each.topicId()), each.name().value()));
    }

    /** Learns from other nodes what they change. */
    @PostConstruct
    void listen() {
        news.whenConnected(this::readAgain);
        news.listen(ClusterNews.Kind.TOPIC, id -> topics.readAgain(catalogue, TopicRow.class, id, TopicRow::picture));
        news.listen(ClusterNews.Kind.SUBSCRIPTION, id -> {
            subscriptions.readAgain(catalogue, SubscriptionRow.class, id, SubscriptionRow::picture);
            changed.fire(new SubscriptionsChanged());
        });
    }

    void remember(TopicRow committed) {
        KnownRows.Row<OwnedName, Topic> row = committed.picture();
        topics.remember(row);
        news.tell(ClusterNews.Kind.TOPIC, row.id());
    }

    /** Returns whether all nodes know it now. */
    boolean remember(SubscriptionRow committed) {
        KnownRows.Row<OwnedName, Subscription> row = committed.picture();
        subscriptions.remember(row);
        changed.fire(new SubscriptionsChanged());
        return news.tell(ClusterNews.Kind.SUBSCRIPTION, row.id());
    }

    void forgetTopic(long id) {
        topics.forget(id);
        news.tell(ClusterNews.Kind.TOPIC, id);
    }

    // Before its queue is forgotten, here and on the other nodes: a subscription without a queue refuses publishers.
    void forget(@Observes(during = AFTER_SUCCESS) @Priority(PLATFORM_BEFORE - 1) SubscriptionRemoved removed) {
        subscriptions.forget(removed.id());
        changed.fire(new SubscriptionsChanged());
        news.tell(ClusterNews.Kind.SUBSCRIPTION, removed.id());
    }

    /**
     * Compares with the database, reads everything where something differs, and returns how much did.
     *
     * @throws io.bida.error.ServiceUnavailableException if the database does not answer (ServiceUnavailable)
     */
    public int readAgain() {
        int repaired = topics.readAgain(catalogue, TopicRow.class, TopicRow::picture)
                + subscriptions.readAgain(catalogue, SubscriptionRow.class, SubscriptionRow::picture);
        if (repaired > 0) {
            changed.fire(new SubscriptionsChanged());
        }
        return repaired;
    }
}
