package io.bida.topic;

import io.bida.account.AccountId;
import io.bida.catalogue.KnownRows;
import io.bida.queue.OwnedName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;

/**
 * A topic's row: created once, its attributes changed now and then, deleted together with its subscriptions.
 *
 * <p>Who creates or deletes one has locked the account's row; who changes one, or adds or removes a subscription, has
 * locked this row too.
 */
@Entity
@Table(name = "topic")
@NamedQuery(
        name = "TopicRow.byName",
        query = "select t from TopicRow t where t.accountId = :account and t.name = :name")
public class TopicRow {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "topic_seq")
    @SequenceGenerator(name = "topic_seq", sequenceName = "topic_seq", allocationSize = 1)
    @Column(name = "id")
    private long id;

    @Column(name = "account_id", length = 32)
    private String accountId;

    @Column(name = "name")
    private String name;

    @Column(name = "maximum_message_size")
    private int maximumMessageSize;

    @Column(name = "logging_enabled")
    private boolean loggingEnabled;

    @Column(name = "subscription_count")
    private int subscriptionCount;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "last_modified_at")
    private Instant lastModifiedAt;

    @Version
    @Column(name = "version")
    private long version;

    /** A topic as created, without subscriptions. */
    public TopicRow(AccountId account, TopicName name, TopicAttributes attributes, Instant createdAt) {
        this.accountId = account.value();
        this.name = name.value();
        this.createdAt = createdAt;
        this.lastModifiedAt = createdAt;
        take(attributes);
    }

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init") // the provider fills the fields
    protected TopicRow() {}

    static Optional<TopicRow> find(EntityManager entities, AccountId account, TopicName name) {
        return find(entities, account, name, LockModeType.NONE);
    }

    static Optional<TopicRow> findAndLock(EntityManager entities, AccountId account, TopicName name) {
        return find(entities, account, name, LockModeType.PESSIMISTIC_WRITE);
    }

    private static Optional<TopicRow> find(
            EntityManager entities, AccountId account, TopicName name, LockModeType lock) {
        return entities.createNamedQuery("TopicRow.byName", TopicRow.class)
                .setParameter("account", account.value())
                .setParameter("name", name.value())
                .setLockMode(lock)
                .getResultStream()
                .findFirst();
    }

    void change(TopicAttributes attributes, Instant now) {
        take(attributes);
        lastModifiedAt = now;
    }

    /** Counts one more subscription, unless there are {@code max} already; says whether it did. */
    boolean takePlaceForSubscription(int max) {
        if (subscriptionCount >= max) {
            return false;
        }
        subscriptionCount++;
        return true;
    }

    /** Counts one subscription less. */
    void giveBackPlaceOfSubscription() {
        subscriptionCount--;
    }

    private void take(TopicAttributes attributes) {
        maximumMessageSize = attributes.maximumMessageSize();
        loggingEnabled = attributes.loggingEnabled();
    }

    TopicAttributes attributes() {
        return new TopicAttributes(maximumMessageSize, loggingEnabled);
    }

    Topic topic() {
        return new Topic(id, new AccountId(accountId), new TopicName(name), attributes(), createdAt, lastModifiedAt);
    }

    KnownRows.Row<OwnedName, Topic> picture() {
        return new KnownRows.Row<>(new OwnedName(accountId, name), id, version, topic());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicRow row && accountId.equals(row.accountId) && name.equals(row.name);
    }

    @Override
    public int hashCode() {
        return 31 * accountId.hashCode() + name.hashCode();
    }
}
