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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 * <p>All decisions happen on one thread of its own.
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
    private volatile String progress = "looks for the other nodes";

    // All below is of the one thread.
    private State state = State.WAITING;
    private @Nullable StartPlan prepared;
    private List<ClusterNode> preparedAmong = List.of();
    private @Nullable StartPlan plan;
    private List<ClusterNode> wanted = List.of();
    private Set<UUID> completeOn = Set.of();
    private @Nullable Supplier<CompletionStage<Void>> replaying;
    private boolean replayRuns;
    private boolean replayed;
    private int departures;
    private Optional<Epoch> proposed = Optional.empty();
    private boolean busy;
    private boolean renew;
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
            if (!next.containsAll(wanted)) {
                departures++;
                replayed = false;
            }
            wanted = List.copyOf(next);
            if (wanted.isEmpty()) {
                progress = "is cut off from most of the cluster";
            }
            activate();
            replayAgain();
            advance();
        });
    }

    /** Every message has all its copies on these members' disks. */
    public void copiesAreComplete(Set<ClusterNode> members) {
        Set<UUID> runs = members.stream().map(ClusterNode::id).collect(Collectors.toUnmodifiableSet());
        onThread(() -> {
            completeOn = runs;
            advance();
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
                look();
            } else {
                activate();
                advance();
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
            case PREPARE -> Frames.answer(prepare(request.plan().orElseThrow()));
            case START -> Frames.answer(startAsPrepared(request.plan().orElseThrow()));
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
        if (record.isOf(cluster) && other.highest() > record.highest() && wanted.contains(other.node())) {
            renew = true;
        }
        holdOutAgainst(other);
    }

    /** A node that waits to begin may need what this one holds and cannot serve. */
    private void holdOutAgainst(NodeStatus other) {
        if ((state == State.SERVING || state == State.JOINING)
                && !active.isAny()
                && other.state() == State.WAITING
                && System.nanoTime() - lastServed > settings.patience().toNanos()) {
            end("this node cannot serve (" + progress + ") and " + other.name() + " waits to begin with it", null);
        }
    }

    // ---- beginning -------------------------------------------------------------------------------------------

    private void look() {
        if (busy) {
            return;
        }
        busy = true;
        List<ClusterNode> among = peers.members();
        List<ClusterNode> others = new ArrayList<>(among);
        others.remove(peers.self());
        peers.statuses(others, own())
                .thenAccept(answers -> guarded(() -> {
                    busy = false;
                    if (state == State.WAITING) {
                        consider(among, answers);
                    }
                }));
    }

    private void consider(List<ClusterNode> among, Map<ClusterNode, Optional<NodeStatus>> answers) {
        List<NodeStatus> all = new ArrayList<>();
        for (ClusterNode node : among) {
            Optional<NodeStatus> status =
                    node.equals(peers.self()) ? Optional.of(own()) : answers.getOrDefault(node, Optional.empty());
            if (status.isEmpty()) {
                progress = "waits for an answer of " + node;
                return;
            }
            all.add(status.get());
        }
        StartVerdict verdict = StartRules.decide(own(), all, isUnclaimed());
        if (verdict instanceof StartVerdict.Wait wait) {
            progress = wait.reason();
        } else if (verdict instanceof StartVerdict.Refuse refuse) {
            refuse(refuse.reason());
        } else if (verdict instanceof StartVerdict.Join join) {
            join(join.clusterId(), all);
        } else if (verdict instanceof StartVerdict.Follow follow) {
            begin(follow.plan());
        } else if (verdict instanceof StartVerdict.Begin begin) {
            agree(begin.plan(), among, all);
        }
    }

    /** Whether this node has messages that no epoch holds. */
    private boolean isUnclaimed() {
        boolean aside = !stores.asideSince(0).isEmpty();
        return record.get().isEmpty()
                ? aside || stores.hasLive()
                : record.confirmed().isNone() && aside;
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
        stores.setAside(wasMember ? served.number() : record.confirmed().number());
        record.belongTo(clusterId);
        state = State.JOINING;
        lastServed = System.nanoTime();
        progress = "joins the cluster and is filled by the others";
        LOG.infof("Joins cluster %s, which serves epoch %s; what was stored here is set aside", clusterId, served);
        started.complete(new Start(true, List.of()));
    }

    /** The first of those that wait asks all others whether they can begin so too, then tells them to. */
    private void agree(StartPlan next, List<ClusterNode> among, List<NodeStatus> all) {
        List<ClusterNode> participants = all.stream()
                .filter(node -> node.state() == State.WAITING)
                .map(NodeStatus::node)
                .toList();
        if (!participants.get(0).equals(peers.self())) {
            progress = "waits for " + participants.get(0) + " to begin together";
            return;
        }
        busy = true;
        peers.ask(participants, node -> Frames.plan(Frames.Kind.PREPARE, next))
                .thenCompose(agreed -> {
                    if (agreed.containsValue(false) || !among.equals(peers.members())) {
                        return CompletableFuture.completedFuture(agreed);
                    }
                    return peers.ask(participants, node -> Frames.plan(Frames.Kind.START, next));
                })
                .thenAccept(done -> guarded(() -> {
                    busy = false;
                    LOG.debugf("Plan %s: %s", next, done);
                }));
    }

    private boolean prepare(StartPlan next) {
        if (state != State.WAITING) {
            return false;
        }
        prepared = next;
        preparedAmong = peers.members();
        return true;
    }

    private boolean startAsPrepared(StartPlan next) {
        if (plan != null && plan.id().equals(next.id())) {
            return true;
        }
        StartPlan mine = prepared;
        if (state != State.WAITING
                || mine == null
                || !mine.id().equals(next.id())
                || !preparedAmong.equals(peers.members())) {
            return false;
        }
        begin(next);
        return true;
    }

    private void begin(StartPlan next) {
        boolean believed = record.get().isEmpty()
                ? next.base().isNone()
                : next.believes(peers.self().name(), record.get().get());
        long base = next.base().number();
        stores.setAside(believed ? base : record.confirmed().number());
        record.belongTo(next.clusterId());
        plan = next;
        state = State.REPLAYING;
        List<Path> toReplay = believed ? stores.asideSince(base) : List.of();
        progress = "begins together with the others";
        LOG.infof(
                "Cluster %s begins with what its last epoch held (%s); stores to put back from here: %s",
                next.clusterId(), next.base(), toReplay);
        started.complete(new Start(false, toReplay));
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
                        advance();
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
        boolean isWhole = confirmed.lacking() == 0 && completeOn.equals(confirmed.runs());
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

    /** Makes the next epoch if one is needed, or learns of it. */
    private void advance() {
        boolean waits = state == State.REPLAYING || state == State.JOINING || state == State.SERVING;
        if (!waits || wanted.isEmpty() || busy || !isEpochNeeded()) {
            return;
        }
        boolean coordinates = wanted.get(0).equals(peers.self());
        List<ClusterNode> members = wanted;
        Set<ClusterNode> asked = new LinkedHashSet<>(coordinates ? members : members.subList(0, 1));
        if (coordinates && state == State.REPLAYING) {
            asked.addAll(peers.members());
        }
        busy = true;
        renew = false;
        peers.statuses(asked, own())
                .thenAccept(answers -> guarded(() -> {
                    busy = false;
                    answers.values().forEach(status -> status.ifPresent(this::learn));
                    if (coordinates && members.equals(wanted) && state != State.REFUSED) {
                        next(answers);
                    }
                }));
    }

    private boolean isEpochNeeded() {
        return renew || !active.isAny() || (isComplete() && record.confirmed().lacking() > 0);
    }

    private boolean isComplete() {
        return completeOn.equals(wanted.stream().map(ClusterNode::id).collect(Collectors.toSet()));
    }

    private void next(Map<ClusterNode, Optional<NodeStatus>> answers) {
        List<NodeStatus> members = new ArrayList<>();
        for (ClusterNode node : wanted) {
            Optional<NodeStatus> status = answers.getOrDefault(node, Optional.empty());
            if (status.isEmpty() || status.get().state() == State.WAITING) {
                progress = "waits for an answer of " + node;
                return;
            }
            members.add(status.get());
        }
        for (Optional<NodeStatus> status : answers.values()) {
            // It begins with these, and would have to begin again if they went on without it.
            if (status.isPresent()
                    && (status.get().state() == State.REPLAYING || status.get().state() == State.WAITING)
                    && !wanted.contains(status.get().node())) {
                progress = "waits until " + status.get().name() + " has opened its store";
                return;
            }
        }
        EpochVerdict verdict = EpochRules.next(members, isComplete(), proposed);
        if (verdict instanceof EpochVerdict.Wait wait) {
            progress = wait.reason();
        } else if (verdict instanceof EpochVerdict.Restart restarts) {
            progress = restarts.reason();
            tell(peers.ask(restarts.runs(), node -> Frames.restart(restarts.reason())), "restart");
        } else if (verdict instanceof EpochVerdict.Propose propose) {
            propose(propose, members);
        }
    }

    private void propose(EpochVerdict.Propose next, List<NodeStatus> members) {
        UUID cluster = record.get().orElseThrow().clusterId();
        Map<ClusterNode, Long> highest = new HashMap<>();
        members.forEach(node -> highest.put(node.node(), node.highest()));
        proposed = Optional.of(next.epoch());
        progress = "proposes epoch " + next.epoch();
        busy = true;
        peers.ask(
                        next.epoch().members(),
                        node -> Frames.proposal(
                                Frames.Kind.PROPOSE,
                                new Frames.Proposal(
                                        cluster, next.epoch(), next.confirmed(), highest.getOrDefault(node, 0L))))
                .thenAccept(accepted -> guarded(() -> {
                    busy = false;
                    if (accepted.containsValue(false)) {
                        progress = "epoch " + next.epoch() + " is not accepted by all yet: " + accepted;
                        return;
                    }
                    Frames.Proposal confirmed = new Frames.Proposal(cluster, next.epoch(), Epoch.NONE, 0);
                    confirm(confirmed);
                    tell(
                            peers.ask(next.epoch().members(), node -> Frames.proposal(Frames.Kind.CONFIRM, confirmed)),
                            "confirm");
                }));
    }

    private static void tell(CompletionStage<Map<ClusterNode, Boolean>> told, String what) {
        told.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warnf(failure, "Could not tell the others to %s", what); // they learn of it when they ask next
            }
        });
    }

    private boolean accept(Frames.Proposal proposal) {
        boolean takesPart = state == State.REPLAYING || state == State.JOINING || state == State.SERVING;
        if (!takesPart || !proposal.epoch().runs().contains(peers.self().id()) || !record.accept(proposal)) {
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
}
