package io.bida.cluster.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.protocols.BasicTCP;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;

/**
 * Channels in this process, on loopback, with the stack of {@code wildfly-config/cli/70-cluster.cli}. The n-th one that
 * is connected listens on the n-th port, and on that of its failure detection.
 */
final class Nodes implements AutoCloseable {

    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** Some ports beyond it are tried too, when one is taken. */
    private static final int FD_OFFSET = 1000;

    /** What was received, as "name body". */
    final Queue<String> heard = new ConcurrentLinkedQueue<>();

    private final List<JChannel> channels = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    Nodes(int most) throws Exception {
        List<ServerSocket> free = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            free.add(new ServerSocket(0, 1, LOOPBACK));
        }
        for (ServerSocket each : free) {
            ports.add(each.getLocalPort());
            each.close();
        }
    }

    static Path newSecret(Path directory, String name) throws Exception {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Files.write(directory.resolve(name), bytes);
    }

    int port(int node) {
        return ports.get(node);
    }

    int fdPort(int node) {
        return failureDetection(channels.get(node)).getActualBindPort();
    }

    static FD_SOCK2 failureDetection(JChannel channel) {
        return channel.getProtocolStack().findProtocol(FD_SOCK2.class);
    }

    List<JChannel> channels() {
        return channels;
    }

    JChannel connect(String name, Path keyFile) throws Exception {
        return connect(
                name,
                new SEALED_TCP().keyFile(keyFile),
                new SEALED_FD_SOCK2().bindPort(ports.get(channels.size()) + FD_OFFSET));
    }

    JChannel connect(String name, BasicTCP transport, FD_SOCK2 failureDetection) throws Exception {
        transport.setSockConnTimeout(300).setBindAddress(LOOPBACK).setPortRange(0);
        if (transport.getExternalPort() == 0) {
            transport.setBindPort(ports.get(channels.size()));
        }
        List<Protocol> stack = new ArrayList<>();
        stack.add(transport);
        stack.add(new TCPPING()
                .setInitialHosts(ports.stream()
                        .map(port -> new InetSocketAddress(LOOPBACK, port))
                        .toList())
                .setPortRange(0));
        stack.add(new MERGE3().setMinInterval(500).setMaxInterval(1000));
        stack.add(failureDetection.setOffset(FD_OFFSET));
        stack.add(new FD_ALL3().setTimeout(8000).setInterval(2000));
        stack.add(new VERIFY_SUSPECT2().setTimeout(250));
        stack.add(new NAKACK2());
        stack.add(new UNICAST3());
        stack.add(new STABLE());
        stack.add(new GMS().setJoinTimeout(1000).printLocalAddress(false));
        stack.add(new UFC());
        stack.add(new MFC());
        stack.add(new FRAG4());
        JChannel channel = new JChannel(stack).name(name);
        channels.add(channel);
        channel.setReceiver(new Receiver() {
            @Override
            public void receive(Message message) {
                Object body = message.getObject();
                heard.add(name + " " + (body instanceof byte[] bytes ? new String(bytes, UTF_8) : body));
            }
        });
        return channel.connect("SealedTest");
    }

    boolean areOneCluster() {
        return channels.stream().allMatch(channel -> channel.view().size() == channels.size());
    }

    static SEALED_TCP transport(JChannel channel) {
        return (SEALED_TCP) channel.getProtocolStack().getTransport();
    }

    static long refused(JChannel channel) {
        return transport(channel).getRefused();
    }

    @Override
    public void close() {
        channels.forEach(JChannel::close);
    }
}
