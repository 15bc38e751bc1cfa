package io.bida.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.cluster.seal.SEALED_FD_SOCK2;
import io.bida.cluster.seal.SEALED_TCP;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.conflict.MergePolicy;
import org.infinispan.partitionhandling.PartitionHandling;
import org.jgroups.JChannel;
import org.jgroups.protocols.BasicTCP;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.Protocol;
import org.junit.jupiter.api.Test;

class ConfigurationCheckTest {

    /** From the top down, as the server has it. */
    private static List<Protocol> stack() {
        return new ArrayList<>(List.of(
                new GMS(), new FD_ALL3(), new SEALED_FD_SOCK2(), new MERGE3(), new SEALED_TCP().tcpNodelay(true)));
    }

    private static void assertStackRefused(Consumer<List<Protocol>> change, String wrong) {
        List<Protocol> stack = stack();
        change.accept(stack);
        assertThatThrownBy(() -> ConfigurationCheck.checkProtocols(stack))
                .isInstanceOf(UnsafeConfigurationException.class)
                .hasMessageContaining(wrong)
                .hasMessageContaining("; take the stack of wildfly-config/cli/70-cluster.cli");
    }

    private static void assertCacheRefused(Consumer<ConfigurationBuilder> change, String wrong) {
        ConfigurationBuilder cache = cache();
        change.accept(cache);
        assertThatThrownBy(() -> ConfigurationCheck.checkCache("messages", cache.build()))
                .isInstanceOf(UnsafeConfigurationException.class)
                .hasMessageStartingWith("the cache \"messages\" " + wrong);
    }

    private static ConfigurationBuilder cache() {
        ConfigurationBuilder cache = new ConfigurationBuilder();
        cache.clustering().cacheMode(CacheMode.DIST_SYNC).hash().numOwners(3);
        cache.clustering()
                .partitionHandling()
                .whenSplit(PartitionHandling.DENY_READ_WRITES)
                .mergePolicy(MergePolicy.NONE);
        cache.persistence().addSoftIndexFileStore().dataLocation("d").indexLocation("i");
        return cache;
    }

    @Test
    void theStackOfTheServerIsTaken() {
        assertThatCode(() -> ConfigurationCheck.checkProtocols(stack())).doesNotThrowAnyException();
    }

    @Test
    void aChannelIsLookedAtDownToItsTransport() throws Exception {
        try (TestChannels channels = new TestChannels("check");
                JChannel fork = channels.node("a").fork("calls")) {
            fork.connect("check");

            assertThatThrownBy(() -> ConfigurationCheck.checkChannel(fork))
                    .isInstanceOf(UnsafeConfigurationException.class)
                    .hasMessageContaining("no FD_SOCK2"); // the one that test channels lack, below the fork
        }
    }

    @Test
    void aStackThatNoticesADeadNodeTooLateIsRefused() {
        assertStackRefused(stack -> stack.removeIf(FD_SOCK2.class::isInstance), "has no FD_SOCK2");
    }

    @Test
    void aStackThatNeverNoticesAHungNodeIsRefused() {
        assertStackRefused(stack -> stack.removeIf(FD_ALL3.class::isInstance), "has no FD_ALL3");
    }

    @Test
    void aStackWithoutTheSealIsRefused() {
        assertStackRefused(
                stack -> stack.set(stack.size() - 1, new TCP().tcpNodelay(true)), "has TCP in place of SEALED_TCP");
    }

    @Test
    void aSecondPortThatIsNotSealedIsRefused() {
        assertStackRefused(stack -> stack.set(2, new FD_SOCK2()), "has FD_SOCK2 in place of SEALED_FD_SOCK2");
    }

    @Test
    void aTransportThatHoldsWritesBackIsRefused() {
        assertStackRefused(stack -> ((BasicTCP) stack.get(4)).tcpNodelay(false), "tcp_nodelay");
    }

    @Test
    void theCachesOfTheApplicationAreTaken() {
        assertThatCode(() -> ConfigurationCheck.checkCache("messages", cache().build()))
                .doesNotThrowAnyException();
    }

    @Test
    void aCacheWithTooFewOwnersIsRefused() {
        assertCacheRefused(cache -> cache.clustering().hash().numOwners(2), "keeps 2 copies, fewer than 3");
    }

    @Test
    void aCacheThatDoesNotWaitForItsCopiesIsRefused() {
        assertCacheRefused(cache -> cache.clustering().cacheMode(CacheMode.DIST_ASYNC), "is DIST_ASYNC, not DIST_SYNC");
    }

    @Test
    void aCacheThatServesOnBothSidesOfASplitIsRefused() {
        assertCacheRefused(
                cache -> cache.clustering().partitionHandling().whenSplit(PartitionHandling.ALLOW_READ_WRITES),
                "has ALLOW_READ_WRITES when the cluster splits");
        assertCacheRefused(
                cache -> cache.clustering().partitionHandling().whenSplit(PartitionHandling.ALLOW_READS),
                "has ALLOW_READS when the cluster splits");
    }

    @Test
    void aCacheThatComparesWhenASplitEndsIsRefused() {
        assertCacheRefused(
                cache -> cache.clustering().partitionHandling().mergePolicy(MergePolicy.PREFERRED_ALWAYS),
                "has another merge policy than NONE");
    }

    @Test
    void aCacheWithoutAStoreOfItsOwnIsRefused() {
        String wrong = "does not write through to one store of this node alone";
        assertCacheRefused(cache -> cache.persistence().clearStores(), wrong);
        assertCacheRefused(cache -> cache.persistence().stores().get(0).purgeOnStartup(true), wrong);
        assertCacheRefused(cache -> cache.persistence().stores().get(0).async().enable(), wrong);
    }

    @Test
    void managementThatOthersReachIsRefused() throws UnknownHostException {
        assertManagementRefused("management-http", "0.0.0.0");
        assertManagementRefused("management-https", "10.0.0.1");
        assertThatCode(() -> ConfigurationCheck.checkManagement(Map.of(
                        "management-http", List.of(at("127.0.0.1")),
                        "http", List.of(at("0.0.0.0")),
                        "cluster", List.of(at("10.0.0.1")))))
                .doesNotThrowAnyException();
    }

    private static void assertManagementRefused(String name, String address) throws UnknownHostException {
        Map<String, List<InetSocketAddress>> listening = Map.of(name, List.of(at("127.0.0.1"), at(address)));
        assertThatThrownBy(() -> ConfigurationCheck.checkManagement(listening))
                .isInstanceOf(UnsafeConfigurationException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(address)
                .hasMessageContaining("; bind its interface to 127.0.0.1");
    }

    private static InetSocketAddress at(String address) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(address), 9990);
    }
}
