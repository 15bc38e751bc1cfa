package io.bida.queue;

import io.bida.account.AccountId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;

/**
 * Queues that no client can name: what a thing of another kind keeps its messages in, for example a subscription.
 *
 * <p>They belong to an account, are served, stored and counted like all others, and are found by their ids only.
 */
@ApplicationScoped
public class HiddenQueues {

    @Inject
    QueueCatalogue queues;

    @Inject
    PartitionCount partitions;

    @Inject
    Event<QueueDeleted> queueDeleted;

    /** Creates one within the caller's transaction; after the commit it is to be {@linkplain #remember remembered}. */
    public QueueRow create(EntityManager entities, AccountId account, QueueAttributes attributes, Instant now) {
        return QueueRow.hidden(entities, account, attributes, partitions.ofNewQueue(), now);
    }

    /**
     * Makes a queue known that was created, on this node and on the others.
     *
     * @return whether all nodes know it now
     */
    public boolean remember(QueueRow committed) {
        return queues.remember(committed.picture());
    }

    /** The row of a queue that exists, within the caller's transaction. */
    public QueueRow get(EntityManager entities, long id) {
        return entities.find(QueueRow.class, id);
    }

    /** Deletes it within the caller's transaction; its messages are dropped after the commit. */
    public void delete(EntityManager entities, long id) {
        QueueRow row = entities.find(QueueRow.class, id);
        if (row != null) {
            entities.remove(row);
            queueDeleted.fire(new QueueDeleted(row.queue()));
        }
    }
}
