package io.bida.message.delivery;

import io.bida.message.store.Bundle;
import io.bida.message.store.BundleKey;
import io.bida.message.store.Deliveries;
import io.bida.message.store.InMemoryMessageStore;
import io.bida.message.store.MessageStore;
import io.bida.message.store.UnreadableBundleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store that can be made slow or broken by a test: calls of a kind that is held wait until they are let go, and calls
 * of a kind that fails have no effect.
 */
final class StoreMovedByHand implements MessageStore {

    /** What is asked of a store. */
    enum Kind {
        PUT_BUNDLE,
        REPLACE_BUNDLE,
        GET_BUNDLE,
        GET_DELIVERIES,
        REPLACE_DELIVERIES,
        REMOVE_BUNDLE
    }

    /** One call that was made. */
    record Call(Kind kind, BundleKey key) {}

    private final InMemoryMessageStore kept = new InMemoryMessageStore();
    private final List<Call> calls = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private Predicate<Kind> holding = kind -> false;
    private Predicate<Kind> failing = kind -> false;
    private Runnable beforeNextReplace = () -> {};
    private Runnable duringScan = () -> {};
    private boolean failsNextLookForQueues;
    private boolean losesEachReplace;
    private Runnable whileAQueueIsMade = () -> {};
    private final Set<BundleKey> damaged = new HashSet<>();

    /** From now on such calls wait. */
    void hold(Kind kind) {
        holding = kind::equals;
    }

    /** From now on no call waits; lets all go that did, in their order. */
    void letGo() {
        holding = kind -> false;
        List<Runnable> all = List.copyOf(held);
        held.clear();
        all.forEach(Runnable::run);
    }

    /** From now on such calls fail, and have no effect. */
    void fail(Kind kind) {
        failing = kind::equals;
    }

    /** From now on no call fails. */
    void heal() {
        failing = kind -> false;
    }

    /** Somebody else is quicker: does this once, right before the next state is replaced. */
    void beforeNextReplace(Runnable other) {
        beforeNextReplace = other;
    }

    /** From now on no delivery state is replaced though it is the expected one, or again each is. */
    void loseEachReplace(boolean loses) {
        losesEachReplace = loses;
    }

    /** Does this when a scan begins. */
    void duringScan(Runnable step) {
        duringScan = step;
    }

    /** The next time that it is asked of which queues anything is stored, the disk cannot be read. */
    void failNextLookForQueues() {
        failsNextLookForQueues = true;
    }

    /** From now on what is stored under this key cannot be read. */
    void damage(BundleKey key) {
        damaged.add(key);
    }

    /** Does this when the last bundle's number is asked for, as a queue does that is being made. */
    void whileAQueueIsMade(Runnable step) {
        whileAQueueIsMade = step;
    }

    /** How many calls of this kind were made. */
    long count(Kind kind) {
        return calls.stream().filter(call -> call.kind() == kind).count();
    }

    /** Forgets which calls were made. */
    void forgetCalls() {
        calls.clear();
    }

    /** What is really stored. */
    InMemoryMessageStore kept() {
        return kept;
    }

    @Override
    public CompletionStage<Void> putBundle(BundleKey key, Bundle bundle) {
        return call(new Call(Kind.PUT_BUNDLE, key), () -> kept.putBundle(key, bundle));
    }

    @Override
    public CompletionStage<Boolean> replaceBundle(BundleKey key, Bundle expected, Bundle smaller) {
        return call(new Call(Kind.REPLACE_BUNDLE, key), () -> kept.replaceBundle(key, expected, smaller));
    }

    @Override
    public CompletionStage<@Nullable Bundle> getBundle(BundleKey key) {
        return call(new Call(Kind.GET_BUNDLE, key), () -> whole(key, kept.getBundle(key)));
    }

    @Override
    public CompletionStage<@Nullable Deliveries> getDeliveries(BundleKey key) {
        return call(new Call(Kind.GET_DELIVERIES, key), () -> whole(key, kept.getDeliveries(key)));
    }

    @Override
    public CompletionStage<Boolean> replaceDeliveries(BundleKey key, Deliveries expected, Deliveries next) {
        return call(new Call(Kind.REPLACE_DELIVERIES, key), () -> {
            Runnable other = beforeNextReplace;
            beforeNextReplace = () -> {};
            other.run();
            if (losesEachReplace) {
                return CompletableFuture.completedFuture(false);
            }
            return kept.replaceDeliveries(key, expected, next);
        });
    }

    @Override
    public CompletionStage<Void> removeBundle(BundleKey key) {
        return call(new Call(Kind.REMOVE_BUNDLE, key), () -> kept.removeBundle(key));
    }

    @Override
    public CompletionStage<Void> removeQueue(long queueId, int partitions) {
        return kept.removeQueue(queueId, partitions);
    }

    @Override
    public Map<Long, Integer> storedQueues() {
        return kept.storedQueues();
    }

    @Override
    public Set<Long> storedQueues(BitSet segments) {
        if (failsNextLookForQueues) {
            failsNextLookForQueues = false;
            throw new UncheckedIOException(new IOException("as if the disk could not be read"));
        }
        return kept.storedQueues(segments);
    }

    @Override
    public long lastBundle(long queueId, int partition) {
        whileAQueueIsMade.run();
        return kept.lastBundle(queueId, partition);
    }

    @Override
    public void scan(long queueId, int partition, long from, long before, Visitor visitor) {
        duringScan.run();
        kept.scan(queueId, partition, from, before, (key, bundle, deliveries) -> {
            if (damaged.contains(key)) {
                visitor.unreadable(key, unreadable(key));
            } else {
                visitor.visit(key, bundle, deliveries);
            }
        });
    }

    private <T extends @Nullable Object> CompletionStage<T> whole(BundleKey key, CompletionStage<T> read) {
        return damaged.contains(key) ? CompletableFuture.failedFuture(unreadable(key)) : read;
    }

    private static UnreadableBundleException unreadable(BundleKey key) {
        return new UnreadableBundleException(key, new IllegalArgumentException("as if it were damaged"));
    }

    private <T extends @Nullable Object> CompletionStage<T> call(Call call, Supplier<CompletionStage<T>> effect) {
        calls.add(call);
        if (failing.test(call.kind())) {
            return CompletableFuture.failedFuture(new IllegalStateException("as if the disk failed"));
        }
        if (!holding.test(call.kind())) {
            return effect.get();
        }
        CompletableFuture<T> later = new CompletableFuture<>();
        held.add(() -> effect.get().whenComplete((value, failure) -> {
            if (failure == null) {
                later.complete(value);
            } else {
                later.completeExceptionally(failure);
            }
        }));
        return later;
    }
}
