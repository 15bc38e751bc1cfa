package io.bida.message.store;

import io.reactivex.rxjava3.core.Flowable;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.infinispan.commons.marshall.WrappedByteArray;
import org.infinispan.commons.util.IntSet;
import org.infinispan.commons.util.concurrent.CompletableFutures;
import org.infinispan.configuration.cache.ClusteringConfiguration;
import org.infinispan.distribution.DistributionManager;
import org.infinispan.persistence.spi.InitializationContext;
import org.infinispan.persistence.spi.MarshallableEntry;
import org.infinispan.persistence.spi.MarshallableEntryFactory;
import org.infinispan.persistence.spi.NonBlockingStore;
import org.infinispan.topology.CacheTopology;
import org.infinispan.util.concurrent.BlockingManager;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * The persistent side of one cache: a thin layer from Infinispan's store interface to the node's {@link RocksDbDisk}.
 *
 * <p>A bundle, and a delivery state that deletes a message, complete when they are kept; any other write and every
 * removal completes at once and reaches the disk right after, in order. Made by Infinispan.
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
        arriving = new ArrivingCopies(() ->
                distribution != null && distribution.getCacheTopology().getPhase() != CacheTopology.Phase.NO_REBALANCE);
        return CompletableFutures.completedNull();
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
        boolean isBundle = kind() == EntryKind.BUNDLE;
        return started(arriving)
                .write(
                        entry.getKey(),
                        entry.getValue().getBytes(),
                        isBundle ? null : key -> disk().get(onDisk),
                        value -> write(onDisk, value));
    }

    private CompletionStage<Void> write(byte[] key, byte[] value) {
        if (kind() == EntryKind.BUNDLE || Deliveries.mustBeFlushed(value)) {
            return disk().put(key, value);
        }
        disk().putUnawaited(key, value);
        return CompletableFutures.completedNull();
    }

    @Override
    public CompletionStage<Boolean> delete(int segment, Object key) {
        byte[] onDisk = onDisk(segment, key);
        started(arriving).remove((WrappedByteArray) key, () -> disk().deleteUnawaited(onDisk));
        return CompletableFutures.completedNull();
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
                            if (cursor.isValid()) {
                                out.onNext(entryAt(cursor, includeValues));
                                cursor.next();
                            } else {
                                out.onComplete();
                            }
                        },
                        RocksDbDisk.Cursor::close));
        return started(blocking).blockingPublisher(filter == null ? all : all.filter(e -> filter.test(e.getKey())));
    }

    private MarshallableEntry<WrappedByteArray, WrappedByteArray> entryAt(
            RocksDbDisk.Cursor cursor, boolean includeValues) {
        WrappedByteArray key = new WrappedByteArray(EntryKind.cacheKey(cursor.key()));
        return includeValues
                ? entries().create(key, new WrappedByteArray(cursor.value()))
                : entries().create(key);
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
