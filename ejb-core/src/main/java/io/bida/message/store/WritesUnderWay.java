package io.bida.message.store;

import io.bida.error.ServiceUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Bounds the bytes of bundles that this node has begun to write and that the disks, its own and the other copies', have
 * not all taken yet. Safe for use by any thread.
 *
 * <p>Here, in front of the caches, a write can be refused without harm: no copy has it. Below them nothing is refused
 * ({@link GroupCommit}), so what waits for one disk is at most this much from each node, and what copies being moved
 * bring at a time ({@link InfinispanMessageStore}).
 */
final class WritesUnderWay {

    /** At least 16 MiB, so that a small memory still takes a burst; our choice. */
    private static final long LEAST_BYTES = 16L << 20;

    /** At most 64 MiB, which is more than any disk takes at one time; our choice. */
    private static final long MOST_BYTES = 64L << 20;

    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    /** A quarter of what bundles may take of the memory, within 16 and 64 MiB: our choice. */
    WritesUnderWay(long memoryBytes) {
        maxBytes = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, memoryBytes / 4));
    }

    /** Begins the write, or fails with {@link ServiceUnavailableException} if too much is under way. */
    <T> CompletionStage<T> begin(int length, Supplier<CompletionStage<T>> write) {
        if (bytes.addAndGet(length) > maxBytes) {
            bytes.addAndGet(-length);
            return CompletableFuture.failedFuture(new ServiceUnavailableException("the disks cannot keep up"));
        }
        CompletionStage<T> begun;
        try {
            begun = write.get();
        } catch (RuntimeException e) {
            bytes.addAndGet(-length);
            throw e;
        }
        return begun.whenComplete((done, failure) -> bytes.addAndGet(-length));
    }
}
