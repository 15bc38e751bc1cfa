package io.bida.message.store;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.infinispan.commons.marshall.WrappedByteArray;
import org.infinispan.commons.util.concurrent.CompletableFutures;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a copy that arrives from another node from undoing on disk what happened to its key here meanwhile.
 *
 * <p>While copies are being moved to this node, Infinispan drops an arriving one in memory if its key was written
 * since, but hands it to the store all the same. Found by a drill: a message that was deleted while a node joined came
 * back from that node's disk. So while copies are being moved, a key that was removed is not written again (keys are
 * never used twice), and of two delivery states of a key both are kept together, deletions on top.
 */
final class ArrivingCopies {

    private static final byte[] GONE = {};

    private final BooleanSupplier areMoving;

    /** What was last written of a delivery state, or that the key is gone; empty while nothing is moved. */
    private final Map<WrappedByteArray, byte[]> last = new ConcurrentHashMap<>();

    /** Copies are moved as long as this says so. */
    ArrivingCopies(BooleanSupplier areMoving) {
        this.areMoving = areMoving;
    }

    /**
     * Writes the value unless that would undo something.
     *
     * @param stored the value on disk, if it is a delivery state; null for a bundle
     * @param write writes a value
     */
    CompletionStage<Void> write(
            WrappedByteArray key,
            byte[] value,
            @Nullable Function<WrappedByteArray, byte @Nullable []> stored,
            Function<byte[], CompletionStage<Void>> write) {
        if (!areMoving.getAsBoolean()) {
            if (!last.isEmpty()) {
                last.clear();
            }
            return write.apply(value);
        }
        Written written = new Written();
        last.compute(key, (same, before) -> {
            if (isGone(before)) {
                return before;
            }
            byte[] now = value;
            if (stored != null) {
                byte[] known = before != null ? before : stored.apply(key);
                now = known == null ? value : together(known, value);
            }
            written.stage = write.apply(now);
            return stored == null ? null : now;
        });
        return written.stage;
    }

    /** Removes the key, for good if copies are being moved. */
    void remove(WrappedByteArray key, Runnable remove) {
        if (!areMoving.getAsBoolean()) {
            remove.run();
            return;
        }
        last.compute(key, (same, before) -> {
            remove.run();
            return GONE;
        });
    }

    private static boolean isGone(byte @Nullable [] value) {
        return value != null && value.length == 0;
    }

    private static byte[] together(byte[] known, byte[] value) {
        byte[] both = Deliveries.of(known).mergedWith(Deliveries.of(value)).stored();
        return both == null ? value : both;
    }

    /** Carries the write's stage out of the step that is atomic for its key. */
    private static final class Written {
        private CompletionStage<Void> stage = CompletableFutures.completedNull();
    }
}
