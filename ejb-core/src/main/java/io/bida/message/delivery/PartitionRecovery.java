package io.bida.message.delivery;

import io.bida.message.lifecycle.BundleNumbers;
import io.bida.message.lifecycle.Position;
import io.bida.message.store.Bundle;
import io.bida.message.store.BundleKey;
import io.bida.message.store.Deliveries;
import io.bida.message.store.Deliveries.Delivery;
import io.bida.message.store.MessageStore;
import io.bida.message.store.UnreadableBundleException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads a partition's stored messages again when this node begins to lead it, while it already serves new ones.
 *
 * <p>The scan runs on an executor for scans and hands over what it finds in steps; everything else happens within the
 * queue's mailbox.
 */
final class PartitionRecovery {

    private static final Logger LOG = Logger.getLogger(PartitionRecovery.class);

    /** Bundles handed over together: a mailbox is held for well under a millisecond by them. */
    private static final int SCAN_STEP = 256;

    /**
     * How old a bundle can be when it comes after the scan, in milliseconds: 60000, our choice; a write takes 10 s at
     * most, the rest is for clocks that differ. What is written later is handed over by its writer.
     */
    private static final long LATE_MILLIS = 60_000;

    /** When it is over with late bundles, in milliseconds after the scan: 60000, our choice. */
    private static final long LATE_OVER_MILLIS = 60_000;

    /**
     * How long another node may go on to put a bundle that it began to put when it led, in milliseconds from its
     * making: 30000, our choice; a write takes 10 s at most, and its last try 5 s more.
     */
    private static final long MAY_BE_REPEATED_MILLIS = 30_000;

    /** When it is looked for late bundles, in milliseconds after the scan: our choice; a write takes 10 s at most. */
    private static final List<Long> LATE_LOOKS_MILLIS = List.of(500L, 3_000L, 15_000L);

    private final LocalPartition partition;
    private final QueueSteps steps;
    private final long firstOwnBundle;
    private final long mayBeLateFromMillis;

    /** Bundles so young that somebody may ask for them to be taken in though they were read already. */
    private final Set<Long> late = new HashSet<>();

    /** Bundles that this node writes while it is still looked for late ones of others. */
    private final Set<Long> own = new HashSet<>();

    private boolean looksForLate;

    private boolean over;
    private volatile boolean stopped;
    private List<Runnable> untilOver = new ArrayList<>();

    /** Of the bundles with lower numbers than {@code firstOwnBundle}. */
    PartitionRecovery(LocalPartition partition, QueueSteps steps, long firstOwnBundle) {
        this.partition = partition;
        this.steps = steps;
        this.firstOwnBundle = firstOwnBundle;
        this.mayBeLateFromMillis = steps.nowMillis() - LATE_MILLIS;
        this.looksForLate = steps.services().leaders().mayChange();
    }

    /** What a scan found of one bundle: its living messages. */
    private record Found(BundleKey key, int retentionSeconds, int entries, List<FoundMessage> messages) {
        boolean isSparse() {
            return messages.size() * 2 <= entries;
        }
    }

    private record FoundMessage(long position, int priority, long dueMillis, boolean isDelayed) {}

    /** Whether stored messages are still missing from the order. */
    boolean isOver() {
        return over;
    }

    /** Whether this bundle was there before this node led the partition, and is not read again yet. */
    boolean isMissing(long bundle) {
        return !over && bundle < firstOwnBundle;
    }

    /** Does it now, or once the stored messages are read or the recovery is stopped. */
    void onceOver(Runnable step) {
        if (over) {
            step.run();
        } else {
            untilOver.add(step);
        }
    }

    /** Begins to read. */
    void start() {
        steps.services().scans().execute(this::scan);
    }

    /** Ends the reading; what waits for it goes on and finds the partition closed. */
    void stop() {
        stopped = true;
        end();
    }

    private void scan() {
        Collector found = new Collector(this::add);
        try {
            steps.store().scan(steps.queueId(), partition.index(), 0, firstOwnBundle, found);
        } catch (RuntimeException e) {
            steps.post(() -> fail(e));
            return;
        }
        List<Found> rest = found.rest();
        steps.post(() -> {
            rest.forEach(this::add);
            end();
            if (looksForLate) {
                LATE_LOOKS_MILLIS.forEach(this::lookForLateAfter);
                after(LATE_OVER_MILLIS, () -> steps.post(this::lookForLateNoMore));
            }
        });
    }

    /** This node writes a bundle with this number now. */
    void noteOwn(long bundle) {
        if (looksForLate) {
            own.add(bundle);
        }
    }

    /**
     * For how long the bundle must not be removed, in milliseconds, because the leader before may be putting it still,
     * and would find its place free and bring it back; 0 if nobody can be.
     */
    long mayBeRepeatedForMillis(long bundle) {
        boolean isOthers = looksForLate && !own.contains(bundle);
        long age = steps.nowMillis() - BundleNumbers.madeAtMillis(bundle);
        return isOthers ? Math.min(MAY_BE_REPEATED_MILLIS, Math.max(0, MAY_BE_REPEATED_MILLIS - age)) : 0;
    }

    private void lookForLateNoMore() {
        looksForLate = false;
        late.clear();
        own.clear();
    }

    private void lookForLateAfter(long millis) {
        after(millis, () -> steps.services().scans().execute(this::lookForLate));
    }

    private void after(long millis, Runnable step) {
        steps.services().waits().wakeAt(steps.monotonicMillis() + millis, step);
    }

    /**
     * The leader before may have stored a bundle, and acknowledged it, just after the scan went by its place: it learns
     * of the change a moment later than this node.
     */
    private void lookForLate() {
        if (stopped) {
            return;
        }
        long from = BundleNumbers.firstAt(mayBeLateFromMillis);
        Collector found = new Collector(this::addIfLate);
        try {
            // Most partitions have had no message for minutes: one look at the last number instead of a flush for each.
            if (steps.store().lastBundle(steps.queueId(), partition.index()) < from) {
                return;
            }
            steps.store().scan(steps.queueId(), partition.index(), from, Long.MAX_VALUE, found);
        } catch (CancellationException e) {
            return;
        } catch (UncheckedIOException e) {
            steps.post(() -> fail(e));
            return;
        } catch (RuntimeException e) {
            LOG.warnf("Queue %d is not looked through for late bundles: %s", steps.queueId(), e);
            return;
        }
        found.handOver();
    }

    private void addIfLate(Found found) {
        long bundle = found.key().bundle();
        if (looksForLate && !late.contains(bundle) && !own.contains(bundle)) {
            add(found);
        }
    }

    /** Takes what the scan finds, on the scanning thread, and hands it over in steps. */
    private final class Collector implements MessageStore.Visitor {
        private final Consumer<Found> taking;
        private final List<Found> found = new ArrayList<>();

        private Collector(Consumer<Found> taking) {
            this.taking = taking;
        }

        @Override
        public void visit(BundleKey key, Bundle bundle, @Nullable Deliveries deliveries) {
            if (stopped) {
                throw new CancellationException("the partition was closed");
            }
            found.add(found(key, bundle, deliveries));
            if (found.size() == SCAN_STEP) {
                handOver();
            }
        }

        private void handOver() {
            List<Found> step = rest();
            steps.post(() -> step.forEach(taking));
        }

        private List<Found> rest() {
            List<Found> rest = List.copyOf(found);
            found.clear();
            return rest;
        }

        @Override
        public void unreadable(BundleKey key, UnreadableBundleException reason) {
            steps.post(() -> partition.leaveOut(key, reason));
        }
    }

    private void fail(RuntimeException cause) {
        if (!stopped) {
            partition.recoveryFailed(cause);
        }
    }

    private void end() {
        over = true;
        List<Runnable> waiting = untilOver;
        untilOver = new ArrayList<>();
        waiting.forEach(Runnable::run);
    }

    private static Found found(BundleKey key, Bundle bundle, @Nullable Deliveries deliveries) {
        List<FoundMessage> messages = new ArrayList<>(bundle.entries());
        for (int i = 0; i < bundle.entries(); i++) {
            int slot = bundle.slot(i);
            if (deliveries != null && !deliveries.isAlive(slot)) {
                continue;
            }
            Delivery delivery = deliveries == null ? null : deliveries.delivery(slot);
            boolean delayed = delivery == null || delivery.dequeueCount() == 0;
            messages.add(new FoundMessage(
                    Position.of(key.bundle(), slot),
                    bundle.priority(i),
                    delivery == null ? bundle.visibleFromMillis(i) : delivery.nextVisibleAtMillis(),
                    delayed));
        }
        return new Found(key, bundle.retentionSeconds(), bundle.entries(), messages);
    }

    /** Takes in a bundle that was stored too late for the scan; once only. */
    void addLate(BundleKey key, Bundle bundle, @Nullable Deliveries deliveries) {
        if (!late.contains(key.bundle())) {
            addAnew(key, bundle, deliveries);
        }
    }

    /** Takes in a bundle of which the order says nothing. */
    void addAnew(BundleKey key, Bundle bundle, @Nullable Deliveries deliveries) {
        add(found(key, bundle, deliveries));
    }

    private void add(Found found) {
        if (stopped) {
            return;
        }
        if (looksForLate && BundleNumbers.madeAtMillis(found.key().bundle()) >= mayBeLateFromMillis) {
            late.add(found.key().bundle());
        }
        try {
            addToOrder(found);
        } catch (RuntimeException e) {
            partition.distrust(e);
        }
    }

    private void addToOrder(Found found) {
        long now = steps.nowMillis();
        long bundle = found.key().bundle();
        partition.expiry().note(bundle, found.retentionSeconds());
        if (found.messages().isEmpty() || partition.expiry().isOver(bundle, now)) {
            partition.forget(found.key());
            return;
        }
        if (found.isSparse()) {
            partition.sparse().note(bundle);
        }
        for (FoundMessage message : found.messages()) {
            if (message.dueMillis() <= now) {
                partition.order().addReady(message.position(), message.priority());
            } else if (message.isDelayed()) {
                partition.order().addDelayed(message.position(), message.priority(), message.dueMillis());
            } else {
                partition.order().addInactive(message.position(), message.priority(), message.dueMillis());
            }
        }
    }
}
