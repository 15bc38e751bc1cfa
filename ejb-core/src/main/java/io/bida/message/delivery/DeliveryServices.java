package io.bida.message.delivery;

import io.bida.message.ReceiptHandles;
import io.bida.message.store.MessageStore;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What every queue of this node needs.
 *
 * @param store where messages are kept
 * @param handles makes and reads receipt handles
 * @param clock the node's clock
 * @param deadlines wakes queues
 * @param executor runs answers and the reading of stored messages; may be busy, must not refuse
 */
record DeliveryServices(
        MessageStore store, ReceiptHandles handles, Clock clock, Deadlines deadlines, Executor executor) {}
