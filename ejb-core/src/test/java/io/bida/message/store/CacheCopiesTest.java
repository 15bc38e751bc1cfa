package io.bida.message.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bida.cluster.TestChannels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.infinispan.AdvancedCache;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.parsing.ConfigurationBuilderHolder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What two caches of four nodes say together. */
class CacheCopiesTest {

    private static final int OWNERS = 3;

    private final TestChannels channels = new TestChannels("copies");
    private final List<DefaultCacheManager> managers = new ArrayList<>();

    @AfterEach
    void close() {
        for (int i = managers.size() - 1; i >= 0; i--) {
            managers.get(i).stop();
        }
        channels.close();
    }

    /** Nodes that start at the same time overtake each other between their two caches. */
    @Test
    void nodesThatJoinedTheTwoCachesInDifferentOrderHaveAllCopies() throws Exception {
        for (String name : List.of("a", "b", "c", "d")) {
            join(name);
        }
        for (int node : List.of(0, 1, 2, 3)) {
            managers.get(node).getCache("deliveries");
        }
        for (int node : List.of(0, 3, 2, 1)) {
            managers.get(node).getCache("messages");
        }

        for (DefaultCacheManager manager : managers) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                CacheCopies copies = copies(manager);
                assertThat(copies.members()).hasSize(4);
                assertThat(copies.underReplicated()).isZero();
                assertThat(copies.isComplete()).isTrue();
            });
            assertThatOwnersAreTheSame(manager);
        }
    }

    private static CacheCopies copies(DefaultCacheManager manager) {
        return CacheCopies.of(
                List.of(cache(manager, "messages"), cache(manager, "deliveries")),
                OWNERS,
                new StayingOwners(new GlobalConfigurationBuilder()));
    }

    /** A leader reads a bundle and its state from its own disk. */
    private static void assertThatOwnersAreTheSame(DefaultCacheManager manager) {
        for (int segment = 0; segment < InfinispanMessageStore.SEGMENTS; segment++) {
            assertThat(owners(manager, "messages", segment)).isEqualTo(owners(manager, "deliveries", segment));
        }
    }

    private static List<?> owners(DefaultCacheManager manager, String name, int segment) {
        return cache(manager, name)
                .getDistributionManager()
                .getCacheTopology()
                .getSegmentDistribution(segment)
                .writeOwners();
    }

    private static AdvancedCache<byte[], byte[]> cache(DefaultCacheManager manager, String name) {
        return manager.<byte[], byte[]>getCache(name).getAdvancedCache();
    }

    private void join(String name) throws Exception {
        GlobalConfigurationBuilder global = new GlobalConfigurationBuilder();
        global.cacheManagerName("bida").metrics().gauges(false);
        global.transport()
                .transport(new JGroupsTransport(channels.node(name).fork("caches")))
                .clusterName("bida");
        ConfigurationBuilder distributed = new ConfigurationBuilder();
        distributed
                .clustering()
                .cacheMode(CacheMode.DIST_SYNC)
                .hash()
                .numSegments(InfinispanMessageStore.SEGMENTS)
                .numOwners(OWNERS);
        distributed.encoding().mediaType(MediaType.APPLICATION_OCTET_STREAM);
        DefaultCacheManager manager =
                new DefaultCacheManager(new ConfigurationBuilderHolder(CacheCopiesTest.class.getClassLoader(), global));
        managers.add(manager);
        for (String cache : List.of("deliveries", "messages")) {
            manager.defineConfiguration(cache, distributed.build());
        }
    }
}
