package io.bida.message.delivery;

import io.bida.error.ServiceException;
import io.bida.message.MessageNotExistException;
import io.bida.message.ReceiptHandles.Claim;
import io.bida.message.lifecycle.Position;
import io.bida.message.store.Bundle;
import io.bida.message.store.Deliveries;
import io.bida.message.store.Deliveries.Delivery;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An act of somebody who holds a receipt handle: allowed while the message is hidden for the receive that the handle
 * proves.
 *
 * <p>Rule: the message is not deleted, was not received again since (the nonce is the same), and is still hidden. The
 * handle that a delayed send returned is good until the delay is over. Source: wire specification 5.3, 7.1, 7.8.
 */
abstract class HandleAct<T> extends BundleAct {

    final LocalPartition partition;
    final QueueSteps steps;
    final Claim claim;

    /** The message's slot in its bundle, 0 to 63. */
    final int slot;

    final CompletableFuture<T> answer;
    private boolean allowed;

    HandleAct(LocalPartition partition, QueueSteps steps, Claim claim, CompletableFuture<T> answer) {
        this.partition = partition;
        this.steps = steps;
        this.claim = claim;
        this.slot = Position.slot(claim.position());
        this.answer = answer;
    }

    /** Makes the change; the handle is good. */
    abstract void change(Deliveries.Change change, @Nullable Delivery delivery, long nowMillis);

    /** What to do in memory and what to answer, once the change is stored. */
    abstract T succeeded();

    @Override
    final void decide(Deliveries.Change change, @Nullable Bundle bundle, long nowMillis) {
        Delivery delivery = change.delivery(slot);
        allowed = change.isAlive(slot) && isHolder(delivery, bundle, nowMillis);
        if (allowed) {
            change(change, delivery, nowMillis);
        }
    }

    @Override
    final void done() {
        if (allowed) {
            T result = succeeded();
            steps.answer(() -> answer.complete(result));
        } else {
            failed(new MessageNotExistException());
        }
    }

    @Override
    final void failed(ServiceException reason) {
        steps.refuse(answer, reason);
    }

    /** A state without this slot stands for a message that was never touched: then its bundle was loaded. */
    private boolean isHolder(@Nullable Delivery delivery, @Nullable Bundle bundle, long nowMillis) {
        if (delivery != null) {
            return delivery.nonce() == claim.nonce() && nowMillis < delivery.nextVisibleAtMillis();
        }
        if (claim.nonce() != Deliveries.NEVER_RECEIVED || bundle == null) {
            return false;
        }
        int index = bundle.indexOf(slot);
        return index >= 0 && nowMillis < bundle.visibleFromMillis(index);
    }

    /** The handle of a delayed send may meet a state that knows other slots only, so it always wants the bundle. */
    @Override
    final boolean needsBundle() {
        return claim.nonce() == Deliveries.NEVER_RECEIVED;
    }
}
