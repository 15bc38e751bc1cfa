package io.bida.message.delivery;

import io.bida.message.ChangedVisibility;
import io.bida.message.ReceiptHandles.Claim;
import io.bida.message.store.Deliveries;
import io.bida.message.store.Deliveries.Delivery;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sets anew when a hidden message becomes receivable; the receive, and so its handles, stay good as long. */
final class ChangeVisibilityAct extends HandleAct<ChangedVisibility> {

    private final long visibilityMillis;
    private long nextVisibleAtMillis;

    ChangeVisibilityAct(
            LocalPartition partition,
            QueueSteps steps,
            Claim claim,
            long visibilityMillis,
            CompletableFuture<ChangedVisibility> answer) {
        super(partition, steps, claim, answer);
        this.visibilityMillis = visibilityMillis;
    }

    @Override
    void change(Deliveries.Change change, @Nullable Delivery delivery, long nowMillis) {
        nextVisibleAtMillis = nowMillis + visibilityMillis;
        change.set(
                slot,
                delivery == null
                        ? new Delivery(0, 0, nextVisibleAtMillis, Deliveries.NEVER_RECEIVED)
                        : new Delivery(
                                delivery.dequeueCount(),
                                delivery.firstDequeuedAtMillis(),
                                nextVisibleAtMillis,
                                delivery.nonce()));
    }

    @Override
    ChangedVisibility succeeded() {
        partition.order().hideUntil(claim.position(), nextVisibleAtMillis);
        return new ChangedVisibility(steps.handle(claim), Instant.ofEpochMilli(nextVisibleAtMillis));
    }
}
