package io.bida.cluster;

import java.util.ArrayList;
import java.util.List;
import org.infinispan.remoting.transport.Address;
import org.jgroups.JChannel;
import org.jgroups.fork.ForkChannel;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FORK;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.protocols.SHARED_LOOPBACK_PING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;

/**
 * JGroups within one process: real protocols over a transport in memory. Each node has one main channel and any number
 * of forks, as on the server.
 */
public final class TestChannels implements AutoCloseable {

    private final String cluster;
    private final List<Node> nodes = new ArrayList<>();

    /** Nodes of a cluster with this name, which no other test uses. */
    public TestChannels(String cluster) {
        this.cluster = cluster;
    }

    /** A node's channels. */
    public static final class Node implements AutoCloseable {
        private final JChannel main;
        private final DISCARD discard;

        private Node(JChannel main, DISCARD discard) {
            this.main = main;
            this.discard = discard;
        }

        /** A fork, not connected yet. */
        public JChannel fork(String name) throws Exception {
            return new ForkChannel(main, "bida", name);
        }

        /** Cuts this node off: nothing gets in or out, and nobody is told. */
        public void cutOff() {
            discard.discardAll(true);
        }

        /** Cuts this node off from that one, in both directions. */
        public void cutOffFrom(Node other) {
            discard.addIgnoreMember(other.main.getAddress());
            other.discard.addIgnoreMember(main.getAddress());
        }

        /** Ends the cut. */
        public void reconnect() {
            discard.discardAll(false);
            discard.resetIgnoredMembers();
        }

        /** Is gone at once, without a word to the others. */
        public void crash() {
            discard.discardAll(true);
            main.close();
        }

        @Override
        public void close() {
            main.close();
        }
    }

    /** A node of this name, connected. */
    public Node node(String name) throws Exception {
        DISCARD discard = new DISCARD();
        Protocol[] protocols = {
            new SHARED_LOOPBACK(),
            discard,
            new SHARED_LOOPBACK_PING(),
            new MERGE3().setMinInterval(300).setMaxInterval(1000),
            new FD_ALL3().setTimeout(2000).setInterval(400),
            new VERIFY_SUSPECT2().setTimeout(200),
            new NAKACK2(),
            new UNICAST3(),
            new STABLE(),
            new GMS().setJoinTimeout(300),
            new UFC(),
            new MFC(),
            new FRAG4(),
            new FORK()
        };
        JChannel main = new JChannel(protocols);
        main.setName(name);
        main.addAddressGenerator(() -> Address.randomUUID(name, null, null, null));
        main.connect(cluster);
        Node node = new Node(main, discard);
        nodes.add(node);
        return node;
    }

    @Override
    public void close() {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            nodes.get(i).close();
        }
    }
}
