package io.bida.message.store;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The promises of the port kept in the plainest way; completes every stage at once. Safe for use by any thread. */
public final class InMemoryMessageStore implements MessageStore {

    private static final Comparator<BundleKey> IN_ORDER = Comparator.comparingLong(BundleKey::queueId)
            .thenComparingInt(BundleKey::partition)
            .thenComparingLong(BundleKey::bundle);

    private final ConcurrentNavigableMap<BundleKey, byte[]> bundles = new ConcurrentSkipListMap<>(IN_ORDER);
    private final ConcurrentNavigableMap<BundleKey, byte[]> deliveries = new ConcurrentSkipListMap<>(IN_ORDER);

    @Override
    public CompletionStage<Void> putBundle(BundleKey key, Bundle bundle) {
        bundles.put(key, bundle.bytes());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Boolean> replaceBundle(BundleKey key, Bundle expected, Bundle smaller) {
        boolean[] replaced = {false};
        bundles.computeIfPresent(key, (k, now) -> {
            replaced[0] = Arrays.equals(now, expected.bytes());
            return replaced[0] ? smaller.bytes() : now;
        });
        return CompletableFuture.completedFuture(replaced[0]);
    }

    @Override
    public CompletionStage<@Nullable Bundle> getBundle(BundleKey key) {
        byte[] stored = bundles.get(key);
        return CompletableFuture.completedFuture(stored == null ? null : Bundle.of(stored));
    }

    @Override
    public CompletionStage<@Nullable Deliveries> getDeliveries(BundleKey key) {
        byte[] stored = deliveries.get(key);
        return CompletableFuture.completedFuture(stored == null ? null : Deliveries.of(stored));
    }

    @Override
    public CompletionStage<Boolean> replaceDeliveries(BundleKey key, Deliveries expected, Deliveries next) {
        byte[] before = expected.stored();
        byte[] after = Objects.requireNonNull(next.stored());
        if (before == null) {
            return CompletableFuture.completedFuture(deliveries.putIfAbsent(key, after) == null);
        }
        boolean[] replaced = {false};
        deliveries.computeIfPresent(key, (k, now) -> {
            replaced[0] = Arrays.equals(now, before);
            return replaced[0] ? after : now;
        });
        return CompletableFuture.completedFuture(replaced[0]);
    }

    @Override
    public CompletionStage<Void> removeBundle(BundleKey key) {
        bundles.remove(key);
        deliveries.remove(key);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> removeQueue(long queueId, int partitions) {
        bundles.keySet().removeIf(key -> key.queueId() == queueId);
        deliveries.keySet().removeIf(key -> key.queueId() == queueId);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Map<Long, Integer> storedQueues() {
        Map<Long, Integer> partitions = new HashMap<>();
        bundles.keySet().forEach(key -> partitions.merge(key.queueId(), key.partition() + 1, Math::max));
        deliveries.keySet().forEach(key -> partitions.merge(key.queueId(), key.partition() + 1, Math::max));
        return partitions;
    }

    @Override
    public Set<Long> storedQueues(BitSet segments) {
        PartitionKeyPartitioner partitioner = new PartitionKeyPartitioner(InfinispanMessageStore.SEGMENTS);
        return bundles.keySet().stream()
                .filter(key -> segments.get(partitioner.getSegment(key.bytes())))
                .map(BundleKey::queueId)
                .collect(Collectors.toSet());
    }

    @Override
    public long lastBundle(long queueId, int partition) {
        BundleKey last = partition(queueId, partition, Long.MAX_VALUE).keySet().stream()
                .reduce((a, b) -> b)
                .orElse(null);
        return last == null ? 0 : last.bundle();
    }

    @Override
    public void scan(long queueId, int partition, long from, long before, Visitor visitor) {
        partition(queueId, partition, before).forEach((key, stored) -> {
            if (key.bundle() < from) {
                return;
            }
            byte[] state = deliveries.get(key);
            visitor.visit(key, Bundle.of(stored), state == null ? null : Deliveries.of(state));
        });
    }

    /** How many bundles are stored. */
    public int bundleCount() {
        return bundles.size();
    }

    /** How many delivery states are stored. */
    public int deliveriesCount() {
        return deliveries.size();
    }

    private ConcurrentNavigableMap<BundleKey, byte[]> partition(long queueId, int partition, long before) {
        return bundles.subMap(
                new BundleKey(queueId, partition, 0), true, new BundleKey(queueId, partition, before), false);
    }
}
