package io.bida.console.queue;

import io.bida.account.AccountId;
import io.bida.console.component.Answers;
import io.bida.error.ServiceException;
import io.bida.queue.Page;
import io.bida.queue.QueueDescription;
import io.bida.queue.QueueService;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One page of the list of queues as it was at one moment, or why there is none.
 *
 * @param page the queues with their exact counts; empty after a refusal
 * @param takenAt when
 * @param refusal why the service gave none, if it did not
 */
record QueueListing(Page<QueueDescription> page, Instant takenAt, Optional<ServiceException> refusal) {

    /** Asks the service, with one call. */
    static QueueListing take(QueueService queues, Clock clock, AccountId account, ListPosition position) {
        try {
            Page<QueueDescription> page = Answers.await(
                    queues.describeQueues(account, position.prefix(), position.marker(), ListPosition.PAGE_SIZE));
            return new QueueListing(page, clock.instant(), Optional.empty());
        } catch (ServiceException refusal) {
            return new QueueListing(new Page<>(List.of(), Optional.empty()), clock.instant(), Optional.of(refusal));
        }
    }

    /** Whether there is something to show. */
    boolean hasQueues() {
        return !page.entries().isEmpty();
    }

    /** Whether the service answered that there is nothing. */
    boolean isEmpty() {
        return refusal.isEmpty() && page.entries().isEmpty();
    }
}
