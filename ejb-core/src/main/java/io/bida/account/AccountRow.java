package io.bida.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/**
 * An account's row: opened once, then changed in its settings and in the number of queues and topics it has.
 *
 * <p>It is also where those line up who create or delete the account's queues and topics: they lock it first.
 */
@Entity
@Table(name = "account")
public class AccountRow {

    @Id
    @Column(name = "id", length = 32)
    private String id;

    @Column(name = "label")
    private String label;

    @Column(name = "logging_bucket", length = 256)
    private String loggingBucket;

    @Column(name = "queue_count")
    private int queueCount;

    @Column(name = "topic_count")
    private int topicCount;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    @Column(name = "version")
    private long version;

    /** An account with empty settings and no queue. */
    public AccountRow(AccountId id, String label, Instant createdAt) {
        this.id = id.value();
        this.label = label;
        this.loggingBucket = "";
        this.createdAt = createdAt;
    }

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init") // the provider fills the fields
    protected AccountRow() {}

    /**
     * The account's row, locked until the transaction ends.
     *
     * @throws AccountNotExistException if there is none (AccessDenied)
     */
    public static AccountRow lock(EntityManager entities, AccountId id) {
        AccountRow row = entities.find(AccountRow.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            throw new AccountNotExistException();
        }
        return row;
    }

    /** Counts one more queue, unless there are {@code max} already; says whether it did. */
    public boolean takePlaceForQueue(int max) {
        if (queueCount >= max) {
            return false;
        }
        queueCount++;
        return true;
    }

    /** Counts one queue less. */
    public void giveBackPlaceOfQueue() {
        queueCount--;
    }

    /** Counts one more topic, unless there are {@code max} already; says whether it did. */
    public boolean takePlaceForTopic(int max) {
        if (topicCount >= max) {
            return false;
        }
        topicCount++;
        return true;
    }

    /** Counts one topic less. */
    public void giveBackPlaceOfTopic() {
        topicCount--;
    }

    void change(AccountAttributes attributes) {
        loggingBucket = attributes.loggingBucket();
    }

    AccountAttributes attributes() {
        return new AccountAttributes(loggingBucket);
    }

    Account picture() {
        return new Account(new AccountId(id), label, createdAt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccountRow row && id.equals(row.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
