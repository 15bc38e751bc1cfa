package io.bida.message;

import io.bida.cluster.ClusterCalls;
import io.bida.cluster.ClusterClocks;
import io.bida.cluster.ClusterNews;
import io.bida.cluster.ClusterNode;
import io.bida.cluster.ClusterService;
import io.bida.cluster.ClusterStatus;
import io.bida.cluster.ConfigurationCheck;
import io.bida.cluster.HostServer;
import io.bida.cluster.JGroupsCalls;
import io.bida.cluster.LossVerdict;
import io.bida.cluster.NodeChannels;
import io.bida.cluster.NodeHealth;
import io.bida.cluster.NodeReport;
import io.bida.cluster.NodeReport.Segments;
import io.bida.cluster.NodeState;
import io.bida.cluster.OwnDirectory;
import io.bida.cluster.PauseFence;
import io.bida.cluster.formation.ClusterFormation;
import io.bida.cluster.formation.FormationSettings;
import io.bida.message.delivery.MessageDelivery;
import io.bida.message.store.CacheCopies;
import io.bida.message.store.CopiesRule;
import io.bida.message.store.InfinispanMessageStore;
import io.bida.message.store.OwnCopies;
import io.bida.message.store.PartitionLeaders;
import io.bida.message.store.RocksDbDisk;
import io.bida.message.store.StayingOwners;
import io.bida.message.store.StoreReplay;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.parsing.ConfigurationBuilderHolder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jboss.logging.Logger;
import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;

/**
 * This node as a member of a cluster: finds out with the others whose stored messages are believed, joins the caches,
 * puts back what was set aside, and serves.
 *
 * <p>Everything happens in this order on a thread of its own, which may wait for other nodes as long as it takes; what
 * it waits for is the node's health. Closed in the opposite order.
 */
final class ClusterMember implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ClusterMember.class);

    /** Name of the cluster on the channels; they carry nothing else. */
    private static final String CLUSTER = "bida";

    /** How often it is looked what the caches say of their members, in milliseconds: 100, our choice. */
    private static final long WATCH_MILLIS = 100;

    /** After how many of these looks a node that cannot acknowledge is not ready: 20, our choice, 2 seconds. */
    private static final int LOOKS_UNTIL_UNREADY = 20;

    /** How often the clocks of the other nodes are looked at, in seconds: 5, our choice; clocks drift slowly. */
    private static final long CLOCKS_SECONDS = 5;

    /** How long a receive may wait while this node leaves: 1 s, our choice; at once would be asked again at once. */
    private static final Duration WAIT_WHILE_LEAVING = Duration.ofSeconds(1);

    private final NodeChannels channels;
    private final FormationSettings settings;
    private final Function<Path, RocksDbDisk> opening;
    private final ReceiptHandles handles;
    private final Threads threads;
    private final Beans beans;
    private final long memoryBytes;
    private @Nullable JGroupsCalls calls;
    private @Nullable OwnDirectory directory;
    private volatile @Nullable ClusterClocks clocks;
    private volatile @Nullable Departure departure;
    private volatile @Nullable PauseFence fence;
    private @Nullable ClusterFormation formation;
    private @Nullable RocksDbDisk disk;
    private volatile @Nullable DefaultCacheManager caches;
    private volatile @Nullable InfinispanMessageStore store;
    private @Nullable ScheduledFuture<?> watch;
    private @Nullable ScheduledFuture<?> clockWatch;
    private Set<UUID> lastMembers = Set.of();
    private Set<UUID> lastComplete = Set.of();
    private volatile boolean restoring;
    private volatile boolean serves;
    private volatile boolean leaves;
    private volatile boolean closing;

    /**
     * Whether all nodes stop: then the members of now stay those of the epoch, and any majority of them starts again.
     */
    private volatile boolean goesWithAll;

    private int looksWithoutService;

    /**
     * Threads of the node.
     *
     * @param answers runs answers and completes writes
     * @param scans reads stored messages again
     * @param scheduler wakes at deadlines
     * @param news reads what other nodes changed in the catalogue; may wait for the database
     * @param watch looks after the members; must not be made to wait
     */
    record Threads(
            ExecutorService answers,
            ExecutorService scans,
            ScheduledExecutorService scheduler,
            ExecutorService news,
            ScheduledExecutorService watch) {}

    /** The parts of the application that are told, and what they share. */
    record Beans(
            MessageDelivery delivery,
            NodeHealth health,
            ClusterNews news,
            ClusterService cluster,
            OwnReport own,
            Clock clock,
            HostServer server) {}

    /**
     * A member that has not begun.
     *
     * @param opening opens the store in a directory
     * @param memoryBytes how much of the heap bundles may take, in bytes
     */
    ClusterMember(
            NodeChannels channels,
            FormationSettings settings,
            Function<Path, RocksDbDisk> opening,
            ReceiptHandles handles,
            Threads threads,
            Beans beans,
            long memoryBytes) {
        this.channels = channels;
        this.settings = settings;
        this.opening = opening;
        this.handles = handles;
        this.threads = threads;
        this.beans = beans;
        this.memoryBytes = memoryBytes;
    }

    /**
     * Takes part, and returns when this node serves.
     *
     * @param whenOver told, with the reason, when this run of the node can go no further
     * @throws RuntimeException if this node must not take part; the text says why
     */
    void start(Consumer<String> whenOver) throws InterruptedException {
        ConfigurationCheck.checkManagement(beans.server().listening());
        JChannel channel = channels.channel("bida-calls");
        JGroupsCalls connected = new JGroupsCalls(channel, CLUSTER);
        calls = connected;
        ConfigurationCheck.checkChannel(channel);
        directory = new OwnDirectory(settings.data(), connected.self().name());
        beans.news().connect(connected, threads.news());
        beans.delivery().answer(connected);
        ClusterFormation forming = new ClusterFormation(connected, settings);
        formation = forming;
        beans.health().watch(this::status);
        beans.cluster().connect(connected, gone -> report(connected, forming, gone), threads.answers());
        Consumer<String> unlessClosing = reason -> {
            if (!closing) {
                whenOver.accept(reason);
            }
        };
        forming.mustRestart().thenAccept(unlessClosing);
        beans.delivery().whenUnreadable(unlessClosing);
        ClusterFormation.Start start = await(forming.start(), forming);
        restoring = !start.joined();
        InfinispanMessageStore opened = open(connected, forming);
        opened.configurations().forEach(ConfigurationCheck::checkCache);
        store = opened;
        departure = new Departure(connected, settings.minCopies(), new Copies(opened));
        ClusterClocks all = new ClusterClocks(connected, beans.clock());
        clocks = all;
        clockWatch = threads.watch().scheduleWithFixedDelay(all::look, 0, CLOCKS_SECONDS, TimeUnit.SECONDS);
        fence = new PauseFence(connected);
        PartitionLeaders leaders = opened.leaders();
        leaders.onChange(() -> {
            if (!closing) {
                threads.watch().execute(this::watchCopies);
            }
        });
        watch = threads.watch().scheduleWithFixedDelay(this::watchCopies, 0, WATCH_MILLIS, TimeUnit.MILLISECONDS);
        if (start.joined()) {
            serve(connected, leaders, opened); // it leads already, and the others wait for it
            await(forming.whenServing(), forming);
        } else {
            StoreReplay replay = new StoreReplay(opened, threads.scans(), threads.answers());
            await(forming.replay(() -> replayAll(replay, start.toReplay(), forming)), forming);
            restoring = false;
            serve(connected, leaders, opened);
        }
        serves = true;
        beans.health().becomeReady();
        LOG.infof("Serving as %s with %s in epoch %d", connected.self(), forming.members(), forming.epoch());
    }

    private void serve(ClusterCalls connected, PartitionLeaders leaders, InfinispanMessageStore opened) {
        beans.delivery()
                .serve(connected, leaders, opened, handles, threads.scheduler(), threads.answers(), threads.scans());
    }

    private <T> T await(CompletionStage<T> stage, ClusterFormation forming) throws InterruptedException {
        CompletableFuture<T> future = stage.toCompletableFuture();
        while (!future.isDone()) {
            beans.health().becomeUnready(forming.progress());
            try {
                future.get(WATCH_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                LOG.tracef("Still, or no longer, waiting: %s", e);
            }
        }
        return future.join();
    }

    private InfinispanMessageStore open(ClusterCalls connected, ClusterFormation forming) {
        RocksDbDisk opened = opening.apply(settings.data().resolve("messages"));
        disk = opened;
        forming.beforeAllIsSaid(opened::sync);
        GlobalConfigurationBuilder global = new GlobalConfigurationBuilder();
        global.classLoader(ClusterMember.class.getClassLoader())
                .cacheManagerName(CLUSTER)
                .metrics()
                .gauges(false);
        StayingOwners owners = new StayingOwners(global);
        global.transport()
                .transport(new JGroupsTransport(channels.channel("bida-caches")))
                .clusterName(CLUSTER)
                .nodeName(connected.self().name());
        DefaultCacheManager joined =
                new DefaultCacheManager(new ConfigurationBuilderHolder(ClusterMember.class.getClassLoader(), global));
        caches = joined;
        CopiesRule rule =
                new CopiesRule(settings.minCopies(), this::mayAcknowledge, () -> restoring, threads.answers());
        return new InfinispanMessageStore(
                joined, opened, memoryBytes, new InfinispanMessageStore.Cluster(rule, owners));
    }

    /**
     * Makes this node ready to go: it takes no new clients, ends the waits of those it has and serves them until the
     * others have its copies and lead what it led. Returns when this node may go, or the time is over.
     *
     * @param limit how long it may take
     */
    void leave(Duration limit) throws InterruptedException {
        leaves = true;
        beans.health().leave();
        Departure leaving = departure;
        if (serves && leaving != null) {
            beans.delivery().endWaits(WAIT_WHILE_LEAVING);
            goesWithAll = leaving.leave(limit) == Departure.Outcome.WITH_ALL;
        }
        beans.delivery().endWaits(Duration.ZERO);
    }

    /** What leaving depends on. */
    private final class Copies implements Departure.Copies {

        private final InfinispanMessageStore opened;

        private Copies(InfinispanMessageStore opened) {
            this.opened = opened;
        }

        @Override
        public boolean areComplete() {
            CacheCopies copies = opened.copies();
            return copies.isAvailable()
                    && copies.isComplete()
                    && copies.underReplicated() == 0
                    && mayAcknowledge(copies.members());
        }

        @Override
        public void handOver(UUID run) {
            opened.handOver(run);
        }

        @Override
        public boolean areHandedOver(UUID run) {
            return opened.isHandedOver(run);
        }
    }

    /** Whether these members may acknowledge, and this node has not slept through a change of them. */
    private boolean mayAcknowledge(Set<UUID> members) {
        PauseFence awake = fence;
        ClusterFormation forming = formation;
        return awake != null && awake.isDown() && forming != null && forming.isConfirmed(members);
    }

    private static CompletionStage<Void> replayAll(
            StoreReplay replay, List<Path> directories, ClusterFormation forming) {
        CompletionStage<Void> done = CompletableFuture.completedFuture(null);
        for (Path directory : directories) {
            done = done.thenCompose(before -> replay.replay(directory)).thenAccept(result -> {
                if (result.unreadable() > 0) {
                    forming.keepAside(directory);
                }
            });
        }
        return done;
    }

    /** Tells the formation whenever the caches have other members, and when these have all their copies. */
    private synchronized void watchCopies() {
        InfinispanMessageStore opened = store;
        ClusterFormation forming = formation;
        if (opened == null || forming == null || closing || goesWithAll) {
            return;
        }
        try {
            if (fence != null) {
                fence.look();
            }
            CacheCopies copies = opened.copies();
            tellHealth(copies.isAvailable() && mayAcknowledge(copies.members()), forming);
            if (!copies.isAvailable()) {
                tellThatNobodyServes(forming);
                return;
            }
            Set<ClusterNode> members = nodes(copies.members());
            if (members.size() != copies.members().size()) {
                return; // the calls do not know them all yet, or not any more: soon
            }
            if (!copies.members().equals(lastMembers)) {
                lastMembers = copies.members();
                lastComplete = Set.of();
                forming.membersAre(members);
            }
            if (copies.isComplete() && !copies.members().equals(lastComplete)) {
                lastComplete = copies.members();
                forming.copiesAreComplete(members);
            }
        } catch (RuntimeException e) {
            LOG.warn("What the caches say of their members cannot be told to the cluster's formation", e);
        }
    }

    /** Caches without a majority keep their old members, who must not be taken for ones that serve. */
    private void tellThatNobodyServes(ClusterFormation forming) {
        if (!lastMembers.isEmpty()) {
            lastMembers = Set.of();
            lastComplete = Set.of();
            forming.membersAre(Set.of());
            forming.copiesAreComplete(Set.of());
        }
    }

    /** Not ready any more once this node could not acknowledge anything for two seconds; ready as soon as it can. */
    private void tellHealth(boolean mayAcknowledge, ClusterFormation forming) {
        if (!serves || closing) {
            return;
        }
        if (mayAcknowledge) {
            if (looksWithoutService >= LOOKS_UNTIL_UNREADY) {
                beans.health().becomeReady();
            }
            looksWithoutService = 0;
        } else if (++looksWithoutService >= LOOKS_UNTIL_UNREADY) {
            beans.health()
                    .becomeUnready(
                            "cut off from most of the cluster, or agreeing on its members: " + forming.progress());
        }
    }

    private Set<ClusterNode> nodes(Set<UUID> runs) {
        JGroupsCalls connected = calls;
        return connected == null
                ? Set.of()
                : connected.members().stream()
                        .filter(node -> runs.contains(node.id()))
                        .collect(Collectors.toSet());
    }

    private ClusterStatus status() {
        JGroupsCalls connected = calls;
        ClusterFormation forming = formation;
        InfinispanMessageStore opened = store;
        ClusterClocks all = clocks;
        Map<String, ClusterClocks.Skew> skews = all == null ? Map.of() : all.skews();
        if (connected == null || forming == null) {
            return ClusterStatus.ALONE;
        }
        if (opened == null) {
            return new ClusterStatus(
                    connected.self().name(),
                    forming.progress(),
                    List.of(),
                    forming.epoch(),
                    settings.minCopies(),
                    0,
                    0,
                    0,
                    false,
                    false,
                    skews);
        }
        CacheCopies copies = opened.copies();
        boolean serves = copies.isAvailable() && mayAcknowledge(copies.members()) && !restoring;
        boolean canLoseOne = serves && loss(copies).canLoseANode();
        return new ClusterStatus(
                connected.self().name(),
                serves ? ClusterStatus.SERVING : forming.progress(),
                nodes(copies.members()).stream().map(ClusterNode::name).sorted().toList(),
                forming.epoch(),
                settings.minCopies(),
                copies.segments(),
                copies.segmentsLed(),
                copies.underReplicated(),
                !copies.isComplete(),
                canLoseOne,
                skews);
    }

    private LossVerdict loss(CacheCopies copies) {
        return LossVerdict.of(segments(copies, OwnCopies.NONE), copies.members().size(), settings.minCopies());
    }

    private static Segments segments(CacheCopies copies, OwnCopies own) {
        return new Segments(
                copies.segments(),
                copies.segmentsLed(),
                own.owned(),
                own.toCopy(),
                own.ofCopies(),
                own.wanted(),
                own.fewest(),
                copies.underReplicated(),
                copies.isComplete(),
                copies.holders());
    }

    private NodeReport report(ClusterCalls connected, ClusterFormation forming, Map<String, Instant> gone) {
        DefaultCacheManager joined = caches;
        InfinispanMessageStore opened = store;
        OwnCopies own = joined == null ? OwnCopies.NONE : OwnCopies.of(joined);
        NodeState state = state(joined != null, status());
        return beans.own()
                .report(
                        connected.self().name(),
                        state,
                        activity(state, forming),
                        new NodeReport.Membership(
                                forming.epoch(), List.copyOf(forming.members()), settings.minCopies(), gone),
                        opened == null
                                ? new Segments(
                                        0, 0, 0, own.toCopy(), own.ofCopies(), own.wanted(), own.fewest(), 0, false, 0)
                                : segments(opened.copies(), own));
    }

    private static String activity(NodeState state, ClusterFormation forming) {
        return switch (state) {
            case SERVING -> "";
            case LEAVING -> "hands over to the other nodes, because it stops";
            default -> forming.progress();
        };
    }

    private NodeState state(boolean hasCaches, ClusterStatus status) {
        if (status.state().equals(ClusterStatus.SERVING)) {
            return leaves ? NodeState.LEAVING : NodeState.SERVING;
        }
        if (serves) {
            return NodeState.STALLED;
        }
        if (!hasCaches) {
            return NodeState.STARTING;
        }
        return restoring ? NodeState.REPLAYING : NodeState.JOINING;
    }

    /** Takes part no more. */
    @Override
    public void close() {
        closing = true;
        if (watch != null) {
            watch.cancel(false);
        }
        if (clockWatch != null) {
            clockWatch.cancel(false);
        }
        if (caches != null) {
            caches.stop();
        }
        if (disk != null) {
            disk.close();
        }
        if (formation != null) {
            formation.close();
        }
        if (calls != null) {
            calls.close();
        }
        if (directory != null) {
            directory.close();
        }
    }
}
