package io.bida.queue;

import io.bida.account.AccountId;
import jakarta.ejb.Stateless;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The use cases of queues: create, change, look at, list, delete. */
@Stateless
public class QueueService {

    /**
     * Creates a queue, or finds that it exists with equal attributes.
     *
     * @return whether it was created by this call; {@code false} if it existed with the attributes asked for
     * @throws QueueAlreadyExistException if it exists with other attributes (QueueAlreadyExist)
     * @throws io.bida.error.InvalidArgumentException if an attribute is out of its range (InvalidArgument)
     */
    public boolean createQueue(AccountId account, QueueName name, QueueAttributesChange attributes) {
        throw new UnsupportedOperationException();
    }

    /**
     * Changes the attributes named; messages sent or received from now on see them.
     *
     * @throws QueueNotExistException (QueueNotExist)
     * @throws io.bida.error.InvalidArgumentException if an attribute is out of its range (InvalidArgument)
     */
    public void setQueueAttributes(AccountId account, QueueName name, QueueAttributesChange change) {
        throw new UnsupportedOperationException();
    }

    /**
     * The queue's settings and counts.
     *
     * @throws QueueNotExistException (QueueNotExist)
     */
    public CompletionStage<QueueDescription> getQueueAttributes(AccountId account, QueueName name) {
        throw new UnsupportedOperationException();
    }

    /** Deletes the queue and its messages; does nothing if there is none (wire specification 6.4). */
    public void deleteQueue(AccountId account, QueueName name) {
        throw new UnsupportedOperationException();
    }

    /**
     * A page of the account's queues in name order, from memory.
     *
     * @param prefix only names that begin with it; empty for all
     * @param after where the page before ended
     * @param limit 1 to 1000
     * @throws io.bida.error.InvalidArgumentException if the limit is out of its range (InvalidArgument)
     */
    public Page<Queue> listQueues(AccountId account, String prefix, Optional<Marker> after, int limit) {
        throw new UnsupportedOperationException();
    }

    /** The same page with each queue's counts, in one call. */
    public CompletionStage<Page<QueueDescription>> describeQueues(
            AccountId account, String prefix, Optional<Marker> after, int limit) {
        throw new UnsupportedOperationException();
    }
}
