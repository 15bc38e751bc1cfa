package io.bida.message.delivery;

import io.bida.error.ServiceException;
import io.bida.message.ReceiptHandles.Claim;
import io.bida.message.lifecycle.BundleNumbers;
import io.bida.message.lifecycle.DeliveryOrder;
import io.bida.message.lifecycle.Position;
import io.bida.message.store.Bundle;
import io.bida.message.store.BundleKey;
import io.bida.message.store.Deliveries;
import io.bida.message.store.UnreadableBundleException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One partition for as long as this node leads it: the only writer of its bundles and the keeper of its
 * {@link DeliveryOrder}.
 *
 * <pre>
 * new ──recover──► recovering ──all stored messages read──► serving ──close──► closed
 *                      └─────────────────────close──────────────────────────────►
 * </pre>
 *
 * While it is recovering it already takes sends, hands out what it has, and lets wait only what needs a message that is
 * not read yet. Closed for good: a node that leads the partition again makes another one. Used within its queue's
 * mailbox only.
 */
final class LocalPartition {

    private static final Logger LOG = Logger.getLogger(LocalPartition.class);

    private final LocalQueue queue;
    private final QueueSteps steps;
    private final int index;
    private final Expiry expiry = new Expiry(this);
    private final BundleWriter writer;
    private final BundleLanes lanes;
    private final SparseBundles sparse;
    private final PartitionRecovery recovery;
    private DeliveryOrder order = new DeliveryOrder();
    private @Nullable ServiceException closed;

    /** Bundles that cannot be read; their bytes stay, their messages are not handed out. */
    private final Set<Long> unreadable = new HashSet<>();

    private volatile int unreadableBundles;

    LocalPartition(LocalQueue queue, QueueSteps steps, int index) {
        this.queue = queue;
        this.steps = steps;
        this.index = index;
        long firstOwnBundle = Math.max(
                steps.store().lastBundle(steps.queueId(), index) + 1, BundleNumbers.firstAt(steps.nowMillis()));
        writer = new BundleWriter(this, steps, firstOwnBundle - 1);
        lanes = new BundleLanes(this, steps);
        sparse = new SparseBundles(this, steps, lanes);
        recovery = new PartitionRecovery(this, steps, firstOwnBundle);
    }

    int index() {
        return index;
    }

    DeliveryOrder order() {
        return order;
    }

    Expiry expiry() {
        return expiry;
    }

    SparseBundles sparse() {
        return sparse;
    }

    BundleKey key(long bundle) {
        return new BundleKey(steps.queueId(), index, bundle);
    }

    // ---- recovering ----

    /** Begins to read the stored messages again; once, before anything else. */
    void recover() {
        recovery.start();
    }

    boolean isRecovering() {
        return !recovery.isOver();
    }

    /** Does it now, or once the stored messages are read again or the partition is closed. */
    void onceRecovered(Runnable step) {
        recovery.onceOver(step);
    }

    /**
     * The stored messages cannot be read. In a cluster the node ends if the disk is to blame: its copies are on other
     * nodes, and only when it is gone these lead the partition.
     */
    void recoveryFailed(RuntimeException cause) {
        queue.failed("cannot read its stored messages", cause);
        if (cause instanceof UncheckedIOException) {
            steps.services().whenUnreadable().accept("its disk cannot be read: " + cause.getMessage());
        }
    }

    // ---- serving ----

    /** Whether what is sent to it has been under way for long. */
    boolean isSlow() {
        return writer.isSlow();
    }

    /** Stores the message with the next bundles. */
    void send(Outgoing message) {
        if (closed != null) {
            steps.refuse(message.answer(), closed);
        } else {
            writer.send(message);
        }
    }

    /**
     * Takes in a bundle that was stored by somebody else, or by this node without knowing it, unless that has happened
     * already; answers once its messages can be received. One that is not stored is none.
     */
    void adopt(long bundle, CompletableFuture<Void> answer) {
        recovery.onceOver(() -> {
            if (closed != null) {
                steps.refuse(answer, closed);
                return;
            }
            BundleKey key = key(bundle);
            steps.whenDone(() -> steps.store().getBundle(key), (stored, unread) -> {
                if (unread != null) {
                    steps.refuse(answer, unread);
                } else if (stored == null) {
                    steps.answer(() -> answer.complete(null));
                } else {
                    adopt(key, stored, answer);
                }
            });
        });
    }

    private void adopt(BundleKey key, Bundle bundle, CompletableFuture<Void> answer) {
        steps.whenDone(() -> steps.store().getDeliveries(key), (deliveries, unread) -> {
            ServiceException reason = unread != null ? unread : closed;
            if (reason != null) {
                steps.refuse(answer, reason);
                return;
            }
            recovery.addLate(key, bundle, deliveries);
            steps.answer(() -> answer.complete(null));
        });
    }

    /**
     * Looks again at a bundle that the leader before has changed, perhaps after it was read here. Answers once the
     * order says of it what the store says.
     */
    void reread(long bundle, CompletableFuture<Void> answer) {
        recovery.onceOver(() -> {
            if (closed != null) {
                steps.refuse(answer, closed);
            } else {
                lanes.act(bundle, new RereadAct(this, steps, bundle, answer));
            }
        });
    }

    /** Whether acts on the bundle wait, which have their effect on the order already or will have it. */
    boolean isActedOn(long bundle) {
        return lanes.isActedOn(bundle);
    }

    /** The order shall say of the bundle what the store says: these messages in this state, or none. */
    void putRight(long bundle, @Nullable Bundle stored, Deliveries state) {
        order.removeBundle(bundle);
        if (stored != null) {
            recovery.addAnew(key(bundle), stored, state);
        }
    }

    /** A bundle with this number is on its way into the store. */
    void writes(long bundle) {
        recovery.noteOwn(bundle);
    }

    /** Takes the best receivable message for the receiver; returns whether there was one. */
    boolean takeBest(Receiving receiving, long nowMillis) {
        while (true) {
            long position = order.takeBest(nowMillis + receiving.visibilityMillis());
            if (position == Position.NONE) {
                return false;
            }
            long bundle = Position.bundle(position);
            if (!expiry.isOver(bundle, nowMillis)) {
                receiving.takes();
                lanes.act(bundle, new TakeAct(this, steps, position, receiving));
                return true;
            }
            order.removeHidden(position);
            forget(key(bundle));
        }
    }

    /** Does the act of somebody with a receipt handle, as soon as the bundle is known to this node. */
    void act(Claim claim, BundleAct act) {
        long bundle = Position.bundle(claim.position());
        if (closed != null) {
            act.failed(closed);
        } else if (recovery.isMissing(bundle)) {
            recovery.onceOver(() -> act(claim, act));
        } else {
            lanes.act(bundle, act);
        }
    }

    /** Brings what was asked for since the last time on its way into the store; returns whether there was anything. */
    boolean settle(long nowMillis) {
        boolean decided = lanes.decideActs();
        return writer.writeBundles(nowMillis) || decided;
    }

    /** Drops a bundle whose messages are all deleted or over; never one that cannot be read. */
    void forget(BundleKey key) {
        if (unreadable.contains(key.bundle())) {
            return;
        }
        long early = recovery.mayBeRepeatedForMillis(key.bundle());
        if (early > 0) {
            steps.services().waits().wakeAt(steps.monotonicMillis() + early, () -> steps.post(() -> removeBundle(key)));
        } else {
            removeBundle(key);
        }
    }

    private void removeBundle(BundleKey key) {
        steps.whenDone(() -> steps.store().removeBundle(key), (done, failure) -> {
            // Failure: whatever reads it next finds all its messages deleted or over, and forgets it again.
        });
    }

    /** Leaves out a bundle that cannot be read, says so once, and goes on with the rest. */
    void leaveOut(BundleKey key, UnreadableBundleException reason) {
        if (unreadable.add(key.bundle())) {
            unreadableBundles = unreadable.size();
            LOG.errorf("A stored bundle cannot be read and is left out, its bytes stay: %s", reason.found());
        }
    }

    /** How many bundles are left out; for any thread. */
    int unreadableBundles() {
        return unreadableBundles;
    }

    /** Something threw that never should; the order may be wrong now. */
    void distrust(RuntimeException cause) {
        queue.distrust(cause);
    }

    /** Whether the store has answered everything that was asked of it. */
    boolean isIdle() {
        return writer.isIdle() && lanes.isIdle();
    }

    boolean isClosed() {
        return closed != null;
    }

    /** Why nothing is done here any more; null while something is. */
    @Nullable
    ServiceException closed() {
        return closed;
    }

    // ---- closing ----

    /**
     * Ends the leadership: what waits is answered with the reason, now and from now on, and the order is dropped. What
     * the store is doing already is still acknowledged.
     */
    void close(ServiceException reason) {
        if (closed != null) {
            return;
        }
        closed = reason;
        order = new DeliveryOrder();
        sparse.clear();
        writer.refuseWaiting(reason);
        lanes.refusePausing(reason);
        recovery.stop();
    }

    /** Whether another node leads it now; this one may not have been told yet, or be stopping. */
    boolean isElsewhere() {
        return closed instanceof NotLeaderException
                || !steps.services().leaders().isHere(steps.queueId(), index);
    }
}
