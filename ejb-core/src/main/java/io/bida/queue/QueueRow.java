package io.bida.queue;

import io.bida.account.AccountId;
import io.bida.catalogue.KnownRows;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A queue's row: created once, its attributes changed now and then, deleted.
 *
 * <p>Who creates or deletes one has locked the account's row; who changes one has locked this row. The id comes from a
 * sequence and is never used again, because stored messages carry it. A hidden one keeps the messages of something
 * else, such as a subscription, and counts not as one of the account's.
 */
@Entity
@Table(name = "queue")
@NamedQuery(
        name = "QueueRow.byName",
        query = "select q from QueueRow q where q.accountId = :account and q.name = :name and q.hidden = false")
public class QueueRow {

    /** Whose name no account has: hidden queues are found by their ids only. */
    private static final String NOBODY = "";

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "queue_seq")
    @SequenceGenerator(name = "queue_seq", sequenceName = "queue_seq", allocationSize = 1)
    @Column(name = "id")
    private long id;

    @Column(name = "account_id", length = 32)
    private String accountId;

    @Column(name = "name")
    private String name;

    @Column(name = "hidden")
    private boolean hidden;

    @Column(name = "delay_seconds")
    private int delaySeconds;

    @Column(name = "maximum_message_size")
    private int maximumMessageSize;

    @Column(name = "retention_seconds")
    private int retentionSeconds;

    @Column(name = "visibility_seconds")
    private int visibilitySeconds;

    @Column(name = "polling_wait_seconds")
    private int pollingWaitSeconds;

    @Column(name = "logging_enabled")
    private boolean loggingEnabled;

    @Column(name = "partitions")
    private int partitions;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "last_modified_at")
    private Instant lastModifiedAt;

    @Version
    @Column(name = "version")
    private long version;

    /** A queue as created. */
    public QueueRow(AccountId account, QueueName name, QueueAttributes attributes, int partitions, Instant createdAt) {
        this.accountId = account.value();
        this.name = name.value();
        this.partitions = partitions;
        this.createdAt = createdAt;
        this.lastModifiedAt = createdAt;
        take(attributes);
    }

    /**
     * The queue of a thing that keeps messages for itself, as created: no client can name it.
     *
     * @return the row, persisted; its name says its id
     */
    static QueueRow hidden(
            EntityManager entities, AccountId account, QueueAttributes attributes, int partitions, Instant createdAt) {
        QueueRow row = new QueueRow(account, new QueueName("hidden"), attributes, partitions, createdAt);
        row.hidden = true;
        entities.persist(row);
        row.name = "hidden-" + row.id; // its id was drawn just now
        return row;
    }

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init") // the provider fills the fields
    protected QueueRow() {}

    static Optional<QueueRow> find(EntityManager entities, AccountId account, QueueName name) {
        return find(entities, account, name, LockModeType.NONE);
    }

    static Optional<QueueRow> findAndLock(EntityManager entities, AccountId account, QueueName name) {
        return find(entities, account, name, LockModeType.PESSIMISTIC_WRITE);
    }

    private static Optional<QueueRow> find(
            EntityManager entities, AccountId account, QueueName name, LockModeType lock) {
        return entities.createNamedQuery("QueueRow.byName", QueueRow.class)
                .setParameter("account", account.value())
                .setParameter("name", name.value())
                .setLockMode(lock)
                .getResultStream()
                .findFirst();
    }

    void change(QueueAttributes attributes, Instant now) {
        take(attributes);
        lastModifiedAt = now;
    }

    private void take(QueueAttributes attributes) {
        delaySeconds = seconds(attributes.delay());
        maximumMessageSize = attributes.maximumMessageSize();
        retentionSeconds = seconds(attributes.retentionPeriod());
        visibilitySeconds = seconds(attributes.visibilityTimeout());
        pollingWaitSeconds = seconds(attributes.pollingWait());
        loggingEnabled = attributes.loggingEnabled();
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.toSeconds());
    }

    QueueAttributes attributes() {
        return new QueueAttributes(
                Duration.ofSeconds(delaySeconds),
                maximumMessageSize,
                Duration.ofSeconds(retentionSeconds),
                Duration.ofSeconds(visibilitySeconds),
                Duration.ofSeconds(pollingWaitSeconds),
                loggingEnabled);
    }

    /** Its id, unique among all queues for ever. */
    public long id() {
        return id;
    }

    Queue queue() {
        return new Queue(
                id, new AccountId(accountId), new QueueName(name), attributes(), partitions, createdAt, lastModifiedAt);
    }

    KnownRows.Row<OwnedName, Queue> picture() {
        return new KnownRows.Row<>(new OwnedName(hidden ? NOBODY : accountId, name), id, version, queue());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QueueRow row
                && accountId.equals(row.accountId)
                && hidden == row.hidden
                && name.equals(row.name);
    }

    @Override
    public int hashCode() {
        return 31 * accountId.hashCode() + name.hashCode();
    }
}
