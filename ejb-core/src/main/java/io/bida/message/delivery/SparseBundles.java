package io.bida.message.delivery;

import io.bida.message.store.Bundle;
import io.bida.message.store.BundleKey;
import io.bida.message.store.Deliveries;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites small those bundles of a partition whose messages are mostly gone, so that a straggler never pins much disk.
 *
 * <p>A bundle stands in line from the moment at which its living messages have halved. Five minutes later it is stored
 * again under its key with the living messages only, if that saves at least half of its bytes. One write does it, so a
 * crash leaves the one or the other form; the delivery state stays as it is, and so do ids, slots and handles. While it
 * is being rewritten, acts on it wait. Used within the queue's mailbox only.
 */
final class SparseBundles {

    /** How long a bundle stays sparse before it is rewritten: 5 minutes, our choice; most are gone by then. */
    private static final long AGE_MILLIS = 5 * 60_000L;

    /** Bundles that one call begins to rewrite: 64, our choice, at most 16 MiB. */
    private static final int MOST_AT_ONCE = 64;

    private final LocalPartition partition;
    private final QueueSteps steps;
    private final BundleLanes lanes;
    private final Deque<Sparse> line = new ArrayDeque<>();

    SparseBundles(LocalPartition partition, QueueSteps steps, BundleLanes lanes) {
        this.partition = partition;
        this.steps = steps;
        this.lanes = lanes;
    }

    private record Sparse(long bundle, long sinceMillis) {}

    /** The bundle's living messages have halved. */
    void note(long bundle) {
        line.add(new Sparse(bundle, steps.monotonicMillis()));
    }

    /** Begins to rewrite what has stood in line for long enough. */
    void rewriteDue() {
        long due = steps.monotonicMillis() - AGE_MILLIS;
        for (int i = 0; i < MOST_AT_ONCE && !line.isEmpty() && line.element().sinceMillis() <= due; i++) {
            long bundle = line.remove().bundle();
            if (lanes.hold(bundle)) {
                read(partition.key(bundle));
            } else {
                note(bundle); // somebody acts on it: later, if it is still there
            }
        }
    }

    /** Rewrites nothing any more. */
    void clear() {
        line.clear();
    }

    private void read(BundleKey key) {
        steps.whenDone(() -> steps.store().getDeliveries(key), (deliveries, failure) -> {
            if (failure != null || deliveries == null) {
                lanes.letGo(key.bundle());
            } else {
                steps.whenDone(() -> steps.store().getBundle(key), (bundle, unread) -> {
                    rewrite(key, deliveries, bundle);
                });
            }
        });
    }

    private void rewrite(BundleKey key, Deliveries deliveries, @Nullable Bundle bundle) {
        long alive = bundle == null ? 0 : deliveries.alive() & bundle.slots();
        Bundle small = bundle == null || alive == 0 ? null : bundle.retain(alive);
        if (bundle == null || small == null || small.length() * 2 > bundle.length()) {
            lanes.letGo(key.bundle());
            return;
        }
        // Failure or a bundle that is another by now: it stays as it is, which harms nobody.
        steps.whenDone(
                () -> steps.store().replaceBundle(key, bundle, small), (won, failure) -> lanes.letGo(key.bundle()));
    }
}
