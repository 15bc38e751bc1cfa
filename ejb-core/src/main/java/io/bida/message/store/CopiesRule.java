package io.bida.message.store;

import io.bida.error.ServiceUnavailableException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.infinispan.AdvancedCache;
import org.infinispan.distribution.LocalizedCacheTopology;
import org.infinispan.partitionhandling.AvailabilityException;
import org.infinispan.partitionhandling.AvailabilityMode;
import org.infinispan.remoting.transport.Address;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * When a write of a cluster counts as done: it began and ended in one topology that had enough copies, and whose
 * members all know on their disks that they are the members.
 *
 * <p>A cache by itself reports success also when the owners left during the write and one copy is left. A write that
 * met a change of topology is therefore done again, until one did not, for 10 seconds at most; then it is unknown.
 * While there are too few copies nothing is begun. Source: design, section 4.
 */
public final class CopiesRule {

    private static final Logger LOG = Logger.getLogger(CopiesRule.class);

    /** How long one write is tried, in milliseconds. Source: design, section 4. */
    private static final long LIMIT_MILLIS = 10_000;

    /** How long to wait before it is looked again whether a write may begin, in milliseconds: 20, our choice. */
    private static final long PAUSE_MILLIS = 20;

    private final int minCopies;
    private final Predicate<Set<UUID>> areConfirmed;
    private final BooleanSupplier isRestoring;
    private final Executor later;
    private final long limitMillis;
    private volatile Members lastMembers = Members.of(List.of());

    /**
     * The rule.
     *
     * @param minCopies how many nodes must keep a write at least: 1 or more
     * @param areConfirmed whether these runs of nodes are the cluster's members, as all of them know on their disks
     * @param isRestoring whether messages are put back that were set aside and stay there meanwhile: then any number of
     *     copies will do, because nothing is acknowledged to anybody
     * @param executor goes on with writes that had to wait
     */
    public CopiesRule(
            int minCopies, Predicate<Set<UUID>> areConfirmed, BooleanSupplier isRestoring, Executor executor) {
        this(minCopies, areConfirmed, isRestoring, executor, LIMIT_MILLIS);
    }

    /**
     * The same for tests.
     *
     * @param limitMillis how long one write is tried, in milliseconds
     */
    CopiesRule(
            int minCopies,
            Predicate<Set<UUID>> areConfirmed,
            BooleanSupplier isRestoring,
            Executor executor,
            long limitMillis) {
        this.minCopies = minCopies;
        this.areConfirmed = areConfirmed;
        this.isRestoring = isRestoring;
        this.limitMillis = limitMillis;
        this.later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, executor);
    }

    /**
     * Writes as the rule wants it.
     *
     * @param write does it
     * @param again does it another time, harmlessly if it was done before
     */
    <T> CompletionStage<T> write(
            AdvancedCache<byte[], byte[]> cache,
            int segment,
            Supplier<CompletionStage<T>> write,
            Supplier<CompletionStage<T>> again) {
        CompletableFuture<T> done = new CompletableFuture<>();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        new Attempt<>(cache, segment, again, end, done).begin(write);
        // Infinispan waits for this node's own disk without limit. Who waits for members says why it ends: a bit later.
        return done.orTimeout(limitMillis + 2 * PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    throw reason(failure);
                });
    }

    private static RuntimeException reason(Throwable failure) {
        return failure instanceof TimeoutException
                ? new ServiceUnavailableException("a disk, here or on another node, does not answer")
                : new CompletionException(failure);
    }

    /** Whether messages are put back that were set aside. */
    boolean isRestoring() {
        return isRestoring.getAsBoolean();
    }

    /** Why a write to this segment must not begin; null if it may. */
    private @Nullable Obstacle obstacle(
            AdvancedCache<byte[], byte[]> cache, LocalizedCacheTopology topology, int segment) {
        if (cache.getAvailability() != AvailabilityMode.AVAILABLE) {
            return new Obstacle("the node is cut off from most of the cluster", false);
        }
        if (isRestoring.getAsBoolean()) {
            return null;
        }
        int copies = topology.getSegmentDistribution(segment).writeOwners().size();
        if (copies < minCopies) {
            return new Obstacle(
                    "only " + copies + " of at least " + minCopies + " copies can be kept",
                    topology.getPendingCH() != null);
        }
        return areConfirmed.test(runs(topology.getMembers()))
                ? null
                : new Obstacle("the cluster is agreeing on its members", true);
    }

    /** The members' runs; made once for as long as the members stay the same. */
    private Set<UUID> runs(List<Address> members) {
        Members known = lastMembers;
        if (!known.addresses().equals(members)) {
            known = Members.of(members);
            lastMembers = known;
        }
        return known.runs();
    }

    private record Members(List<Address> addresses, Set<UUID> runs) {

        private static Members of(List<Address> addresses) {
            return new Members(
                    List.copyOf(addresses),
                    addresses.stream().map(Address::getNodeUUID).collect(Collectors.toUnmodifiableSet()));
        }
    }

    private record Obstacle(String reason, boolean mayPass) {}

    private final class Attempt<T> {
        private final AdvancedCache<byte[], byte[]> cache;
        private final int segment;
        private final Supplier<CompletionStage<T>> again;
        private final long end;
        private final CompletableFuture<T> done;

        private Attempt(
                AdvancedCache<byte[], byte[]> cache,
                int segment,
                Supplier<CompletionStage<T>> again,
                long end,
                CompletableFuture<T> done) {
            this.cache = cache;
            this.segment = segment;
            this.again = again;
            this.end = end;
            this.done = done;
        }

        private void begin(Supplier<CompletionStage<T>> write) {
            try {
                beginOrFail(write);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        }

        private void beginOrFail(Supplier<CompletionStage<T>> write) {
            LocalizedCacheTopology before = topology();
            Obstacle obstacle = obstacle(cache, before, segment);
            if (obstacle == null) {
                write.get().whenComplete((value, failure) -> ended(before, value, failure));
            } else if (obstacle.mayPass() && !isOver()) {
                later(write);
            } else {
                done.completeExceptionally(new ServiceUnavailableException(obstacle.reason()));
            }
        }

        private void ended(LocalizedCacheTopology before, T value, @Nullable Throwable failure) {
            if (done.isDone()) {
                return; // nobody waits any more
            }
            boolean sameTopology = topology().getTopologyId() == before.getTopologyId();
            if (failure == null && sameTopology) {
                done.complete(value);
            } else if (isOver()) {
                if (failure != null) {
                    LOG.warnf("A write was not kept within %d ms: %s", limitMillis, failure);
                }
                done.completeExceptionally(new ServiceUnavailableException("the cluster is changing"));
            } else if (failure == null) {
                begin(again);
            } else if (isPassing(failure)) {
                later(again);
            } else {
                done.completeExceptionally(failure);
            }
        }

        /** What a write may meet while nodes come and go. */
        private boolean isPassing(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof AvailabilityException
                        || cause instanceof org.infinispan.commons.TimeoutException
                        || cause instanceof org.infinispan.remoting.transport.jgroups.SuspectException) {
                    return true;
                }
            }
            return false;
        }

        private void later(Supplier<CompletionStage<T>> write) {
            later.execute(() -> begin(write));
        }

        private boolean isOver() {
            return System.nanoTime() - end >= 0;
        }

        private LocalizedCacheTopology topology() {
            return cache.getDistributionManager().getCacheTopology();
        }
    }
}
