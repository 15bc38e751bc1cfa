package io.bida.queue;

import io.bida.account.AccountId;
import io.bida.account.AccountRow;
import io.bida.catalogue.CatalogueTransactions;
import io.bida.error.InvalidArgumentException;
import io.bida.limits.ServiceLimits;
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
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The use cases of queues: create, change, look at, list, delete.
 *
 * <p>When a change returns, it is on disk, and this node's {@link QueueCatalogue} knows it; other nodes learn of it
 * within half a minute. Changes refuse with ServiceUnavailable when the catalogue's database does not answer; looking
 * and listing go on.
 */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN) // see CatalogueTransactions
public class QueueService {

    @Inject
    CatalogueTransactions catalogue;

    @Inject
    QueueCatalogue queues;

    @Inject
    QueueCounters counters;

    @Inject
    Event<QueueDeleted> queueDeleted;

    @Inject
    ServiceLimits limits;

    @Inject
    PartitionCount partitions;

    @Inject
    Clock clock;

    /** A row, and whether this call made it. */
    private record Outcome(QueueRow row, boolean created) {}

    /**
     * Creates a queue, or finds that it exists with equal attributes. Of several calls at the same moment exactly one
     * creates it.
     *
     * @return whether it was created by this call; {@code false} if it existed with the attributes asked for
     * @throws QueueAlreadyExistException if it exists with other attributes (QueueAlreadyExist)
     * @throws InvalidArgumentException if an attribute is out of its range (InvalidArgument)
     * @throws QueueNumExceededLimitException if the account has as many queues as it may (QueueNumExceededLimit)
     * @throws io.bida.account.AccountNotExistException if there is no such account (AccessDenied)
     */
    public boolean createQueue(AccountId account, QueueName name, QueueAttributesChange attributes) {
        QueueAttributes wanted = attributes.applyTo(QueueAttributes.DEFAULT, limits);
        Outcome outcome = catalogue.transact(entities -> findOrCreate(entities, account, name, wanted));
        queues.remember(outcome.row().picture());
        if (!outcome.row().attributes().equals(wanted)) {
            throw new QueueAlreadyExistException();
        }
        return outcome.created();
    }

    private Outcome findOrCreate(EntityManager entities, AccountId account, QueueName name, QueueAttributes wanted) {
        Optional<QueueRow> existing = QueueRow.find(entities, account, name);
        if (existing.isPresent()) {
            return new Outcome(existing.get(), false);
        }
        AccountRow owner = AccountRow.lock(entities, account);
        // Once more: whoever held the lock before may have created it.
        return QueueRow.find(entities, account, name)
                .map(row -> new Outcome(row, false))
                .orElseGet(() -> new Outcome(create(entities, owner, account, name, wanted), true));
    }

    private QueueRow create(
            EntityManager entities, AccountRow owner, AccountId account, QueueName name, QueueAttributes wanted) {
        if (!owner.takePlaceForQueue(limits.maxQueuesPerAccount())) {
            throw new QueueNumExceededLimitException(limits.maxQueuesPerAccount());
        }
        QueueRow row = new QueueRow(account, name, wanted, partitions.ofNewQueue(), now());
        entities.persist(row);
        return row;
    }

    /**
     * Changes the attributes named; messages sent or received from now on see them.
     *
     * @throws QueueNotExistException (QueueNotExist)
     * @throws InvalidArgumentException if an attribute is out of its range (InvalidArgument)
     */
    public void setQueueAttributes(AccountId account, QueueName name, QueueAttributesChange change) {
        // Wrong values are refused before a missing queue (wire specification 2.6).
        change.applyTo(QueueAttributes.DEFAULT, limits);
        QueueRow changed = catalogue.transact(entities -> {
            QueueRow row = QueueRow.findAndLock(entities, account, name).orElseThrow(QueueNotExistException::new);
            row.change(change.applyTo(row.attributes(), limits), now());
            return row;
        });
        queues.remember(changed.picture());
    }

    /**
     * The queue's settings and counts.
     *
     * @throws QueueNotExistException (QueueNotExist)
     */
    public CompletionStage<QueueDescription> getQueueAttributes(AccountId account, QueueName name) {
        return describe(List.of(queues.getQueue(account, name)))
                .thenApply(described -> described.stream().findAny().orElseThrow(QueueNotExistException::new));
    }

    /** Those of the queues that are not deleted meanwhile, in the same order. */
    private CompletionStage<List<QueueDescription>> describe(List<Queue> known) {
        return counters.statistics(known)
                .thenApply(counts -> known.stream()
                        .filter(queue -> counts.containsKey(queue.id()))
                        .map(queue ->
                                new QueueDescription(queue, counts.getOrDefault(queue.id(), QueueStatistics.EMPTY)))
                        .toList());
    }

    /**
     * Deletes the queue and its messages; does nothing if there is none (wire specification 6.4).
     *
     * @throws io.bida.account.AccountNotExistException if there is no such account (AccessDenied)
     */
    public void deleteQueue(AccountId account, QueueName name) {
        catalogue.transact(entities -> {
            // The account's row first, as creators do, so that two never wait for each other.
            AccountRow owner = AccountRow.lock(entities, account);
            Optional<QueueRow> row = QueueRow.findAndLock(entities, account, name);
            row.ifPresent(found -> delete(entities, owner, found));
            return row;
        });
    }

    private void delete(EntityManager entities, AccountRow owner, QueueRow row) {
        entities.remove(row);
        owner.giveBackPlaceOfQueue();
        queueDeleted.fire(new QueueDeleted(row.queue()));
    }

    /**
     * A page of the account's queues in name order, from memory.
     *
     * @param prefix only names that begin with it; empty for all
     * @param after where the page before ended
     * @param limit 1 to 1000
     * @throws InvalidArgumentException if the limit is out of its range (InvalidArgument)
     */
    public Page<Queue> listQueues(AccountId account, String prefix, Optional<Marker> after, int limit) {
        Listing listing = new Listing(prefix, after, limit);
        listing.check("queues", limits);
        return queues.page(account, listing);
    }

    /**
     * The same page with each queue's counts, in one call.
     *
     * @throws InvalidArgumentException if the limit is out of its range (InvalidArgument)
     */
    public CompletionStage<Page<QueueDescription>> describeQueues(
            AccountId account, String prefix, Optional<Marker> after, int limit) {
        Page<Queue> page = listQueues(account, prefix, after, limit);
        return describe(page.entries()).thenApply(described -> new Page<>(described, page.next()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
