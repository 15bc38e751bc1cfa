package io.bida.message.store;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.jspecify.annotations.Nullable;

/** A message store over a directory, put together as the server does it. */
public final class OpenStore implements AutoCloseable {

    private final ExecutorService completions = Executors.newFixedThreadPool(4);
    private final DiskGate gate = new DiskGate(completions);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final RocksDbDisk disk;
    private final DefaultCacheManager caches;
    private final InfinispanMessageStore store;

    /** Opens the directory, or begins a new store there. */
    public OpenStore(Path directory, Durability durability, long memoryBytes) {
        disk = new RocksDbDisk(directory, durability, gate, failure::set);
        caches = new DefaultCacheManager(new GlobalConfigurationBuilder()
                .nonClusteredDefault()
                .cacheManagerName("bida")
                .build());
        store = new InfinispanMessageStore(caches, disk, memoryBytes);
    }

    /** The store. */
    public InfinispanMessageStore store() {
        return store;
    }

    RocksDbDisk disk() {
        return disk;
    }

    /** Keeps the disk's writer from going on. */
    DiskGate gate() {
        return gate;
    }

    DefaultCacheManager caches() {
        return caches;
    }

    /** Threads for whoever works with the store. */
    public ExecutorService threads() {
        return completions;
    }

    /** Closes it in the order in which the server does. */
    @Override
    public void close() {
        gate.open();
        caches.stop();
        disk.close();
        completions.shutdown();
        Exception failed = failure.get();
        if (failed != null) {
            throw new AssertionError("the disk failed", failed);
        }
    }
}
