package io.bida.message.delivery;

import io.bida.message.ReceiptHandles.Claim;
import io.bida.message.store.Deliveries;
import io.bida.message.store.Deliveries.Delivery;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Deletes a message for good. */
final class DeleteAct extends HandleAct<Boolean> {

    DeleteAct(LocalPartition partition, QueueSteps steps, Claim claim, CompletableFuture<Boolean> answer) {
        super(partition, steps, claim, answer);
    }

    @Override
    void change(Deliveries.Change change, @Nullable Delivery delivery, long nowMillis) {
        change.delete(slot);
    }

    @Override
    Boolean succeeded() {
        partition.order().remove(claim.position()); // receivable again, if its hiding ended while this was stored
        return true;
    }
}
