package io.bida.message.store;

import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Port: where bundles and their delivery states are kept.
 *
 * <p>An implementation promises: a stage that completes normally means that the effect is on every live copy, and (with
 * durability {@code disk}) flushed wherever the method says so; a stage that fails means unknown. Effects of one caller
 * on one key happen in the order of the calls. {@link #replaceDeliveries} is decided once for the whole cluster when
 * two threads or nodes meet. Stages complete on any thread, possibly at once on the caller's. Bodies need not fit in
 * memory.
 */
public interface MessageStore {

    /**
     * Stores a bundle; flushed before the stage completes. Repeating it is harmless. Refused, with no effect, while too
     * much is on its way to the disks.
     */
    CompletionStage<Void> putBundle(BundleKey key, Bundle bundle);

    /**
     * Replaces a bundle by a smaller form of itself if it is still the expected one; flushed before the stage
     * completes. After a crash one of the two is found. What was removed meanwhile does not come back.
     *
     * @return whether it was replaced
     */
    CompletionStage<Boolean> replaceBundle(BundleKey key, Bundle expected, Bundle smaller);

    /** The bundle under this key, or null; fails with {@link UnreadableBundleException} if it cannot be read. */
    CompletionStage<@Nullable Bundle> getBundle(BundleKey key);

    /**
     * The delivery state under this key, or null if nothing has happened to the bundle's messages; fails with
     * {@link UnreadableBundleException} if it cannot be read.
     */
    CompletionStage<@Nullable Deliveries> getDeliveries(BundleKey key);

    /**
     * Replaces the delivery state if it is still the expected one. Flushed before the stage completes if the next state
     * deletes a message; otherwise kept by every copy, but a crash of all may lose it.
     *
     * @param expected the state as read, or {@link Deliveries#none} if there was none
     * @return whether it was replaced
     */
    CompletionStage<Boolean> replaceDeliveries(BundleKey key, Deliveries expected, Deliveries next);

    /**
     * Forgets a bundle whose messages are all deleted or over, and its delivery state. Not flushed: after a crash it
     * may be there again, with the state that says that its messages are deleted.
     */
    CompletionStage<Void> removeBundle(BundleKey key);

    /**
     * Forgets everything of a queue. Flushed before the stage completes. From then on a scan finds nothing; what memory
     * still holds may be found under its key until it gives way, which harms nobody, because a queue's id is never used
     * again.
     */
    CompletionStage<Void> removeQueue(long queueId, int partitions);

    /**
     * The queues of which anything is stored on this node, each with how many partitions that takes: the highest found
     * plus one. Costs one search for each partition. On the caller's thread.
     */
    Map<Long, Integer> storedQueues();

    /** The ids of the queues of which any bundle is stored on this node in one of these segments; same costs. */
    Set<Long> storedQueues(BitSet segments);

    /** The highest bundle number stored of one partition on this node; 0 if there is none. On the caller's thread. */
    long lastBundle(long queueId, int partition);

    /**
     * Reads what is stored of one partition on this node, in the order of bundle numbers, on the caller's thread.
     *
     * @param from only bundles with this number or higher ones
     * @param before only bundles with lower numbers
     */
    void scan(long queueId, int partition, long from, long before, Visitor visitor);

    /**
     * Puts back what another store held of a bundle: the bundle if it is absent, and what has happened to its messages
     * merged with what is known here ({@link Deliveries#mergedWith}). Several nodes may put back the same bundle at
     * once, each from its own store; nobody else may use it meanwhile. Repeating it is harmless.
     *
     * @param deliveries the delivery state in that store, or null if there was none
     * @return whether the bundle was absent; false also if all its messages are deleted there: then nothing is put back
     */
    default CompletionStage<Boolean> restore(BundleKey key, Bundle bundle, @Nullable Deliveries deliveries) {
        if (deliveries != null && (deliveries.alive() & bundle.slots()) == 0) {
            return CompletableFuture.completedFuture(false);
        }
        return getBundle(key).thenCompose(present -> {
            CompletionStage<Void> put = present == null
                    ? putBundle(key, bundle).exceptionallyCompose(failure -> unlessPresent(key, failure))
                    : CompletableFuture.completedFuture(null);
            return put.thenCompose(done -> deliveries == null
                            ? CompletableFuture.<Void>completedFuture(null)
                            : mergeDeliveries(key, bundle, deliveries))
                    .thenApply(done -> present == null);
        });
    }

    /** Another node may have put back another form of the same bundle in between. */
    private CompletionStage<Void> unlessPresent(BundleKey key, Throwable failure) {
        return getBundle(key)
                .thenCompose(present -> present == null
                        ? CompletableFuture.failedFuture(failure)
                        : CompletableFuture.completedFuture(null));
    }

    private CompletionStage<Void> mergeDeliveries(BundleKey key, Bundle bundle, Deliveries other) {
        return getDeliveries(key).thenCompose(stored -> {
            Deliveries now = stored == null ? Deliveries.none(bundle) : stored;
            Deliveries merged = now.mergedWith(other);
            if (merged.isSameAs(now)) {
                return CompletableFuture.completedFuture(null);
            }
            return replaceDeliveries(key, now, merged.flushed())
                    .thenCompose(replaced -> replaced
                            ? CompletableFuture.<Void>completedFuture(null)
                            : mergeDeliveries(key, bundle, other));
        });
    }

    /** Receives what a scan finds. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Takes the next bundle.
         *
         * @param deliveries its delivery state, or null if there is none
         */
        void visit(BundleKey key, Bundle bundle, @Nullable Deliveries deliveries);

        /** Learns of a bundle that is stored and cannot be read; the scan goes on. Fails unless overridden. */
        default void unreadable(BundleKey key, UnreadableBundleException reason) {
            throw reason;
        }
    }
}
