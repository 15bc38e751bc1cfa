package io.bida.cluster;

import org.jgroups.JChannel;
import org.wildfly.clustering.jgroups.ChannelFactory;

/**
 * The channels of this node, made from the server's one channel to the other nodes: no further ports and no further
 * failure detection, but messages of their own.
 */
public final class NodeChannels {

    private final ChannelFactory factory;

    /**
     * The channels of this server.
     *
     * @param factory what the server has under the name in {@code bida.cluster.channel-factory}
     */
    public NodeChannels(Object factory) {
        if (!(factory instanceof ChannelFactory channels)) {
            throw new IllegalStateException("bida.cluster.channel-factory names no channel factory: " + factory);
        }
        this.factory = channels;
    }

    /** A channel of this name, not connected yet; the caller closes it. */
    public JChannel channel(String name) {
        try {
            return factory.createChannel(name);
        } catch (Exception e) {
            throw new IllegalStateException("The server cannot make a channel to the other nodes", e);
        }
    }
}
