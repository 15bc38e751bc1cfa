package io.bida.message.store;

import io.bida.error.ServiceUnavailableException;
import io.bida.message.lifecycle.BundleNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.infinispan.AdvancedCache;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.commons.util.concurrent.CompletableFutures;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.internal.PrivateCacheConfigurationBuilder;
import org.infinispan.conflict.MergePolicy;
import org.infinispan.context.Flag;
import org.infinispan.eviction.EvictionStrategy;
import org.infinispan.factories.GlobalComponentRegistry;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.partitionhandling.PartitionHandling;
import org.jboss.logging.Logger;
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
    public static final int SEGMENTS = 256;

    /** Copies of each entry in a cluster. Source: design, section 3.2. */
    static final int OWNERS = 3;

    private static final String MESSAGES = "messages";
    private static final String DELIVERIES = "deliveries";

    /** The names of both caches, in the order in which they are started. */
    static final List<String> CACHES = List.of(DELIVERIES, MESSAGES);

    /** How long one node waits for another's part of a write, in milliseconds. Source: reliability notes 2.2. */
    private static final long REMOTE_TIMEOUT_MILLIS = 5000;

    /** How long a node that joins waits for its copies: 30 minutes, our choice; a full disk takes many. */
    private static final long STATE_TRANSFER_MINUTES = 30;

    /**
     * Entries that one node sends another at a time when copies are moved: 64, our choice. With bundles of 256 KiB that
     * is 16 MiB, which the sender holds and the receiver writes at once; more fills a small heap, fewer wait for a
     * flush more often.
     */
    private static final int ENTRIES_MOVED_TOGETHER = 64;

    /**
     * How much older than a new leader's first own bundle a state without a bundle is before it is removed, in
     * milliseconds: 10 minutes, our choice, far more than a write may take and clocks may differ.
     */
    private static final long ORPHAN_MILLIS = 600_000;

    /** Most states without a bundle that one scan removes: 1000, our choice; the next takes more. */
    private static final int ORPHANS_AT_ONCE = 1000;

    private static final Logger LOG = Logger.getLogger(InfinispanMessageStore.class);

    private final AdvancedCache<byte[], byte[]> messages;
    private final AdvancedCache<byte[], byte[]> deliveries;

    /** The same cache for what asks whether it happened. */
    private final AdvancedCache<byte[], byte[]> messagesToReplace;

    /** The same caches for removing: without SKIP_CACHE_LOAD what is not in memory would stay on the disk. */
    private final AdvancedCache<byte[], byte[]> messagesToRemove;

    private final AdvancedCache<byte[], byte[]> deliveriesToRemove;
    private final RocksDbDisk disk;
    private final @Nullable Cluster cluster;
    private final WritesUnderWay underWay;
    private final PartitionKeyPartitioner partitioner = new PartitionKeyPartitioner(SEGMENTS);

    /**
     * What the store of a node of a cluster is told besides.
     *
     * @param rule when a write is acknowledged
     * @param owners who keeps what
     */
    public record Cluster(CopiesRule rule, StayingOwners owners) {}

    /**
     * The store of a single node: defines the caches in the manager and starts them.
     *
     * @param memoryBytes how much of the heap both caches together may take, in bytes
     */
    public InfinispanMessageStore(EmbeddedCacheManager manager, RocksDbDisk disk, long memoryBytes) {
        this(manager, disk, memoryBytes, null);
    }

    /**
     * The same, or the store of a node of a cluster, whose manager has a transport; returns when this node has its
     * copies.
     *
     * @param cluster null on a single node
     */
    public InfinispanMessageStore(
            EmbeddedCacheManager manager, RocksDbDisk disk, long memoryBytes, @Nullable Cluster cluster) {
        this.disk = disk;
        this.cluster = cluster;
        underWay = new WritesUnderWay(memoryBytes);
        deliveries = start(manager, DELIVERIES, configuration(EntryKind.DELIVERIES, memoryBytes / 4))
                .withFlags(Flag.SKIP_LISTENER_NOTIFICATION);
        // The last, because with its segments a node that joins begins to lead partitions.
        messages = start(manager, MESSAGES, configuration(EntryKind.BUNDLE, memoryBytes * 3 / 4))
                .withFlags(Flag.IGNORE_RETURN_VALUES, Flag.SKIP_LISTENER_NOTIFICATION);
        messagesToReplace = messages.noFlags().withFlags(Flag.SKIP_LISTENER_NOTIFICATION);
        messagesToRemove = messages.withFlags(Flag.SKIP_CACHE_LOAD);
        deliveriesToRemove = deliveries.withFlags(Flag.IGNORE_RETURN_VALUES, Flag.SKIP_CACHE_LOAD);
    }

    /** Who leads which partition, as the caches' owners say. */
    public PartitionLeaders leaders() {
        return cluster == null ? PartitionLeaders.ALONE : new CacheLeaders(messages, partitioner);
    }

    /** What the caches of a cluster say about the copies. */
    public CacheCopies copies() {
        if (cluster == null) {
            throw new IllegalStateException("a single node has no copies elsewhere");
        }
        return CacheCopies.of(caches(), OWNERS, cluster.owners());
    }

    /** How the caches run, by their names. */
    public Map<String, Configuration> configurations() {
        Map<String, Configuration> running = new HashMap<>();
        caches().forEach(cache -> running.put(cache.getName(), cache.getCacheConfiguration()));
        return running;
    }

    private List<AdvancedCache<byte[], byte[]>> caches() {
        return List.of(messages, deliveries);
    }

    /**
     * Gives the copies of this run of a node, and what it leads, to those that stay; to be called on every node of the
     * cluster, and again if another one has become coordinator since.
     */
    public void handOver(UUID run) {
        if (cluster == null) {
            throw new IllegalStateException("a single node has nobody to hand over to");
        }
        cluster.owners().leaves(run);
        for (AdvancedCache<byte[], byte[]> cache : caches()) {
            if (CacheCopies.isSettled(cache) && CacheCopies.holds(cache, run)) {
                // Does something on the coordinator only.
                GlobalComponentRegistry.of(cache.getCacheManager())
                        .getClusterTopologyManager()
                        .forceRebalance(cache.getName());
            }
        }
    }

    /** Whether this run of a node keeps no message any more and nothing is being moved. */
    public boolean isHandedOver(UUID run) {
        return caches().stream().allMatch(cache -> CacheCopies.isSettled(cache) && !CacheCopies.holds(cache, run));
    }

    @Override
    public CompletionStage<Void> putBundle(BundleKey key, Bundle bundle) {
        byte[] bytes = key.bytes();
        if (cluster == null) {
            return underWay.begin(
                    bundle.length(),
                    () -> messages.putAsync(bytes, bundle.bytes()).thenApply(previous -> null));
        }
        // What is put back bounds itself, and nobody could repeat what was refused.
        CopiesRule rule = cluster.rule();
        return rule.isRestoring()
                ? putOnce(rule, bytes, bundle.bytes())
                : underWay.begin(bundle.length(), () -> putOnce(rule, bytes, bundle.bytes()));
    }

    /** Puts it only if absent: another node that believes to lead the partition may have taken the number. */
    private CompletionStage<Void> putOnce(CopiesRule copies, byte[] key, byte[] bundle) {
        AtomicBoolean isStored = new AtomicBoolean();
        Supplier<CompletionStage<byte[]>> put =
                () -> messagesToReplace.putIfAbsentAsync(key, bundle).thenApply(previous -> {
                    isStored.set(previous == null || Arrays.equals(previous, bundle));
                    return previous;
                });
        return copies.write(
                        messages,
                        partitioner.getSegment(key),
                        put,
                        () -> isStored.get()
                                ? keep(key, bundle)
                                : put.get()
                                        .thenCompose(previous -> previous != null && isStored.get()
                                                ? keep(key, bundle)
                                                : CompletableFuture.completedFuture(previous)))
                .thenApply(previous -> {
                    if (previous != null && !Arrays.equals(previous, bundle)) {
                        throw new ServiceUnavailableException("another node leads the partition");
                    }
                    return null;
                });
    }

    /**
     * Writes what is stored once more, so that every owner of now has it. What is not there any more was given out,
     * deleted and removed by the next leader: it must not come back.
     */
    private CompletionStage<byte[]> keep(byte[] key, byte[] bundle) {
        return messagesToReplace
                .replaceAsync(key, bundle, bundle)
                .thenCompose(isThere -> isThere
                        ? CompletableFuture.<byte[]>completedFuture(null)
                        : CompletableFuture.failedFuture(
                                new ServiceUnavailableException("the bundle is not there any more")));
    }

    @Override
    public CompletionStage<Boolean> replaceBundle(BundleKey key, Bundle expected, Bundle smaller) {
        return replace(messagesToReplace, key.bytes(), expected.bytes(), smaller.bytes());
    }

    private CompletionStage<Boolean> replace(
            AdvancedCache<byte[], byte[]> cache, byte[] key, byte @Nullable [] before, byte[] after) {
        Supplier<CompletionStage<Boolean>> replace = () -> before == null
                ? cache.putIfAbsentAsync(key, after).thenApply(previous -> previous == null)
                : cache.replaceAsync(key, before, after);
        if (cluster == null) {
            return replace.get();
        }
        return cluster.rule()
                .write(
                        cache,
                        partitioner.getSegment(key),
                        replace,
                        () -> replace.get()
                                .thenCompose(won ->
                                        won ? CompletableFuture.completedFuture(true) : isReplaced(cache, key, after)));
    }

    /** Whether it was replaced by an earlier try; that is unknown if it is something else by now. */
    private static CompletionStage<Boolean> isReplaced(AdvancedCache<byte[], byte[]> cache, byte[] key, byte[] after) {
        return cache.replaceAsync(key, after, after)
                .thenCompose(same -> same
                        ? CompletableFuture.completedFuture(true)
                        : CompletableFuture.failedFuture(
                                new ServiceUnavailableException("replaced, and changed again, or never replaced")));
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
        return replace(deliveries, key.bytes(), before, after);
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
            eachStoredPartition(
                    kind, 0, SEGMENTS, key -> partitions.merge(key.queueId(), key.partition() + 1, Math::max));
        }
        return partitions;
    }

    @Override
    public Set<Long> storedQueues(BitSet segments) {
        Set<Long> queues = new HashSet<>();
        int from = segments.nextSetBit(0);
        while (from >= 0) {
            int to = segments.nextClearBit(from);
            eachStoredPartition(EntryKind.BUNDLE, from, to, key -> queues.add(key.queueId()));
            from = segments.nextSetBit(to);
        }
        return queues;
    }

    /** Shows the first key of every partition stored here in the segments {@code from} to {@code to}, exclusive. */
    private void eachStoredPartition(EntryKind kind, int from, int to, Consumer<BundleKey> visitor) {
        byte[] end = kind.onDisk(to, new byte[0]);
        byte[] first = disk.firstKey(kind.onDisk(from, new byte[0]), end);
        while (first != null) {
            BundleKey key = BundleKey.of(EntryKind.cacheKey(first));
            visitor.accept(key);
            byte[] partition = prefix(kind, key.queueId(), key.partition());
            first = disk.firstKey(RocksDbDisk.prefixEnd(partition), end);
        }
    }

    @Override
    public long lastBundle(long queueId, int partition) {
        byte[] last = disk.lastKey(prefix(EntryKind.BUNDLE, queueId, partition));
        return last == null ? 0 : BundleKey.of(EntryKind.cacheKey(last)).bundle();
    }

    @Override
    public void scan(long queueId, int partition, long from, long before, Visitor visitor) {
        disk.written().toCompletableFuture().join(); // what another node's writes left here without waiting
        int segment = partitioner.getSegment(new BundleKey(queueId, partition, 0).bytes());
        byte[] first = new BundleKey(queueId, partition, from).bytes();
        try (RocksDbDisk.Cursor bundles = disk.cursor(prefix(EntryKind.BUNDLE, queueId, partition));
                RocksDbDisk.Cursor states = disk.cursor(prefix(EntryKind.DELIVERIES, queueId, partition))) {
            bundles.seek(EntryKind.BUNDLE.onDisk(segment, first));
            states.seek(EntryKind.DELIVERIES.onDisk(segment, first));
            Orphans orphans = new Orphans(before);
            for (; bundles.isValid() && keyAt(bundles).bundle() < before; bundles.next()) {
                BundleKey key = keyAt(bundles);
                orphans.collect(states, key.bundle());
                boolean isOfBundle = states.isValid() && keyAt(states).bundle() == key.bundle();
                show(key, bundles.value(), isOfBundle ? states.value() : null, visitor);
                if (isOfBundle) {
                    states.next();
                }
            }
            orphans.collect(states, before);
            orphans.remove();
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

    /**
     * States without a bundle that one scan finds: the bundle of each went first, then the node died. In a cluster the
     * bundle may have come since the scan began, or come late, so the young ones are left, and the owners are asked.
     */
    private final class Orphans {
        private final long before;
        private final List<byte[]> found = new ArrayList<>();

        private Orphans(long scannedBefore) {
            before = cluster == null ? scannedBefore : oldIn(scannedBefore);
        }

        /** Before which number a state is old; none is if the scan has no end, and so says no time. */
        private static long oldIn(long scannedBefore) {
            return scannedBefore == Long.MAX_VALUE
                    ? 0
                    : BundleNumbers.firstAt(BundleNumbers.madeAtMillis(scannedBefore) - ORPHAN_MILLIS);
        }

        /** Takes the states up to this bundle number. */
        private void collect(RocksDbDisk.Cursor states, long bundle) {
            for (; states.isValid() && keyAt(states).bundle() < bundle; states.next()) {
                if (keyAt(states).bundle() < before && found.size() < ORPHANS_AT_ONCE) {
                    found.add(states.key());
                }
            }
        }

        private void remove() {
            if (cluster == null) {
                found.forEach(disk::deleteUnawaited);
                return;
            }
            CompletionStage<Void> done = CompletableFutures.completedNull();
            for (byte[] onDisk : found) {
                done = done.thenCompose(removed -> removeUnlessPresent(EntryKind.cacheKey(onDisk)));
            }
            done.whenComplete((removed, failure) -> {
                if (failure != null) {
                    LOG.infof("Delivery states without a bundle stay until the next scan: %s", failure);
                }
            });
        }

        private CompletionStage<Void> removeUnlessPresent(byte[] key) {
            return messagesToReplace
                    .getAsync(key)
                    .thenCompose(bundle -> bundle != null
                            ? CompletableFutures.completedNull()
                            : deliveriesToRemove.removeAsync(key).thenApply(gone -> null));
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

    private Configuration configuration(EntryKind kind, long memoryBytes) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        if (cluster == null) {
            builder.clustering().cacheMode(CacheMode.LOCAL);
        } else {
            spread(builder);
            builder.addModule(PrivateCacheConfigurationBuilder.class).consistentHashFactory(cluster.owners());
        }
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

    /**
     * Three copies, each write on all of them before it counts. The side of a split cluster that has no majority
     * refuses, and takes over what the other side has when they meet again; nothing is compared then (decision 0017).
     * Owners follow from the members alone, so both caches have the same.
     */
    private static void spread(ConfigurationBuilder builder) {
        builder.clustering()
                .cacheMode(CacheMode.DIST_SYNC)
                .remoteTimeout(REMOTE_TIMEOUT_MILLIS)
                .hash()
                .numOwners(OWNERS);
        builder.clustering()
                .stateTransfer()
                .chunkSize(ENTRIES_MOVED_TOGETHER)
                .timeout(STATE_TRANSFER_MINUTES, TimeUnit.MINUTES);
        builder.clustering()
                .partitionHandling()
                .whenSplit(PartitionHandling.DENY_READ_WRITES)
                .mergePolicy(MergePolicy.NONE);
    }
}
