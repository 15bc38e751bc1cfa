package io.bida.message;

import io.bida.account.SecretVault;
import io.bida.cluster.ClusterNews;
import io.bida.cluster.ClusterService;
import io.bida.cluster.HostServer;
import io.bida.cluster.NodeChannels;
import io.bida.cluster.NodeHealth;
import io.bida.cluster.UnsafeConfigurationException;
import io.bida.message.delivery.LocalQueues;
import io.bida.message.delivery.MessageDelivery;
import io.bida.message.store.Durability;
import io.bida.message.store.InfinispanMessageStore;
import io.bida.message.store.RocksDbDisk;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Opens the message store when the node starts and closes it when the node stops; in between the node serves.
 *
 * <p>Settings: {@code bida.data} the data directory; {@code bida.durability}, {@code disk} (default) or
 * {@code memory-copies}; {@code bida.memory.messages}, how much of the heap bundles may take, in bytes, default a
 * quarter of the largest heap (chosen: the rest is for requests and for the order of waiting messages);
 * {@code bida.stop.timeout}, how long a node of a cluster may take to stop, in seconds, default 60.
 */
@Singleton
@Startup
@DependsOn("CatalogueStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class MessageStart {

    private static final Logger LOG = Logger.getLogger(MessageStart.class);

    /** Partitions read again at one time: 2, our choice; more would only make one disk seek more. */
    private static final int SCANS = 2;

    /** How long a stop may take altogether, in seconds; the launcher waits as long. */
    private static final int STOP_SECONDS = Integer.getInteger("bida.stop.timeout", 60);

    /** What of it is left for requests under way and for closing the store: 10 s, our choice. */
    private static final int STOP_RESERVE_SECONDS = 10;

    /** Exit code after a failed write: EX_IOERR of sysexits. */
    private static final int EXIT_IO_ERROR = 74;

    /** Exit code of a node whose cluster went on without it: EX_TEMPFAIL of sysexits. */
    private static final int EXIT_START_AGAIN = 75;

    /** Exit code of a node that must not take part: EX_CONFIG of sysexits. */
    private static final int EXIT_CONFIGURATION = 78;

    @Inject
    LocalQueues localQueues;

    @Inject
    MessageDelivery delivery;

    @Inject
    NodeHealth health;

    @Inject
    ClusterNews news;

    @Inject
    ClusterService cluster;

    @Inject
    OwnReport own;

    @Inject
    SecretVault vault;

    @Inject
    Clock clock;

    // By its own name: the default's is taken away, or JAX-RS would look it up for every answer (40-threads.cli).
    @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
    ManagedScheduledExecutorService scheduler;

    @Resource
    ManagedThreadFactory threads;

    /** Makes channels to the other nodes; something else on a node that is not in a cluster. */
    @Resource(lookup = "${bida.cluster.channel-factory:java:app/AppName}")
    Object channelFactory;

    private @Nullable HostServer server;
    private volatile @Nullable ClusterMember member;
    private @Nullable ExecutorService newsReader;
    private @Nullable ScheduledExecutorService watcher;
    private volatile boolean isStopping;
    private @Nullable ExecutorService executor;
    private @Nullable ExecutorService scans;
    private @Nullable RocksDbDisk disk;
    private @Nullable DefaultCacheManager caches;

    /** Opens the store and begins to serve. */
    @PostConstruct
    void start() {
        int size = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        pool.allowCoreThreadTimeOut(true);
        executor = pool;
        ThreadPoolExecutor scanners =
                new ThreadPoolExecutor(SCANS, SCANS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        scanners.allowCoreThreadTimeOut(true);
        scans = scanners;
        HostServer host = new HostServer();
        server = host;
        host.watch(new Life(host));
        if (!ClusterSettings.isCluster()) {
            RocksDbDisk opened = open(data().resolve("messages"));
            disk = opened;
            DefaultCacheManager local = new DefaultCacheManager(new GlobalConfigurationBuilder()
                    .nonClusteredDefault()
                    .classLoader(MessageStart.class.getClassLoader())
                    .cacheManagerName("bida")
                    .build());
            caches = local;
            delivery.serve(new InfinispanMessageStore(local, opened, memory()), handles(), scheduler, pool, scanners);
            cluster.standAlone(gone -> own.alone(health.unreadyReason(), gone));
            health.becomeReady();
        }
    }

    private ReceiptHandles handles() {
        return new ReceiptHandles(vault.deriveKey("receipt handles"));
    }

    private static Path data() {
        return Path.of(System.getProperty("bida.data"));
    }

    private static long memory() {
        return Long.getLong("bida.memory.messages", Runtime.getRuntime().maxMemory() / 4);
    }

    /** What the server does with this node. */
    private final class Life implements HostServer.Life {

        private final HostServer host;

        private Life(HostServer host) {
            this.host = host;
        }

        /** A node of a cluster takes part only now: it looks at what the server has open. */
        @Override
        public void up() {
            if (ClusterSettings.isCluster()) {
                threads.newThread(() -> takePart(host)).start();
            }
        }

        @Override
        public void cannotListen(InetSocketAddress address, RuntimeException reason) {
            health.becomeUnready("the port for requests cannot be opened");
            LOG.fatalf("The port for requests cannot be opened on %s: %s", address, reason.getMessage());
            Runtime.getRuntime().halt(EXIT_CONFIGURATION);
        }

        @Override
        public CompletionStage<Void> stopping() {
            CompletableFuture<Void> mayGo = new CompletableFuture<>();
            threads.newThread(() -> {
                        try {
                            leave();
                        } finally {
                            mayGo.complete(null);
                        }
                    })
                    .start();
            return mayGo;
        }
    }

    /** Ends what would hold up the stop; a node of a cluster hands over to the others. */
    private void leave() {
        ClusterMember leaving = member;
        if (leaving == null) {
            health.leave();
            delivery.endWaits(Duration.ZERO);
            return;
        }
        try {
            leaving.leave(Duration.ofSeconds(Math.max(1, STOP_SECONDS - STOP_RESERVE_SECONDS)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("This node stops without having handed over what it has", e);
        }
    }

    private ExecutorService newsReader() {
        ExecutorService made = Executors.newSingleThreadExecutor(threads);
        newsReader = made;
        return made;
    }

    /** Not one of the server's own, which do nothing any more as soon as the server begins to stop. */
    private ScheduledExecutorService watcher() {
        ScheduledExecutorService made = Executors.newSingleThreadScheduledExecutor(threads);
        watcher = made;
        return made;
    }

    private RocksDbDisk open(Path directory) {
        return new RocksDbDisk(
                directory,
                Durability.named(System.getProperty("bida.durability", "disk")),
                Objects.requireNonNull(executor),
                this::failStop);
    }

    /** Waits for the other nodes as long as it takes, off the threads of the server. */
    private void takePart(HostServer host) {
        try {
            ClusterMember made = new ClusterMember(
                    new NodeChannels(channelFactory),
                    ClusterSettings.read(data()),
                    this::open,
                    handles(),
                    new ClusterMember.Threads(
                            Objects.requireNonNull(executor),
                            Objects.requireNonNull(scans),
                            scheduler,
                            newsReader(),
                            watcher()),
                    new ClusterMember.Beans(delivery, health, news, cluster, own, clock, host),
                    memory());
            member = made;
            made.start(this::startAgain);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UnsafeConfigurationException e) {
            cannotTakePart(e.getMessage(), null); // says all; a stack would only hide it
        } catch (RuntimeException e) {
            if (isStopping) {
                return; // whatever it waited for will not come any more
            }
            Throwable reason = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            cannotTakePart(reason.getMessage(), reason);
        }
    }

    private void cannotTakePart(@Nullable String reason, @Nullable Throwable cause) {
        health.becomeUnready("the node cannot take part in the cluster: " + reason);
        LOG.fatalf(cause, "This node cannot take part in the cluster: %s", reason);
        Runtime.getRuntime().halt(EXIT_CONFIGURATION);
    }

    /** The others went on without this node; only a new process can join them, with an empty store. */
    private void startAgain(String reason) {
        health.becomeUnready("the node must start again: " + reason);
        LOG.fatalf("This node ends and must be started again: %s", reason);
        Runtime.getRuntime().halt(EXIT_START_AGAIN);
    }

    /** Ends every wait, lets what is being written finish, and closes the store. */
    @PreDestroy
    void stop() {
        isStopping = true;
        if (server != null) {
            server.close();
        }
        health.becomeUnready("the node is stopping");
        localQueues.stop();
        ClusterMember closing = member;
        if (closing != null) {
            closing.close();
        }
        if (watcher != null) {
            watcher.shutdown();
        }
        if (newsReader != null) {
            newsReader.shutdown();
        }
        if (scans != null) {
            scans.shutdown();
        }
        if (caches != null) {
            caches.stop();
        }
        if (disk != null) {
            disk.close();
        }
        if (executor != null) {
            executor.shutdown();
        }
    }

    /**
     * A write failed: what is on the disk is not known any more, so the process ends at once and is started again by
     * whoever watches it; no retry, no shutdown hook that could wait for the disk.
     */
    private void failStop(Exception cause) {
        health.becomeUnready("the message store failed");
        LOG.fatal("Writing to the message store failed; the node stops. Look at the disk, then start it again", cause);
        Runtime.getRuntime().halt(EXIT_IO_ERROR);
    }
}
