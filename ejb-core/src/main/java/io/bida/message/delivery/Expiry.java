package io.bida.message.delivery;

import io.bida.message.lifecycle.DeliveryOrder;
import io.bida.message.lifecycle.Position;
import io.bida.message.lifecycle.RetentionTimes;

/**
 * Removes a partition's messages when their retention is over, with one pass over the order no sooner than the first
 * can be. Used within the queue's mailbox only.
 */
final class Expiry {

    private final LocalPartition partition;
    private final RetentionTimes retention = new RetentionTimes();
    private long nextExpiryMillis = Long.MAX_VALUE;

    Expiry(LocalPartition partition) {
        this.partition = partition;
    }

    /** Notes how long this bundle's messages live. */
    void note(long bundle, int retentionSeconds) {
        retention.note(bundle, retentionSeconds);
        nextExpiryMillis = Math.min(nextExpiryMillis, retention.endsAtMillis(bundle));
    }

    /** Whether the life of this bundle's messages is over; it must have been noted. */
    boolean isOver(long bundle, long nowMillis) {
        return retention.endsAtMillis(bundle) <= nowMillis;
    }

    /** Removes the messages whose retention is over. */
    void expire(long nowMillis) {
        if (nowMillis < nextExpiryMillis) {
            return;
        }
        DeliveryOrder order = partition.order();
        long last = Position.NONE;
        for (long position : order.removeIf(p -> isOver(Position.bundle(p), nowMillis))) {
            long bundle = Position.bundle(position);
            if (bundle != last) {
                partition.forget(partition.key(bundle));
                last = bundle;
            }
        }
        long oldest = order.oldest();
        retention.forget(oldest == Position.NONE ? Long.MAX_VALUE : Position.bundle(oldest), nowMillis);
        nextExpiryMillis = Math.max(nowMillis + 1000, retention.firstEndMillis());
    }
}
