package io.bida.message.delivery;

import io.bida.message.ReceiptHandles;
import io.bida.message.store.MessageStore;
import io.bida.message.store.PartitionLeaders;
import io.bida.time.MonotonicTime;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What every queue of this node needs.
 *
 * @param store where messages are kept
 * @param leaders says which partitions this node leads
 * @param others the other nodes
 * @param scarceDisks the nodes whose disks are nearly full
 * @param handles makes and reads receipt handles
 * @param clock the node's clock
 * @param monotonic the node's clock for waits
 * @param deadlines wakes queues when messages become receivable, by the clock
 * @param waits wakes queues when a wait ends, by the monotonic clock
 * @param executor runs answers and long mailbox runs; may be busy, must not refuse
 * @param scans reads stored messages again; apart, because a large queue keeps a thread busy for long and the other
 *     executor also completes writes
 * @param messages how many messages all partitions have that this node leads; each queue adds what changed
 * @param whenUnreadable told why when the disk cannot be read
 */
record DeliveryServices(
        MessageStore store,
        PartitionLeaders leaders,
        OtherNodes others,
        ScarceDisks scarceDisks,
        ReceiptHandles handles,
        Clock clock,
        MonotonicTime monotonic,
        Deadlines deadlines,
        Deadlines waits,
        Executor executor,
        Executor scans,
        LongAdder messages,
        Consumer<String> whenUnreadable) {}
