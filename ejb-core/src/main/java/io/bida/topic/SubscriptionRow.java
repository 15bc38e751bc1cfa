package io.bida.topic;

import io.bida.account.AccountId;
import io.bida.catalogue.KnownRows;
import io.bida.queue.OwnedName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's row: made once, its filter and strategy changed now and then, removed.
 *
 * <p>Its id is that of the hidden queue that keeps its messages. Who makes, changes or removes one has locked the
 * topic's row. Owner and name of the topic are repeated here, because they never change and every reader needs them.
 */
@Entity
@Table(name = "subscription")
@NamedQuery(
        name = "SubscriptionRow.byName",
        query = "select s from SubscriptionRow s where s.topicId = :topic and s.name = :name")
@NamedQuery(
        name = "SubscriptionRow.ofTopic",
        query = "select s from SubscriptionRow s where s.topicId = :topic order by s.id")
public class SubscriptionRow {

    @Id
    @Column(name = "id")
    private long id;

    @Column(name = "topic_id")
    private long topicId;

    @Column(name = "account_id", length = 32)
    private String accountId;

    @Column(name = "topic_name")
    private String topicName;

    @Column(name = "name")
    private String name;

    @Column(name = "endpoint", length = Endpoint.MAX_LENGTH)
    private String endpoint;

    @Column(name = "filter_tag", length = 32)
    private @Nullable String filterTag;

    @Enumerated(EnumType.STRING)
    @Column(name = "strategy", length = 32)
    private NotifyStrategy strategy;

    @Enumerated(EnumType.STRING)
    @Column(name = "format", length = 32)
    private NotifyContentFormat format;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "last_modified_at")
    private Instant lastModifiedAt;

    @Version
    @Column(name = "version")
    private long version;

    /**
     * A subscription as made.
     *
     * @param queueId the hidden queue that keeps its messages
     */
    public SubscriptionRow(
            long queueId, Topic topic, SubscriptionName name, SubscriptionAttributes attributes, Instant createdAt) {
        this.id = queueId;
        this.topicId = topic.id();
        this.accountId = topic.accountId().value();
        this.topicName = topic.name().value();
        this.name = name.value();
        this.endpoint = attributes.endpoint().text();
        this.filterTag = attributes.filterTag().map(Tag::value).orElse(null);
        this.strategy = attributes.strategy();
        this.format = attributes.format();
        this.createdAt = createdAt;
        this.lastModifiedAt = createdAt;
    }

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init") // the provider fills the fields
    protected SubscriptionRow() {}

    static Optional<SubscriptionRow> find(EntityManager entities, long topicId, SubscriptionName name) {
        return entities.createNamedQuery("SubscriptionRow.byName", SubscriptionRow.class)
                .setParameter("topic", topicId)
                .setParameter("name", name.value())
                .getResultStream()
                .findFirst();
    }

    static List<SubscriptionRow> ofTopic(EntityManager entities, long topicId) {
        return entities.createNamedQuery("SubscriptionRow.ofTopic", SubscriptionRow.class)
                .setParameter("topic", topicId)
                .getResultList();
    }

    void change(SubscriptionAttributes attributes, Instant now) {
        filterTag = attributes.filterTag().map(Tag::value).orElse(null);
        strategy = attributes.strategy();
        lastModifiedAt = now;
    }

    SubscriptionAttributes attributes() {
        return new SubscriptionAttributes(
                Endpoint.parse(endpoint), Optional.ofNullable(filterTag).map(Tag::new), strategy, format);
    }

    Subscription subscription() {
        return new Subscription(
                id,
                topicId,
                new AccountId(accountId),
                new TopicName(topicName),
                new SubscriptionName(name),
                attributes(),
                createdAt,
                lastModifiedAt);
    }

    KnownRows.Row<OwnedName, Subscription> picture() {
        return new KnownRows.Row<>(new OwnedName(Long.toString(topicId), name), id, version, subscription());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SubscriptionRow row && topicId == row.topicId && name.equals(row.name);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(topicId) + name.hashCode();
    }
}
