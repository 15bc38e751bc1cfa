package io.bida.cluster.formation;

import io.bida.cluster.ClusterCalls;
import io.bida.cluster.ClusterCalls.Subject;
import io.bida.cluster.ClusterNode;
import io.bida.cluster.formation.NodeStatus.State;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One run of this node in its cluster: how it begins, and which members may acknowledge. Safe for use by any thread.
 *
 * <pre>
 *               nobody serves, enough are here          all have put back what they kept
 *   WAITING ──────────────────────────────► REPLAYING ──────────────────────────────┐
 *      │                                                                             ▼
 *      └──────► JOINING ──────────────────────────────────────────────────► SERVING ◄──► STALLED
 *   others serve         an epoch with it is confirmed                      the members change
 * </pre>
 *
 * The life of a run: {@link #start}, then the caller opens its store where the start says so and lets its caches form;
 * {@link #membersAre} and {@link #copiesAreComplete} follow what the caches tell; {@link #replay} or
 * {@link #whenServing}; {@link #isConfirmed} before every acknowledgement; {@link #close}. A run that can go no further
 * says so by {@link #mustRestart} and must then end without acknowledging anything.
 *
 * <p>All decisions happen on one thread of its own: how to begin in {@link Beginning}, how to come to an epoch in
 * {@link NextEpoch}, which may acknowledge in {@link ConfirmedMembers}.
 */
public final class ClusterFormation implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ClusterFormation.class);
    private static final Comparator<ClusterNode> BY_ID = Comparator.comparing(ClusterNode::id);

    /** How long {@link #close} waits for what is being written: 30 s, our choice. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    private final Peers peers;
    private final FormationSettings settings;
    private final StoreDirectories stores;
    private final OwnRecord record;
    private final ConfirmedMembers active = new ConfirmedMembers();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "bida-formation");
        made.setDaemon(true);
        return made;
    });

    private final CompletableFuture<Start> started = new CompletableFuture<>();
    private final CompletableFuture<Void> serving = new CompletableFuture<>();
    private final CompletableFuture<String> restart = new CompletableFuture<>();
    private volatile @Nullable Future<?> ticks;
    private volatile Runnable syncStore = () -> {};
    private volatile String progress = "looks for the other nodes";

    // All below is of the one thread.
    private final Beginning beginning;
    private final NextEpoch nextEpoch;
    private State state = State.WAITING;
    private @Nullable StartPlan plan;
    private @Nullable Supplier<CompletionStage<Void>> replaying;
    private boolean replayRuns;
    private boolean replayed;
    private int departures;
    private long lastServed = System.nanoTime();
    private long forgotten;

    /**
     * How this node is to open its store: empty, where the live store is; what is there now is set aside.
     *
     * @param joined whether other nodes serve, and fill it
     * @param toReplay the stores to put back before anybody serves, oldest first; none if it joined
     */
    public record Start(boolean joined, List<Path> toReplay) {}

    /**
     * A node that answers the others from now on, and waits.
     *
     * @param calls closed by the caller, after this
     * @throws CannotStartException if what this node remembers cannot be read
     */
    public ClusterFormation(ClusterCalls calls, FormationSettings settings) {
        this.settings = settings;
        peers = new Peers(calls, this::onThread);
        stores = new StoreDirectories(settings.data());
        record = new OwnRecord(new RecordFile(settings.data()));
        Run run = new Run();
        beginning = new Beginning(peers, this::holdsUnclaimed, run);
        nextEpoch = new NextEpoch(peers, record, run);
        calls.serve(
                Subject.FORMATION, (from, frame) -> CompletableFuture.supplyAsync(() -> answer(frame), this::onThread));
    }

    /**
     * Decides with the others how to begin; what was stored is set aside when the stage completes.
     *
     * @return fails with {@link CannotStartException} if this node must not take part with what it has
     */
    public CompletionStage<Start> start() {
        long millis = settings.interval().toMillis();
        ticks = thread.scheduleWithFixedDelay(this::tick, 0, millis, TimeUnit.MILLISECONDS);
        return started.minimalCompletionStage();
    }

    /** What it does or waits for, in words for an operator. */
    public String progress() {
        return progress;
    }

    /**
     * These runs hold messages from now on, this one among them: to be called on every node before anything is
     * acknowledged in the caches' new topology. None while the caches cannot serve: then others that wait to begin do
     * not join this node but begin together with it.
     */
    public void membersAre(Set<ClusterNode> members) {
        active.want(members);
        onThread(() -> {
            List<ClusterNode> order = peers.members();
            List<ClusterNode> next = new ArrayList<>(order);
            next.retainAll(members);
            members.stream().filter(node -> !order.contains(node)).sorted(BY_ID).forEach(next::add);
            if (!next.containsAll(nextEpoch.wanted())) {
                departures++;
                replayed = false;
            }
            nextEpoch.want(next);
            if (next.isEmpty()) {
                progress = "is cut off from most of the cluster";
            }
            activate();
            replayAgain();
            nextEpoch.advance();
        });
    }

    /** Every message has all its copies on these members' disks. */
    public void copiesAreComplete(Set<ClusterNode> members) {
        Set<UUID> runs = members.stream().map(ClusterNode::id).collect(Collectors.toUnmodifiableSet());
        onThread(() -> {
            nextEpoch.completeOn(runs);
            nextEpoch.advance();
        });
    }

    /**
     * Puts back what was set aside, after the caches have formed; to be called once by a node that did not join.
     *
     * @param once puts all of it back; called again if a member leaves meanwhile, which may have taken some along
     * @return completes when this node serves; fails if putting back fails
     */
    public CompletionStage<Void> replay(Supplier<CompletionStage<Void>> once) {
        onThread(() -> {
            replaying = once;
            replayAgain();
        });
        return serving.minimalCompletionStage();
    }

    /** Never deletes this store that was set aside, because not everything in it can be read. */
    public void keepAside(Path store) {
        stores.keep(store);
    }

    /**
     * Before this node says that every message has all its copies, this is done; may wait for the disk. To be called
     * before anything is told of the caches.
     *
     * @param sync returns when everything on this node survives a power cut
     */
    public void beforeAllIsSaid(Runnable sync) {
        syncStore = sync;
    }

    /** Completes when this run is a member of a confirmed epoch for the first time. */
    public CompletionStage<Void> whenServing() {
        return serving.minimalCompletionStage();
    }

    /** Whether an epoch with exactly these runs as its members is confirmed, and they hold the messages. */
    public boolean isConfirmed(Set<UUID> runs) {
        return active.is(runs);
    }

    /**
     * Completes when an epoch with exactly these members is confirmed, and they hold the messages; fails with
     * {@link MembersChangedException} if one with others is, and when this run ends.
     */
    public CompletionStage<Void> whenConfirmed(Set<UUID> runs) {
        return active.when(runs);
    }

    /** The last epoch that is known to be confirmed; 0 if there is none. */
    public long epoch() {
        return record.confirmed().number();
    }

    /** The names of the members of the last epoch that is known to be confirmed. */
    public Set<String> members() {
        return record.confirmed().names();
    }

    /** The cluster that this node belongs to; empty before it does. */
    public Optional<UUID> clusterId() {
        return record.get().map(ClusterRecord::clusterId);
    }

    /**
     * Completes, with the reason, when this run must end and the node begin again: what it holds may not be believed
     * any more, or can be believed only together with what others have set aside. Nothing is lost by that.
     */
    public CompletionStage<String> mustRestart() {
        return restart.minimalCompletionStage();
    }

    /** Takes part no more, and touches nothing in the data directory once this returns. */
    @Override
    public void close() {
        Future<?> ticking = ticks;
        if (ticking != null) {
            ticking.cancel(false);
        }
        thread.shutdown(); // no interrupt: it may be writing the record
        try {
            if (!thread.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The cluster's formation is still busy with the disk while the node stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        active.end(new IllegalStateException("the node is stopping"));
    }

    private void onThread(Runnable task) {
        try {
            thread.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("Not done, the node is stopping", e);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            end("the cluster's formation failed on this node: " + e.getMessage(), e);
        }
    }

    private void tick() {
        guarded(() -> {
            if (state == State.WAITING) {
                beginning.look();
            } else {
                activate();
                nextEpoch.advance();
            }
        });
    }

    private NodeStatus own() {
        return new NodeStatus(
                peers.self(),
                state == State.SERVING && !active.isAny() ? State.STALLED : state,
                settings.hosts(),
                settings.minCopies(),
                List.copyOf(settings.goWithout()),
                record.get(),
                Optional.ofNullable(plan),
                replayed);
    }

    // ---- answering -------------------------------------------------------------------------------------------

    private byte[] answer(byte[] frame) {
        try {
            return answer(Frames.request(frame));
        } catch (RecordNotWrittenException e) {
            end("what it accepted may not be on its disk", e);
            throw e;
        }
    }

    private byte[] answer(Frames.Request request) {
        return switch (request.kind()) {
            case STATUS -> {
                learn(request.status().orElseThrow());
                yield Frames.answer(own());
            }
            case PREPARE -> Frames.answer(beginning.prepare(request.plan().orElseThrow()));
            case START -> Frames.answer(beginning.startAsPrepared(request.plan().orElseThrow()));
            case PROPOSE -> Frames.answer(accept(request.proposal().orElseThrow()));
            case CONFIRM -> Frames.answer(confirm(request.proposal().orElseThrow()));
            case RESTART -> {
                boolean begun = state != State.WAITING;
                if (begun) {
                    end(request.reason().orElseThrow(), null);
                }
                yield Frames.answer(begun);
            }
        };
    }

    /** Takes notice of what another node says of itself. */
    private void learn(NodeStatus other) {
        if (state == State.WAITING || state == State.REFUSED || other.record().isEmpty()) {
            holdOutAgainst(other);
            return;
        }
        UUID cluster = other.record().get().clusterId();
        if (record.isOf(cluster)
                && other.confirmed().number() > record.confirmed().number()) {
            confirm(new Frames.Proposal(cluster, other.confirmed(), Epoch.NONE, 0));
        }
        if (record.isOf(cluster)
                && other.highest() > record.highest()
                && nextEpoch.wanted().contains(other.node())) {
            nextEpoch.renew();
        }
        holdOutAgainst(other);
    }

    /** A node that waits to begin, and has been a member, may need what this one holds and cannot serve. */
    private void holdOutAgainst(NodeStatus other) {
        if ((state == State.SERVING || state == State.JOINING)
                && !active.isAny()
                && other.state() == State.WAITING
                && other.record().isPresent()
                && System.nanoTime() - lastServed > settings.patience().toNanos()) {
            end("this node cannot serve (" + progress + ") and " + other.name() + " waits to begin with it", null);
        }
    }

    // ---- beginning -------------------------------------------------------------------------------------------

    /** Whether this node has messages of a time before it was in any epoch. */
    private boolean holdsUnclaimed() {
        return record.get().isEmpty()
                ? stores.hasLive() || stores.holdsAsideOfNoEpoch()
                : record.confirmed().isNone() && stores.holdsAsideOfNoEpoch();
    }

    private void refuse(String reason) {
        state = State.REFUSED;
        progress = reason;
        started.completeExceptionally(new CannotStartException(reason));
    }

    private void join(UUID clusterId, List<NodeStatus> all) {
        Epoch served = all.stream()
                .filter(node -> node.state() == State.SERVING)
                .map(NodeStatus::confirmed)
                .max((a, b) -> Long.compare(a.number(), b.number()))
                .orElseThrow();
        boolean wasMember = record.isOf(clusterId)
                && record.get().orElseThrow().has(served)
                && served.names().contains(peers.self().name());
        clearStore(wasMember ? served.number() : record.highest());
        record.belongTo(
                clusterId, all.stream().mapToLong(NodeStatus::highest).max().orElse(0));
        state = State.JOINING;
        lastServed = System.nanoTime();
        progress = "joins the cluster and is filled by the others";
        LOG.infof("Joins cluster %s, which serves epoch %s; what was stored here is set aside", clusterId, served);
        started.complete(new Start(true, List.of()));
    }

    private void begin(StartPlan next) {
        boolean believed = record.get().isEmpty()
                ? next.base().isNone()
                : next.believes(peers.self().name(), record.get().get());
        long base = next.base().number();
        boolean hasBase =
                believed || record.get().filter(known -> known.has(next.base())).isPresent();
        if (next.base().isNone()) {
            stores.setAside(0);
        } else {
            clearStore(hasBase ? base : record.highest());
        }
        record.belongTo(next.clusterId(), base);
        plan = next;
        state = State.REPLAYING;
        List<Path> toReplay = believed ? stores.asideSince(base) : List.of();
        progress = "begins together with the others";
        LOG.infof(
                "Cluster %s begins with what its last epoch held (%s); stores to put back from here: %s",
                next.clusterId(), next.base(), toReplay);
        started.complete(new Start(false, toReplay));
    }

    /**
     * Sets the store aside, as one that holds messages up to this epoch. That of a newcomer is only part of a copy that
     * nobody counted, and is deleted.
     */
    private void clearStore(long epoch) {
        if (record.isNewcomer()) {
            stores.deleteLive();
        } else {
            stores.setAside(epoch);
        }
    }

    private void replayAgain() {
        Supplier<CompletionStage<Void>> once = replaying;
        if (once == null || replayRuns || replayed || state != State.REPLAYING) {
            return;
        }
        replayRuns = true;
        int departuresBefore = departures;
        once.get()
                .whenComplete((done, failure) -> onThread(() -> {
                    replayRuns = false;
                    if (departures != departuresBefore) {
                        replayAgain();
                    } else if (failure != null) {
                        LOG.error("What was set aside could not be put back", failure);
                        serving.completeExceptionally(failure);
                        end("what was set aside could not be put back: " + failure.getMessage(), null);
                    } else {
                        replayed = true;
                        nextEpoch.advance();
                    }
                }));
    }

    // ---- epochs ----------------------------------------------------------------------------------------------

    /** Goes on from the epoch that is confirmed, if it fits and no later one was accepted. */
    private void activate() {
        Epoch confirmed = record.confirmed();
        if (state == State.WAITING
                || state == State.REFUSED
                || !confirmed.runs().contains(peers.self().id())) {
            return;
        }
        state = State.SERVING;
        if (record.highest() == confirmed.number()) {
            active.confirm(confirmed);
        }
        if (active.isAny()) {
            lastServed = System.nanoTime();
            progress = "serves in epoch " + confirmed;
            serving.complete(null);
            forget(confirmed);
        }
    }

    /** What was set aside is not needed any more once every message has all its copies in an epoch that says so. */
    private void forget(Epoch confirmed) {
        boolean isWhole = confirmed.whole() && nextEpoch.isCompleteOn(confirmed.runs());
        if (isWhole && forgotten < confirmed.number()) {
            forgotten = confirmed.number();
            try {
                stores.deleteAsideBefore(confirmed.number());
            } catch (UncheckedIOException e) {
                // It only takes space: no start puts back what is of an earlier epoch.
                LOG.error("A store that is not needed any more cannot be deleted; delete it by hand", e);
            }
        }
    }

    private boolean accept(Frames.Proposal proposal) {
        boolean takesPart = state == State.REPLAYING || state == State.JOINING || state == State.SERVING;
        if (!takesPart || !proposal.epoch().runs().contains(peers.self().id())) {
            return false;
        }
        if (proposal.epoch().whole()) {
            syncStore.run(); // stores set aside may be deleted because of what this node says now
        }
        if (!record.accept(proposal)) {
            return false;
        }
        active.suspendUnless(proposal.epoch().runs());
        return true;
    }

    private boolean confirm(Frames.Proposal confirmed) {
        if (state == State.WAITING || state == State.REFUSED || !record.isOf(confirmed.clusterId())) {
            return false;
        }
        Epoch epoch = confirmed.epoch();
        boolean isMember = epoch.runs().contains(peers.self().id());
        if (epoch.number() > record.confirmed().number() && !isMember) {
            StartPlan begun = plan;
            boolean isBefore = begun != null && epoch.number() <= begun.base().number(); // what it began with
            if (state != State.JOINING && !isBefore) {
                end("epoch " + epoch + " was confirmed without this node", null);
            }
            return false;
        }
        record.confirm(epoch);
        LOG.infof("Epoch %s is confirmed", epoch);
        activate();
        return true;
    }

    /** This run can go no further. */
    private void end(String reason, @Nullable RuntimeException cause) {
        if (state == State.REFUSED) {
            return;
        }
        if (state == State.WAITING) {
            refuse(reason);
            return;
        }
        state = State.REFUSED;
        progress = reason;
        LOG.error("This node must start again: " + reason, cause);
        IllegalStateException over = new IllegalStateException(reason, cause);
        active.end(over);
        serving.completeExceptionally(over);
        restart.complete(reason);
    }

    /** What its beginning and its epochs do to the run. */
    private final class Run implements Beginning.Run, NextEpoch.Run {

        @Override
        public NodeStatus own() {
            return ClusterFormation.this.own();
        }

        @Override
        public boolean isActive() {
            return active.isAny();
        }

        @Override
        public void waits(String reason) {
            progress = reason;
        }

        @Override
        public void refuse(String reason) {
            ClusterFormation.this.refuse(reason);
        }

        @Override
        public void join(UUID clusterId, List<NodeStatus> all) {
            ClusterFormation.this.join(clusterId, all);
        }

        @Override
        public void begin(StartPlan next) {
            ClusterFormation.this.begin(next);
        }

        @Override
        public void learn(NodeStatus other) {
            ClusterFormation.this.learn(other);
        }

        @Override
        public void confirm(Frames.Proposal confirmed) {
            ClusterFormation.this.confirm(confirmed);
        }

        @Override
        public void guarded(Runnable task) {
            ClusterFormation.this.guarded(task);
        }
    }
}
