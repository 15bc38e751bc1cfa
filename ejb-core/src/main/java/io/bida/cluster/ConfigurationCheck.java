package io.bida.cluster;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.StoreConfiguration;
import org.infinispan.conflict.MergePolicy;
import org.infinispan.partitionhandling.PartitionHandling;
import org.jgroups.JChannel;
import org.jgroups.protocols.BasicTCP;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.TP;
import org.jgroups.stack.Protocol;

/**
 * Refuses a configuration with which an acknowledged message could be lost: looks at the running channel, at the
 * running caches and at the open ports, not at the files that they should come from.
 *
 * <p>Every check throws {@link UnsafeConfigurationException} with what is wrong and what helps.
 */
public final class ConfigurationCheck {

    /** The protocol that keeps strangers out; by name, because the server has its class, not the application. */
    // By name: the server loads them from a module of its own.
    private static final String SEALED_TRANSPORT = "io.bida.cluster.seal.SEALED_TCP";

    private static final String SEALED_DETECTION = "io.bida.cluster.seal.SEALED_FD_SOCK2";

    /** Copies of each message that a cluster is made for. Source: design, section 3.2. */
    private static final int OWNERS = 3;

    private static final String STACK_HELP =
            "take the stack of wildfly-config/cli/70-cluster.cli as it is, and build the server again";
    private static final String CACHE_HELP =
            "the application configures its caches itself, so this is a wrong build of it";

    private ConfigurationCheck() {}

    /** What stands under the channel: failure detection, our seal, and a transport that does not hold writes back. */
    public static void checkChannel(JChannel channel) {
        List<Protocol> protocols = new ArrayList<>();
        for (Protocol each = channel.getProtocolStack().getTopProtocol(); each != null; each = each.getDownProtocol()) {
            protocols.add(each);
        }
        checkProtocols(protocols);
    }

    /** The same of a stack, from the top to the transport. */
    static void checkProtocols(List<Protocol> protocols) {
        require(protocols, FD_SOCK2.class, "a node that dies would be noticed late or never");
        require(protocols, FD_ALL3.class, "a node that hangs would hold up all others for ever");
        Protocol bottom = protocols.get(protocols.size() - 1);
        if (!(bottom instanceof TP)) {
            throw new UnsafeConfigurationException("the cluster's channel has no transport", STACK_HELP);
        }
        requireSealed(bottom, SEALED_TRANSPORT);
        protocols.stream().filter(FD_SOCK2.class::isInstance).forEach(each -> requireSealed(each, SEALED_DETECTION));
        if (bottom instanceof BasicTCP tcp && !tcp.tcpNodelay()) {
            throw new UnsafeConfigurationException(
                    "tcp_nodelay of the cluster's transport is off, so every write would wait for the copies about ten"
                            + " times as long",
                    STACK_HELP);
        }
    }

    private static void requireSealed(Protocol protocol, String type) {
        if (!protocol.getClass().getName().equals(type)) {
            throw new UnsafeConfigurationException(
                    "the cluster's channel has " + protocol.getClass().getSimpleName() + " in place of "
                            + type.substring(type.lastIndexOf('.') + 1)
                            + ", so anybody on the network could take part or stop a node",
                    STACK_HELP);
        }
    }

    private static void require(List<Protocol> protocols, Class<? extends Protocol> type, String otherwise) {
        if (protocols.stream().noneMatch(type::isInstance)) {
            throw new UnsafeConfigurationException(
                    "the cluster's channel has no " + type.getSimpleName() + ", so " + otherwise, STACK_HELP);
        }
    }

    /** A cache of messages or of their states, as it runs. */
    public static void checkCache(String name, Configuration cache) {
        int owners = cache.clustering().hash().numOwners();
        if (!cache.clustering().cacheMode().isDistributed()
                || !cache.clustering().cacheMode().isSynchronous()) {
            throw wrongCache(name, "is " + cache.clustering().cacheMode() + ", not DIST_SYNC");
        }
        if (owners < OWNERS) {
            throw wrongCache(name, "keeps " + owners + " copies, fewer than " + OWNERS);
        }
        PartitionHandling split = cache.clustering().partitionHandling().whenSplit();
        if (split != PartitionHandling.DENY_READ_WRITES) {
            throw wrongCache(name, "has " + split + " when the cluster splits, not DENY_READ_WRITES");
        }
        if (cache.clustering().partitionHandling().mergePolicy() != MergePolicy.NONE) {
            throw wrongCache(
                    name,
                    "has another merge policy than NONE; with one, a node lost when a split ends keeps all others out");
        }
        List<StoreConfiguration> stores = cache.persistence().stores();
        if (stores.size() != 1
                || stores.get(0).shared()
                || stores.get(0).purgeOnStartup()
                || stores.get(0).async().enabled()) {
            throw wrongCache(name, "does not write through to one store of this node alone");
        }
    }

    private static UnsafeConfigurationException wrongCache(String name, String wrong) {
        return new UnsafeConfigurationException("the cache \"" + name + "\" " + wrong, CACHE_HELP);
    }

    /**
     * Who can reach the server's management can switch off everything else.
     *
     * @param listening the ports that are open, by the names that the server gives them
     */
    public static void checkManagement(Map<String, List<InetSocketAddress>> listening) {
        listening.forEach((name, addresses) -> {
            for (InetSocketAddress address : addresses) {
                if (name.startsWith("management") && !isLoopback(address)) {
                    throw new UnsafeConfigurationException(
                            "the server's management (" + name + ") listens on " + address.getAddress()
                                    + ", where others reach it",
                            "bind its interface to 127.0.0.1, as wildfly-config/cli/60-management.cli does");
                }
            }
        });
    }

    private static boolean isLoopback(InetSocketAddress address) {
        return address.getAddress() != null && address.getAddress().isLoopbackAddress();
    }
}
