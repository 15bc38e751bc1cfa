package io.bida.message.store;

import io.bida.error.ServiceUnavailableException;
import io.reactivex.rxjava3.core.Flowable;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.infinispan.commons.marshall.WrappedByteArray;
import org.infinispan.commons.util.IntSet;
import org.infinispan.commons.util.concurrent.CompletableFutures;
import org.infinispan.configuration.cache.ClusteringConfiguration;
import org.infinispan.distribution.DistributionManager;
import org.infinispan.distribution.LocalizedCacheTopology;
import org.infinispan.distribution.ch.ConsistentHash;
import org.infinispan.persistence.spi.InitializationContext;
import org.infinispan.persistence.spi.MarshallableEntry;
import org.infinispan.persistence.spi.MarshallableEntryFactory;
import org.infinispan.persistence.spi.NonBlockingStore;
import org.infinispan.remoting.transport.Address;
import org.infinispan.topology.CacheTopology;
import org.infinispan.util.concurrent.BlockingManager;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * The persistent side of one cache: a thin layer from Infinispan's store interface to the node's {@link RocksDbDisk}.
 *
 * <p>A bundle, and a delivery state that deletes a message, complete when they are kept; any other write and every
 * removal completes at once, unless the disk is behind, and reaches the disk right after, in order. While copies of a
 * segment arrive from other nodes, its removals and every state with a deletion are awaited too: the node that they
 * come from drops its own as soon as all have arrived.
 *
 * <p>Infinispan logs a failed write of an arriving copy and counts the copy as kept. So no write fails but with the
 * node. Made by Infinispan.
 */
public class RocksDbStore implements NonBlockingStore<WrappedByteArray, WrappedByteArray> {

    private @Nullable RocksDbStoreConfiguration configuration;
    private @Nullable MarshallableEntryFactory<WrappedByteArray, WrappedByteArray> entries;
    private @Nullable BlockingManager blocking;
    private @Nullable ArrivingCopies arriving;
    private int segments;

    @Override
    public CompletionStage<Void> start(InitializationContext context) {
        configuration = context.getConfiguration();
        entries = context.getMarshallableEntryFactory();
        blocking = context.getBlockingManager();
        ClusteringConfiguration clustering =
                context.getCache().getCacheConfiguration().clustering();
        segments = clustering.hash().numSegments();
        DistributionManager distribution = context.getCache().getAdvancedCache().getDistributionManager();
        arriving = new ArrivingCopies(
                () -> distribution != null
                        && distribution.getCacheTopology().getPhase() != CacheTopology.Phase.NO_REBALANCE,
                segment -> distribution != null && mayArrive(distribution.getCacheTopology(), segment));
        return CompletableFutures.completedNull();
    }

    /** Whether this node owns the segment next and not yet, or two sides of a cluster compare what they have. */
    private static boolean mayArrive(LocalizedCacheTopology topology, int segment) {
        ConsistentHash next = topology.getPendingCH();
        if (topology.getPhase() == CacheTopology.Phase.NO_REBALANCE || next == null) {
            return false;
        }
        Address self = topology.getLocalAddress();
        return topology.getPhase() == CacheTopology.Phase.CONFLICT_RESOLUTION
                || (next.isSegmentLocalToNode(self, segment)
                        && !topology.getCurrentCH().isSegmentLocalToNode(self, segment));
    }

    /** The disk outlives its caches: whoever opened it closes it. */
    @Override
    public CompletionStage<Void> stop() {
        return CompletableFutures.completedNull();
    }

    @Override
    public Set<Characteristic> characteristics() {
        return EnumSet.of(Characteristic.SEGMENTABLE, Characteristic.BULK_READ);
    }

    @Override
    public CompletionStage<MarshallableEntry<WrappedByteArray, WrappedByteArray>> load(int segment, Object key) {
        byte[] value = disk().get(onDisk(segment, key));
        return value == null
                ? CompletableFutures.completedNull()
                : CompletableFuture.completedFuture(entries().create(key, new WrappedByteArray(value)));
    }

    @Override
    public CompletionStage<Void> write(
            int segment, MarshallableEntry<? extends WrappedByteArray, ? extends WrappedByteArray> entry) {
        byte[] onDisk = onDisk(segment, entry.getKey());
        byte[] value = entry.getValue().getBytes();
        ArrivingCopies copies = started(arriving);
        return orNodeFails(() -> copies.mayArriveIn(segment)
                ? copies.write(
                        entry.getKey(),
                        value,
                        kind() == EntryKind.BUNDLE ? null : () -> disk().get(onDisk),
                        merged -> write(onDisk, merged, Deliveries.hasDeletions(merged)))
                : write(onDisk, value, false));
    }

    private CompletionStage<Void> write(byte[] key, byte[] value, boolean mustBeFlushed) {
        return kind() == EntryKind.BUNDLE || mustBeFlushed || Deliveries.mustBeFlushed(value)
                ? disk().put(key, value)
                : disk().putUnawaited(key, value);
    }

    @Override
    public CompletionStage<Boolean> delete(int segment, Object key) {
        byte[] onDisk = onDisk(segment, key);
        ArrivingCopies copies = started(arriving);
        return orNodeFails(() -> copies.mayArriveIn(segment)
                        ? copies.remove((WrappedByteArray) key, () -> disk().delete(onDisk))
                        : disk().deleteUnawaited(onDisk))
                .thenApply(deleted -> null);
    }

    /** Does it, or ends the node: its copy would differ from the others, and nobody would know. */
    private CompletionStage<Void> orNodeFails(Supplier<CompletionStage<Void>> write) {
        try {
            return write.get();
        } catch (ServiceUnavailableException e) {
            return CompletableFuture.failedFuture(e); // the disk is being closed, or has failed
        } catch (RuntimeException e) {
            disk().fail(e);
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletionStage<Void> clear() {
        return removeAll(0, segments);
    }

    @Override
    public CompletionStage<Void> addSegments(IntSet added) {
        return CompletableFutures.completedNull();
    }

    @Override
    public CompletionStage<Void> removeSegments(IntSet removed) {
        CompletableFuture<?>[] each = removed.intStream()
                .mapToObj(segment -> removeAll(segment, segment + 1).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(each);
    }

    @Override
    public CompletionStage<Long> size(IntSet counted) {
        return Flowable.fromPublisher(publishKeys(counted, null)).count().toCompletionStage();
    }

    @Override
    public Publisher<MarshallableEntry<WrappedByteArray, WrappedByteArray>> publishEntries(
            IntSet published, @Nullable Predicate<? super WrappedByteArray> filter, boolean includeValues) {
        Flowable<MarshallableEntry<WrappedByteArray, WrappedByteArray>> all = Flowable.fromIterable(published)
                .concatMap(segment -> Flowable.generate(
                        () -> disk().cursor(kind().onDisk(segment, new byte[0])),
                        (cursor, out) -> {
                            MarshallableEntry<WrappedByteArray, WrappedByteArray> next = next(cursor, includeValues);
                            if (next == null) {
                                out.onComplete();
                            } else {
                                out.onNext(next);
                            }
                        },
                        RocksDbDisk.Cursor::close));
        return started(blocking).blockingPublisher(filter == null ? all : all.filter(e -> filter.test(e.getKey())));
    }

    /**
     * The entry at the cursor, or after it, that is there now; null if there is none. A node that copies are moved to
     * must not be given what is removed and waits for the disk, which the cursor does not see. Waiting for the disk
     * instead would end the publishing, and so the moving for good, after Infinispan's remote timeout.
     */
    private @Nullable MarshallableEntry<WrappedByteArray, WrappedByteArray> next(
            RocksDbDisk.Cursor cursor, boolean includeValues) {
        while (cursor.isValid()) {
            byte[] onDisk = cursor.key();
            byte[] value = disk().get(onDisk);
            cursor.next();
            if (value != null) {
                WrappedByteArray key = new WrappedByteArray(EntryKind.cacheKey(onDisk));
                return includeValues
                        ? entries().create(key, new WrappedByteArray(value))
                        : entries().create(key);
            }
        }
        return null;
    }

    private CompletionStage<Void> removeAll(int fromSegment, int toSegment) {
        byte[] none = new byte[0];
        return disk().deleteRange(kind().onDisk(fromSegment, none), kind().onDisk(toSegment, none));
    }

    private byte[] onDisk(int segment, Object key) {
        return kind().onDisk(segment, ((WrappedByteArray) key).getBytes());
    }

    private RocksDbDisk disk() {
        return started(configuration).disk();
    }

    private EntryKind kind() {
        return started(configuration).kind();
    }

    private MarshallableEntryFactory<WrappedByteArray, WrappedByteArray> entries() {
        return started(entries);
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the store is not started");
        }
        return part;
    }
}
