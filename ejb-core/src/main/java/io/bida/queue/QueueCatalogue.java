package io.bida.queue;

import static jakarta.enterprise.event.TransactionPhase.AFTER_SUCCESS;
import static jakarta.interceptor.Interceptor.Priority.PLATFORM_BEFORE;

import io.bida.account.AccountId;
import io.bida.catalogue.CatalogueTransactions;
import io.bida.catalogue.KnownRows;
import io.bida.cluster.ClusterNews;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All queues as this node knows them, in memory: what the data path reads instead of the database.
 *
 * <p>Filled at start, changed after each commit of this node, compared with the database from time to time. Goes on
 * when the database is down. Safe for use by any thread.
 */
@ApplicationScoped
public class QueueCatalogue {

    @Inject
    CatalogueTransactions catalogue;

    @Inject
    ClusterNews news;

    @Inject
    Event<QueueDeletedElsewhere> deletedElsewhere;

    private final KnownRows<OwnedName, Queue> known =
            new KnownRows<>(gone -> deletedElsewhere.fire(new QueueDeletedElsewhere(gone)));

    /**
     * The account's queue of this name.
     *
     * @throws io.bida.error.ServiceUnavailableException before the queues are read at start (ServiceUnavailable)
     */
    public Optional<Queue> findQueue(AccountId account, QueueName name) {
        return known.find(new OwnedName(account.value(), name.value()));
    }

    /**
     * The account's queue of this name.
     *
     * @throws QueueNotExistException if there is none (QueueNotExist)
     */
    public Queue getQueue(AccountId account, QueueName name) {
        return findQueue(account, name).orElseThrow(QueueNotExistException::new);
    }

    /** The queue with this id, of whatever account. */
    public Optional<Queue> findQueue(long id) {
        return known.findById(id);
    }

    /** Every queue of every account, as of now; for recovery at start and for timers, not for requests. */
    public Collection<Queue> allQueues() {
        return known.all();
    }

    /**
     * Which of these queues were certainly deleted: the database, asked now, has no row of them though it has given out
     * higher ids. A database that was restored from an older state, or is another one, says nothing about a higher id.
     *
     * @throws io.bida.error.ServiceUnavailableException if the database does not answer (ServiceUnavailable)
     */
    public Set<Long> deletedOf(Collection<Long> ids) {
        Set<Long> committed = catalogue.transact(entities -> new TreeSet<>(
                entities.createQuery("select q.id from QueueRow q", Long.class).getResultList()));
        long highest = committed.stream().mapToLong(id -> id).max().orElse(0);
        return ids.stream()
                .filter(id -> id < highest && !committed.contains(id))
                .collect(Collectors.toSet());
    }

    /** One page of the account's queues in the order of their names. */
    Page<Queue> page(AccountId account, Listing listing) {
        return listing.of(known, account.value(), QueueCatalogue::key);
    }

    private static OwnedName key(Queue queue) {
        return new OwnedName(queue.accountId().value(), queue.name().value());
    }

    /** Learns from other nodes what they change. */
    @PostConstruct
    void listen() {
        news.whenConnected(this::readAgain);
        news.listen(ClusterNews.Kind.QUEUE, id -> known.readAgain(catalogue, QueueRow.class, id, QueueRow::picture));
    }

    /** Returns whether all nodes know it now. */
    boolean remember(KnownRows.Row<OwnedName, Queue> row) {
        known.remember(row);
        return news.tell(ClusterNews.Kind.QUEUE, row.id());
    }

    // First of all observers: what they drop must not be made again by a sender who still finds the queue here.
    void forget(@Observes(during = AFTER_SUCCESS) @Priority(PLATFORM_BEFORE) QueueDeleted deleted) {
        Queue queue = deleted.queue();
        known.forget(queue.id());
        news.tell(ClusterNews.Kind.QUEUE, queue.id());
    }

    /**
     * Compares with the database, reads everything where something differs, and returns how much did.
     *
     * @throws io.bida.error.ServiceUnavailableException if the database does not answer (ServiceUnavailable)
     */
    public int readAgain() {
        return known.readAgain(catalogue, QueueRow.class, QueueRow::picture);
    }
}
