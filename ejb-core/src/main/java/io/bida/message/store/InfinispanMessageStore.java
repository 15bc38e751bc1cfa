package io.bida.message.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.infinispan.AdvancedCache;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.context.Flag;
import org.infinispan.eviction.EvictionStrategy;
import org.infinispan.manager.EmbeddedCacheManager;
import org.jspecify.annotations.Nullable;

/**
 * The message store: two Infinispan caches, {@code messages} and {@code deliveries}, each over the node's
 * {@link RocksDbDisk}.
 *
 * <p>Every write goes through to the disk; memory holds a bounded part of both caches. Values and keys are bytes
 * ({@code application/octet-stream}), which compare by content, so a compare-and-set works on them.
 */
public final class InfinispanMessageStore implements MessageStore {

    /** Segments of each cache; part of the stored form. */
    static final int SEGMENTS = 256;

    private final AdvancedCache<byte[], byte[]> messages;
    private final AdvancedCache<byte[], byte[]> deliveries;

    /** The same cache for what asks whether it happened. */
    private final AdvancedCache<byte[], byte[]> messagesToReplace;

    /** The same caches for removing: without SKIP_CACHE_LOAD what is not in memory would stay on the disk. */
    private final AdvancedCache<byte[], byte[]> messagesToRemove;

    private final AdvancedCache<byte[], byte[]> deliveriesToRemove;
    private final RocksDbDisk disk;
    private final PartitionKeyPartitioner partitioner = new PartitionKeyPartitioner(SEGMENTS);

    /**
     * Defines the caches in the manager and starts them.
     *
     * @param memoryBytes how much of the heap both caches together may take, in bytes
     */
    public InfinispanMessageStore(EmbeddedCacheManager manager, RocksDbDisk disk, long memoryBytes) {
        this.disk = disk;
        messages = start(manager, "messages", configuration(EntryKind.BUNDLE, disk, memoryBytes * 3 / 4))
                .withFlags(Flag.IGNORE_RETURN_VALUES, Flag.SKIP_LISTENER_NOTIFICATION);
        deliveries = start(manager, "deliveries", configuration(EntryKind.DELIVERIES, disk, memoryBytes / 4))
                .withFlags(Flag.SKIP_LISTENER_NOTIFICATION);
        messagesToReplace = messages.noFlags().withFlags(Flag.SKIP_LISTENER_NOTIFICATION);
        messagesToRemove = messages.withFlags(Flag.SKIP_CACHE_LOAD);
        deliveriesToRemove = deliveries.withFlags(Flag.IGNORE_RETURN_VALUES, Flag.SKIP_CACHE_LOAD);
    }

    @Override
    public CompletionStage<Void> putBundle(BundleKey key, Bundle bundle) {
        return messages.putAsync(key.bytes(), bundle.bytes()).thenApply(previous -> null);
    }

    @Override
    public CompletionStage<Boolean> replaceBundle(BundleKey key, Bundle expected, Bundle smaller) {
        return messagesToReplace.replaceAsync(key.bytes(), expected.bytes(), smaller.bytes());
    }

    @Override
    public CompletionStage<@Nullable Bundle> getBundle(BundleKey key) {
        return messages.getAsync(key.bytes()).thenApply(stored -> stored == null ? null : bundle(key, stored));
    }

    @Override
    public CompletionStage<@Nullable Deliveries> getDeliveries(BundleKey key) {
        return deliveries.getAsync(key.bytes()).thenApply(stored -> stored == null ? null : deliveries(key, stored));
    }

    @Override
    public CompletionStage<Boolean> replaceDeliveries(BundleKey key, Deliveries expected, Deliveries next) {
        byte[] before = expected.stored();
        byte[] after = next.stored();
        if (after == null) {
            throw new IllegalArgumentException("a next state is always stored");
        }
        return before == null
                ? deliveries.putIfAbsentAsync(key.bytes(), after).thenApply(previous -> previous == null)
                : deliveries.replaceAsync(key.bytes(), before, after);
    }

    @Override
    public CompletionStage<Void> removeBundle(BundleKey key) {
        byte[] bytes = key.bytes();
        return messagesToRemove
                .removeAsync(bytes)
                .thenCompose(gone -> deliveriesToRemove.removeAsync(bytes))
                .thenApply(gone -> null);
    }

    @Override
    public CompletionStage<Void> removeQueue(long queueId, int partitions) {
        CompletableFuture<?>[] removals = new CompletableFuture<?>[partitions * 2];
        for (int partition = 0; partition < partitions; partition++) {
            removals[2 * partition] = removePartition(EntryKind.BUNDLE, queueId, partition);
            removals[2 * partition + 1] = removePartition(EntryKind.DELIVERIES, queueId, partition);
        }
        return CompletableFuture.allOf(removals);
    }

    @Override
    public Map<Long, Integer> storedQueues() {
        Map<Long, Integer> partitions = new HashMap<>();
        for (EntryKind kind : EntryKind.values()) {
            byte[] end = kind.onDisk(SEGMENTS, new byte[0]);
            byte[] first = disk.firstKey(kind.onDisk(0, new byte[0]), end);
            while (first != null) {
                BundleKey key = BundleKey.of(EntryKind.cacheKey(first));
                partitions.merge(key.queueId(), key.partition() + 1, Math::max);
                byte[] partition = prefix(kind, key.queueId(), key.partition());
                first = disk.firstKey(RocksDbDisk.prefixEnd(partition), end);
            }
        }
        return partitions;
    }

    @Override
    public long lastBundle(long queueId, int partition) {
        byte[] last = disk.lastKey(prefix(EntryKind.BUNDLE, queueId, partition));
        return last == null ? 0 : BundleKey.of(EntryKind.cacheKey(last)).bundle();
    }

    @Override
    public void scan(long queueId, int partition, long before, Visitor visitor) {
        try (RocksDbDisk.Cursor bundles = disk.cursor(prefix(EntryKind.BUNDLE, queueId, partition));
                RocksDbDisk.Cursor states = disk.cursor(prefix(EntryKind.DELIVERIES, queueId, partition))) {
            for (; bundles.isValid() && keyAt(bundles).bundle() < before; bundles.next()) {
                BundleKey key = keyAt(bundles);
                removeOrphans(states, key.bundle());
                boolean isOfBundle = states.isValid() && keyAt(states).bundle() == key.bundle();
                show(key, bundles.value(), isOfBundle ? states.value() : null, visitor);
                if (isOfBundle) {
                    states.next();
                }
            }
            removeOrphans(states, before);
        }
    }

    private static void show(BundleKey key, byte[] stored, byte @Nullable [] state, Visitor visitor) {
        Bundle bundle;
        Deliveries deliveries;
        try {
            bundle = bundle(key, stored);
            deliveries = state == null ? null : deliveries(key, state);
        } catch (UnreadableBundleException e) {
            visitor.unreadable(key, e);
            return;
        }
        visitor.visit(key, bundle, deliveries);
    }

    private static Bundle bundle(BundleKey key, byte[] stored) {
        try {
            return Bundle.of(stored);
        } catch (RuntimeException e) {
            throw new UnreadableBundleException(key, e);
        }
    }

    private static Deliveries deliveries(BundleKey key, byte[] stored) {
        try {
            return Deliveries.of(stored);
        } catch (RuntimeException e) {
            throw new UnreadableBundleException(key, e);
        }
    }

    /** Removes the states up to this bundle number: the bundle of each went first, then the node died. */
    private void removeOrphans(RocksDbDisk.Cursor states, long before) {
        for (; states.isValid() && keyAt(states).bundle() < before; states.next()) {
            disk.deleteUnawaited(states.key());
        }
    }

    private static BundleKey keyAt(RocksDbDisk.Cursor cursor) {
        return BundleKey.of(EntryKind.cacheKey(cursor.key()));
    }

    private CompletableFuture<Void> removePartition(EntryKind kind, long queueId, int partition) {
        byte[] prefix = prefix(kind, queueId, partition);
        return disk.deleteRange(prefix, RocksDbDisk.prefixEnd(prefix)).toCompletableFuture();
    }

    private byte[] prefix(EntryKind kind, long queueId, int partition) {
        byte[] key = new BundleKey(queueId, partition, 0).bytes();
        byte[] partitionKey = Arrays.copyOf(key, BundleKey.PARTITION_LENGTH);
        return kind.onDisk(partitioner.getSegment(partitionKey), partitionKey);
    }

    private static AdvancedCache<byte[], byte[]> start(
            EmbeddedCacheManager manager, String name, Configuration configuration) {
        manager.defineConfiguration(name, configuration);
        return manager.<byte[], byte[]>getCache(name).getAdvancedCache();
    }

    private static Configuration configuration(EntryKind kind, RocksDbDisk disk, long memoryBytes) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.clustering().cacheMode(CacheMode.LOCAL);
        builder.clustering().hash().numSegments(SEGMENTS).keyPartitioner(new PartitionKeyPartitioner());
        builder.encoding().mediaType(MediaType.APPLICATION_OCTET_STREAM);
        builder.memory().maxSize(Long.toString(memoryBytes)).whenFull(EvictionStrategy.REMOVE);
        builder.expiration().reaperEnabled(false);
        builder.persistence()
                .passivation(false)
                .addStore(RocksDbStoreConfigurationBuilder.class)
                .disk(disk)
                .kind(kind)
                .segmented(true)
                .shared(false)
                .purgeOnStartup(false)
                .preload(false);
        return builder.build();
    }
}
