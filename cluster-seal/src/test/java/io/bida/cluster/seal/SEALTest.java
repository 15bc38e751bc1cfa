package io.bida.cluster.seal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.Receiver;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels in this process, on loopback, with the stack of {@code wildfly-config/cli/70-cluster.cli}. */
class SEALTest {

    private static final Duration BOUND = Duration.ofSeconds(30);

    private final List<JChannel> channels = new ArrayList<>();
    private final Queue<byte[]> wire = new ConcurrentLinkedQueue<>();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final List<Integer> ports = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path secret = Path.of("");

    @BeforeEach
    void chooseSecretAndPorts() throws Exception {
        secret = newSecret("cluster.key");
        for (int i = 0; i < 3; i++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports.add(socket.getLocalPort());
            }
        }
    }

    @AfterEach
    void close() {
        channels.forEach(JChannel::close);
    }

    @Test
    void nodesWithTheSameSecretFormOneCluster() throws Exception {
        JChannel one = connect("one", secret);
        connect("two", secret);
        connect("three", secret);

        await().atMost(BOUND)
                .until(() -> channels.stream().allMatch(c -> c.view().size() == 3));
        assertThat(seal(one).dropped()).isZero();
    }

    @Test
    void nodeWithAnotherSecretStaysAlone() throws Exception {
        JChannel one = connect("one", secret);
        JChannel two = connect("two", secret);
        JChannel stranger = connect("stranger", newSecret("other.key"));

        // Long enough for several rounds of MERGE3, which would bring together what had missed each other.
        await().atMost(BOUND)
                .until(() -> seal(one).dropped() > 3 && seal(stranger).dropped() > 3);
        assertThat(one.view().size()).isEqualTo(2);
        assertThat(two.view().size()).isEqualTo(2);
        assertThat(stranger.view().size()).isEqualTo(1);
    }

    @Test
    void nodeWithoutASealStaysAlone() throws Exception {
        JChannel one = connect("one", secret);
        JChannel stranger = connect("stranger", List.of());

        await().atMost(BOUND).until(() -> seal(one).dropped() > 3);
        assertThat(one.view().size()).isEqualTo(1);
        assertThat(stranger.view().size()).isEqualTo(1);
    }

    @Test
    void bodiesOfEveryKindAndSizeArriveAndAreNotOnTheWire() throws Exception {
        JChannel one = connect("one", secret);
        JChannel two = connect("two", secret);
        String large = "LargeBody ".repeat(20_000);

        one.send(two.getAddress(), "SmallBody".getBytes(UTF_8));
        one.send(null, "BodyForAll".getBytes(UTF_8));
        one.send(two.getAddress(), large.getBytes(UTF_8));
        one.send(new ObjectMessage(two.getAddress(), "BodyAsObject"));
        one.send(new ObjectMessage(two.getAddress(), "BodyOutOfOrder").setFlag(Message.Flag.OOB));

        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(heard)
                        // To all is to the sender too.
                        .containsExactlyInAnyOrder(
                                "two SmallBody",
                                "one BodyForAll",
                                "two BodyForAll",
                                "two " + large,
                                "two BodyAsObject",
                                "two BodyOutOfOrder"));
        String onTheWire =
                wire.stream().map(bytes -> new String(bytes, ISO_8859_1)).reduce("", String::concat);
        assertThat(onTheWire).hasSizeGreaterThan(large.length()).doesNotContain("Body");
    }

    @Test
    void manyMessagesArriveOnceAndInOrder() throws Exception {
        JChannel one = connect("one", secret);
        JChannel two = connect("two", secret);
        List<String> expected = new ArrayList<>();

        for (int i = 0; i < 20_000; i++) {
            one.send(two.getAddress(), Integer.toString(i).getBytes(UTF_8));
            expected.add("two " + i);
        }

        await().atMost(BOUND).until(() -> heard.size() >= 20_000);
        assertThat(heard).containsExactlyElementsOf(expected);
        assertThat(seal(two).dropped()).isZero();
    }

    @Test
    void missingSecretKeepsTheChannelFromOpening() {
        assertThatThrownBy(() -> connect("one", directory.resolve("none.key")))
                .hasStackTraceContaining("none.key is missing");
    }

    private JChannel connect(String name, Path keyFile) throws Exception {
        return connect(name, List.of(new Tap(), new SEAL().keyFile(keyFile)));
    }

    private JChannel connect(String name, List<Protocol> aboveTheTransport) throws Exception {
        List<Protocol> stack = new ArrayList<>();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        TCP transport = new TCP();
        transport
                .setBindAddress(loopback)
                .setBindPort(ports.get(channels.size()))
                .setPortRange(0);
        stack.add(transport);
        stack.addAll(aboveTheTransport);
        stack.add(new TCPPING()
                .setInitialHosts(ports.stream()
                        .map(port -> new InetSocketAddress(loopback, port))
                        .toList())
                .setPortRange(0));
        stack.add(new MERGE3().setMinInterval(500).setMaxInterval(1000));
        stack.add(new FD_ALL3());
        stack.add(new VERIFY_SUSPECT2());
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
        return channel.connect("SEALTest");
    }

    private static SEAL seal(JChannel channel) {
        return channel.getProtocolStack().findProtocol(SEAL.class);
    }

    private Path newSecret(String name) throws Exception {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Files.write(directory.resolve(name), bytes);
    }

    /** Writes down what the transport is given to send. */
    private final class Tap extends Protocol {

        @Override
        public Object down(Message message) {
            // Cluster traffic goes on after a test; the tap is not to fill the memory.
            if (wire.size() < 100_000 && message.hasArray()) {
                wire.add(message.getArray().clone());
            }
            assertThat(message.getHeaders()).as("headers in clear").isEmpty();
            return down_prot.down(message);
        }
    }
}
