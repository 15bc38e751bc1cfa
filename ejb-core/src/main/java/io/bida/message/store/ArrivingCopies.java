package io.bida.message.store;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.infinispan.commons.marshall.WrappedByteArray;
import org.infinispan.commons.util.concurrent.CompletableFutures;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a copy that arrives from another node from undoing on disk what happened to its key here meanwhile.
 *
 * <p>While copies are being moved to this node, Infinispan drops an arriving one in memory if its key was written
 * since, but hands it to the store all the same. Found by a drill: a message that was deleted while a node joined came
 * back from that node's disk. So in a segment of which copies arrive, a key that was removed is not written again (keys
 * are never used twice), and of two delivery states of a key the newer one is kept, deletions on top
 * ({@link Deliveries#mergedWith}).
 */
final class ArrivingCopies {

    private static final byte[] GONE = {};

    private final BooleanSupplier areMoving;
    private final IntPredicate mayArriveIn;

    /**
     * Which keys are gone, until nothing is moved any more; and the delivery states that are on their way to the disk
     * and not found there yet.
     */
    private final Map<WrappedByteArray, byte[]> last = new ConcurrentHashMap<>();

    /**
     * Copies that arrive as told.
     *
     * @param areMoving whether copies are being moved, to this node or others
     * @param mayArriveIn whether copies of this segment are being moved to this node
     */
    ArrivingCopies(BooleanSupplier areMoving, IntPredicate mayArriveIn) {
        this.areMoving = areMoving;
        this.mayArriveIn = mayArriveIn;
    }

    /** Whether copies of this segment may arrive now; if not, every write is newer than what is on disk. */
    boolean mayArriveIn(int segment) {
        if (mayArriveIn.test(segment)) {
            return true;
        }
        if (!last.isEmpty() && !areMoving.getAsBoolean()) {
            last.clear();
        }
        return false;
    }

    /**
     * Writes the value unless that would undo something.
     *
     * @param stored reads the value on disk, if it is a delivery state; null for a bundle
     * @param write writes a value
     */
    CompletionStage<Void> write(
            WrappedByteArray key,
            byte[] value,
            @Nullable Supplier<byte @Nullable []> stored,
            Function<byte[], CompletionStage<Void>> write) {
        Written written = new Written();
        last.compute(key, (same, before) -> {
            if (isGone(before)) {
                return before;
            }
            byte[] now = value;
            if (stored != null) {
                byte[] known = before != null ? before : stored.get();
                now = known == null ? value : together(known, value);
            }
            written.stage = write.apply(now);
            if (stored == null || written.stage.toCompletableFuture().isDone()) {
                return null;
            }
            written.underWay = now;
            return now;
        });
        byte[] underWay = written.underWay;
        return underWay == null
                ? written.stage
                : written.stage.whenComplete((done, failure) -> last.remove(key, underWay));
    }

    /** Removes the key for good. */
    CompletionStage<Void> remove(WrappedByteArray key, Supplier<CompletionStage<Void>> remove) {
        Written written = new Written();
        last.compute(key, (same, before) -> {
            written.stage = remove.get();
            return GONE;
        });
        return written.stage;
    }

    private static boolean isGone(byte @Nullable [] value) {
        return value != null && value.length == 0;
    }

    private static byte[] together(byte[] known, byte[] value) {
        if (!Deliveries.isReadable(known) || !Deliveries.isReadable(value)) {
            return value; // whoever reads it says so
        }
        byte[] both = Deliveries.of(known).mergedWith(Deliveries.of(value)).stored();
        return both == null ? value : both;
    }

    /** Carries the write out of the step that is atomic for its key. */
    private static final class Written {
        private CompletionStage<Void> stage = CompletableFutures.completedNull();
        private byte @Nullable [] underWay;
    }
}
