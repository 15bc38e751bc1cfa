package io.bida.message.store;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Puts a node's store that was set aside back into the live one, before anybody is served.
 *
 * <p>The union of what all nodes put back is what was acknowledged: a bundle whose messages are all deleted is left
 * out, and every other is offered to {@link MessageStore#restore}. A store of which the bundle is still there has also
 * the state that deletes it, because a removal is written after that state was flushed, and bundle before state. May be
 * cut short at any point and begun again.
 */
public final class StoreReplay {

    private static final Logger LOG = Logger.getLogger(StoreReplay.class);

    /** Bundles on their way at one time: 64, our choice; of 256 KiB each that is 16 MiB. */
    private static final int IN_FLIGHT = 64;

    private final MessageStore store;
    private final Executor scans;
    private final Executor completions;

    /**
     * Into this store.
     *
     * @param scans where the reading happens; each replay holds one of its threads
     * @param completions as {@link RocksDbDisk} needs it; must have threads beside those of {@code scans}
     */
    public StoreReplay(MessageStore store, Executor scans, Executor completions) {
        this.store = store;
        this.scans = scans;
        this.completions = completions;
    }

    /**
     * What was done.
     *
     * @param restored bundles that were absent and are back
     * @param known bundles that another node had put back already
     * @param over bundles of which every message was deleted
     * @param unreadable entries that could not be read; each is in the log
     */
    public record Result(long restored, long known, long over, long unreadable) {}

    /** Puts back all that the store in this directory holds; the directory stays as it is. */
    public CompletionStage<Result> replay(Path directory) {
        return CompletableFuture.supplyAsync(() -> new Walk(directory).walk(), scans);
    }

    /** One walk through one store. */
    private final class Walk {
        private final Path directory;
        private final Semaphore free = new Semaphore(IN_FLIGHT);
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final LongAdder restored = new LongAdder();
        private final LongAdder known = new LongAdder();
        private long over;
        private long unreadable;

        private Walk(Path directory) {
            this.directory = directory;
        }

        private Result walk() {
            try (RocksDbDisk disk = new RocksDbDisk(
                            directory, Durability.MEMORY_COPIES, completions, e -> failure.compareAndSet(null, e));
                    RocksDbDisk.Cursor bundles = disk.cursor(EntryKind.BUNDLE.all());
                    RocksDbDisk.Cursor states = disk.cursor(EntryKind.DELIVERIES.all())) {
                for (; bundles.isValid() && failure.get() == null; bundles.next()) {
                    byte[] key = bundles.key();
                    while (states.isValid() && compare(states.key(), key) < 0) {
                        states.next(); // its bundle was removed before it
                    }
                    boolean isOfBundle = states.isValid() && compare(states.key(), key) == 0;
                    offer(BundleKey.of(EntryKind.cacheKey(key)), bundles.value(), isOfBundle ? states.value() : null);
                }
            } finally {
                free.acquireUninterruptibly(IN_FLIGHT);
            }
            Throwable failed = failure.get();
            if (failed != null) {
                throw new IllegalStateException("the messages in " + directory + " could not all be put back", failed);
            }
            Result result = new Result(restored.sum(), known.sum(), over, unreadable);
            LOG.infof("Put back the messages in %s: %s", directory, result);
            return result;
        }

        private void offer(BundleKey key, byte[] stored, byte @Nullable [] state) {
            Bundle bundle;
            Deliveries deliveries;
            try {
                bundle = Bundle.of(stored);
                deliveries = state == null ? null : Deliveries.of(state);
            } catch (RuntimeException e) {
                unreadable++;
                LOG.errorf(e, "A bundle in %s cannot be read and is not put back from there: %s", directory, key);
                return;
            }
            if (deliveries != null && (deliveries.alive() & bundle.slots()) == 0) {
                over++;
                return;
            }
            free.acquireUninterruptibly();
            try {
                store.restore(key, bundle, deliveries).whenComplete((wasAbsent, failed) -> done(wasAbsent, failed));
            } catch (RuntimeException e) {
                done(false, e);
            }
        }

        private void done(@Nullable Boolean wasAbsent, @Nullable Throwable failed) {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            } else {
                (Boolean.TRUE.equals(wasAbsent) ? restored : known).increment();
            }
            free.release();
        }

        /** Compares two keys on disk but for their kind. */
        private static int compare(byte[] one, byte[] other) {
            return Arrays.compareUnsigned(one, 1, one.length, other, 1, other.length);
        }
    }
}
