package io.bida.queue;

import io.bida.account.AccountId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Optional;

/**
 * All queues as this node knows them, in memory: what the data path reads instead of the database.
 *
 * <p>Filled at start, changed after each commit. Safe for use by any thread.
 */
@ApplicationScoped
public class QueueCatalogue {

    /** The account's queue of this name. */
    public Optional<Queue> findQueue(AccountId account, QueueName name) {
        throw new UnsupportedOperationException();
    }

    /**
     * The account's queue of this name.
     *
     * @throws QueueNotExistException if there is none (QueueNotExist)
     */
    public Queue getQueue(AccountId account, QueueName name) {
        return findQueue(account, name).orElseThrow(QueueNotExistException::new);
    }

    /** Every queue of every account, as of now; for recovery at start and for timers, not for requests. */
    public Collection<Queue> allQueues() {
        throw new UnsupportedOperationException();
    }
}
