package io.bida.message.store;

import io.bida.cluster.JGroupsCalls;
import io.bida.cluster.TestChannels;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.parsing.ConfigurationBuilderHolder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.infinispan.topology.CacheTopology;
import org.jspecify.annotations.Nullable;

/** The message store of one node of a cluster within this process, put together as the server does it. */
public final class ClusterNodeStore implements AutoCloseable {

    /** Less than the server's, so that a test of what is not answered is quick. */
    private static final long WRITE_LIMIT_MILLIS = 8000;

    private final ExecutorService completions = Executors.newFixedThreadPool(4);
    private final DiskGate gate = new DiskGate(completions);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final TestChannels.Node channels;
    private final JGroupsCalls calls;
    private final RocksDbDisk disk;
    private final DefaultCacheManager caches;
    private final InfinispanMessageStore store;
    private volatile Predicate<Set<UUID>> confirmation = members -> true;
    private boolean crashed;

    /** A node that takes part at once. */
    public ClusterNodeStore(TestChannels.Node channels, Path directory, int minCopies) throws Exception {
        this.channels = channels;
        calls = new JGroupsCalls(channels.fork("calls"), "bida");
        disk = new RocksDbDisk(directory, Durability.DISK, gate, failure::set);
        GlobalConfigurationBuilder global = new GlobalConfigurationBuilder();
        global.cacheManagerName("bida").metrics().gauges(false);
        global.transport()
                .transport(new JGroupsTransport(channels.fork("caches")))
                .clusterName("bida");
        StayingOwners owners = new StayingOwners(global);
        caches = new DefaultCacheManager(
                new ConfigurationBuilderHolder(ClusterNodeStore.class.getClassLoader(), global));
        CopiesRule rule = new CopiesRule(
                minCopies, members -> confirmation.test(members), () -> false, completions, WRITE_LIMIT_MILLIS);
        store = new InfinispanMessageStore(caches, disk, 16 << 20, new InfinispanMessageStore.Cluster(rule, owners));
    }

    /** The store. */
    public InfinispanMessageStore store() {
        return store;
    }

    /** Calls to the other nodes. */
    public JGroupsCalls calls() {
        return calls;
    }

    /** The node's run. */
    public UUID id() {
        return calls.self().id();
    }

    /** The node's channels. */
    public TestChannels.Node channels() {
        return channels;
    }

    /** Threads for whoever works with the store. */
    public ExecutorService threads() {
        return completions;
    }

    /** Timer threads for whoever works with the store. */
    public ScheduledExecutorService scheduler() {
        return scheduler;
    }

    OwnCopies ownCopies() {
        return OwnCopies.of(caches);
    }

    RocksDbDisk disk() {
        return disk;
    }

    /** Keeps the disk's writer from going on. */
    DiskGate gate() {
        return gate;
    }

    /** From now on says whether these members are confirmed; before, all are. */
    void confirmation(Predicate<Set<UUID>> now) {
        confirmation = now;
    }

    /** How many entries are sent together when copies are moved. */
    int entriesMovedTogether() {
        return caches.getCacheConfiguration("messages")
                .clustering()
                .stateTransfer()
                .chunkSize();
    }

    /** Whether all members have their copies and nothing is being moved. */
    public boolean isComplete(int members) {
        return caches.getCacheNames().stream().allMatch(name -> {
            var topology = caches.getCache(name)
                    .getAdvancedCache()
                    .getDistributionManager()
                    .getCacheTopology();
            return topology.getMembers().size() == members && topology.getPhase() == CacheTopology.Phase.NO_REBALANCE;
        });
    }

    /** Whether a cache of this node counts that one among its members, or has copies moved to it. */
    public boolean knows(ClusterNodeStore other) {
        return caches.getCacheNames().stream()
                .anyMatch(
                        name -> caches
                                .getCache(name)
                                .getAdvancedCache()
                                .getDistributionManager()
                                .getCacheTopology()
                                .getMembers()
                                .stream()
                                .anyMatch(member -> member.getNodeUUID().equals(other.id())));
    }

    /** Is gone at once, without a word to the others; closed quietly later. */
    public void crash() {
        crashed = true;
        channels.crash();
    }

    @Override
    public void close() {
        gate.open();
        caches.stop();
        if (!crashed) {
            calls.close();
        }
        disk.close();
        scheduler.shutdownNow();
        completions.shutdown();
    }
}
