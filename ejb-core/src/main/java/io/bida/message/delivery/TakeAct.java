package io.bida.message.delivery;

import io.bida.error.ServiceException;
import io.bida.message.MessageId;
import io.bida.message.ReceiptHandles.Claim;
import io.bida.message.ReceivedMessage;
import io.bida.message.lifecycle.Position;
import io.bida.message.store.Bundle;
import io.bida.message.store.Deliveries;
import io.bida.message.store.Deliveries.Delivery;
import io.bida.message.store.UnreadableBundleException;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Takes one message for a receiver: counts the receive and hides the message. */
final class TakeAct extends BundleAct {

    private final LocalPartition partition;
    private final QueueSteps steps;
    private final long position;
    private final int slot;
    private final Receiving receiving;
    private final int nonce;
    private @Nullable Delivery delivery;
    private @Nullable Bundle bundle;
    private long receivableAtMillis;

    TakeAct(LocalPartition partition, QueueSteps steps, long position, Receiving receiving) {
        this.partition = partition;
        this.steps = steps;
        this.position = position;
        this.slot = Position.slot(position);
        this.receiving = receiving;
        this.nonce = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    }

    @Override
    boolean needsBundle() {
        return true;
    }

    @Override
    void decide(Deliveries.Change change, @Nullable Bundle loaded, long nowMillis) {
        delivery = null;
        bundle = loaded;
        receivableAtMillis = Long.MAX_VALUE;
        int index = loaded == null ? -1 : loaded.indexOf(slot);
        if (loaded == null || index < 0 || !change.isAlive(slot)) {
            return;
        }
        Delivery before = change.delivery(slot);
        receivableAtMillis = before == null ? loaded.visibleFromMillis(index) : before.nextVisibleAtMillis();
        if (receivableAtMillis > nowMillis) {
            return;
        }
        boolean first = before == null || before.dequeueCount() == 0;
        delivery = new Delivery(
                before == null ? 1 : before.dequeueCount() + 1,
                first || before == null ? nowMillis : before.firstDequeuedAtMillis(),
                nowMillis + receiving.visibilityMillis(),
                nonce);
        change.set(slot, delivery);
    }

    @Override
    void done() {
        if (delivery != null) {
            partition.order().hideUntil(position, delivery.nextVisibleAtMillis());
            receiving.took(this);
        } else {
            // The order was wrong about this message: put it right, and let the receiver go on without it.
            if (receivableAtMillis == Long.MAX_VALUE) {
                partition.order().removeHidden(position);
            } else {
                partition.order().hideUntil(position, receivableAtMillis);
            }
            receiving.missed();
        }
    }

    @Override
    void failed(ServiceException reason) {
        if (reason instanceof UnreadableBundleException) {
            // Nobody can get this message; the receiver gets the next one.
            partition.order().removeHidden(position);
            receiving.missed();
        } else {
            receiving.failed(reason);
        }
    }

    /** The message as its receiver gets it; only after it was taken. */
    ReceivedMessage message() {
        Bundle from = bundle;
        Delivery how = delivery;
        if (from == null || how == null) {
            throw new IllegalStateException("not taken");
        }
        int index = from.indexOf(slot);
        return new ReceivedMessage(
                new MessageId(steps.queueId(), partition.index(), position),
                steps.handle(new Claim(partition.index(), position, nonce)),
                from.body(index),
                from.properties(index),
                from.priorityOf(index),
                Instant.ofEpochMilli(from.enqueuedAtMillis()),
                Instant.ofEpochMilli(how.nextVisibleAtMillis()),
                Instant.ofEpochMilli(how.firstDequeuedAtMillis()),
                how.dequeueCount());
    }
}
