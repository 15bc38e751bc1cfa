package io.bida.message;

import io.bida.account.SecretVault;
import io.bida.cluster.NodeHealth;
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
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
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
 * quarter of the largest heap (chosen: the rest is for requests and for the order of waiting messages).
 */
@Singleton
@Startup
@DependsOn("CatalogueStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class MessageStart {

    private static final Logger LOG = Logger.getLogger(MessageStart.class);

    /** Partitions read again at one time: 2, our choice; more would only make one disk seek more. */
    private static final int SCANS = 2;

    /** Exit code after a failed write: EX_IOERR of sysexits. */
    private static final int EXIT_IO_ERROR = 74;

    @Inject
    LocalQueues localQueues;

    @Inject
    MessageDelivery delivery;

    @Inject
    NodeHealth health;

    @Inject
    SecretVault vault;

    // By its own name: the default's is taken away, or JAX-RS would look it up for every answer (40-threads.cli).
    @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
    ManagedScheduledExecutorService scheduler;

    @Resource
    ManagedThreadFactory threads;

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
        disk = new RocksDbDisk(
                Path.of(System.getProperty("bida.data"), "messages"),
                Durability.named(System.getProperty("bida.durability", "disk")),
                pool,
                this::failStop);
        caches = new DefaultCacheManager(new GlobalConfigurationBuilder()
                .nonClusteredDefault()
                .classLoader(MessageStart.class.getClassLoader())
                .cacheManagerName("bida")
                .build());
        long memory = Long.getLong("bida.memory.messages", Runtime.getRuntime().maxMemory() / 4);
        delivery.serve(
                new InfinispanMessageStore(caches, disk, memory),
                new ReceiptHandles(vault.deriveKey("receipt handles")),
                scheduler,
                pool,
                scanners);
        health.becomeReady();
    }

    /** Ends every wait, lets what is being written finish, and closes the store. */
    @PreDestroy
    void stop() {
        health.becomeUnready("the node is stopping");
        localQueues.stop();
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
