package io.bida.cluster.seal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataOutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jgroups.JChannel;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody can do who sits on the wire between nodes, without the secret: cut it, and nothing else. */
class WireTest {

    private static final Duration BOUND = Duration.ofSeconds(30);
    /** Longer than anything that the nodes say by themselves. */
    private static final String BODY = "SecretBody".repeat(500);

    private static final int BODY_LENGTH = 5000;

    @TempDir
    private Path directory;

    private Path secret = Path.of("");
    private Nodes nodes;
    private Wire wire;
    private JChannel one;
    private JChannel two;
    private JChannel three;

    @BeforeEach
    void connectThreeOfWhichTheFirstIsBehindTheWire() throws Exception {
        secret = Nodes.newSecret(directory, "cluster.key");
        nodes = new Nodes(3);
        int behind;
        try (ServerSocket free = new ServerSocket(0, 1, Nodes.LOOPBACK)) {
            behind = free.getLocalPort();
        }
        wire = new Wire(nodes.port(0), behind);
        SEALED_TCP transport = new SEALED_TCP().keyFile(secret);
        transport.setBindPort(behind).setExternalAddr(Nodes.LOOPBACK).setExternalPort(nodes.port(0));
        one = nodes.connect("one", transport, new SEALED_FD_SOCK2());
        two = nodes.connect("two", secret);
        three = nodes.connect("three", secret);
        await().atMost(BOUND).until(nodes::areOneCluster);
    }

    @AfterEach
    void close() {
        nodes.close();
        wire.close();
    }

    @Test
    void nothingOfABodyIsOnTheWire() throws Exception {
        sendBodyToOne();

        await().atMost(BOUND).until(() -> nodes.heard.contains("one " + BODY));
        assertThat(wire.frames)
                .isNotEmpty()
                .noneMatch(frame -> new String(frame, ISO_8859_1).contains("Body"))
                .noneMatch(frame -> new String(frame, ISO_8859_1).contains("SealedTest"));
    }

    @Test
    void anAlteredFrameIsRefusedAndItsMessageSaidAgain() throws Exception {
        wire.onceToFrameLongerThan(BODY_LENGTH, frame -> {
            byte[] altered = frame.clone();
            altered[frame.length / 2] ^= 1;
            return List.of(altered);
        });

        sendBodyToOne();

        await().atMost(BOUND).until(() -> nodes.heard.contains("one " + BODY));
        assertThat(Nodes.refused(one)).isEqualTo(1);
        assertThat(nodes.heard).hasSize(1);
    }

    @Test
    void aFrameThatComesTwiceIsOpenedOnce() throws Exception {
        wire.onceToFrameLongerThan(BODY_LENGTH, frame -> List.of(frame, frame));

        sendBodyToOne();

        await().atMost(BOUND).until(() -> Nodes.refused(one) == 1 && nodes.heard.contains("one " + BODY));
        assertThat(nodes.heard).hasSize(1);
    }

    @Test
    void aFrameOfAnImpossibleLengthIsRefusedBeforeItIsRead() throws Exception {
        for (int length : new int[] {Integer.MAX_VALUE - 8, SealedConnection.LONGEST_FRAME + 1, 40, 0, -1}) {
            long before = Nodes.refused(one);
            try (Socket socket = greeted(0)) {
                new DataOutputStream(socket.getOutputStream()).writeInt(length);

                assertClosed(socket);
            }
            await().atMost(BOUND).until(() -> Nodes.refused(one) == before + 1);
        }
    }

    @Test
    void aFrameOfAnImpossibleLengthIsRefusedOnTheSecondPortToo() throws Exception {
        for (int length : new int[] {Integer.MAX_VALUE - 8, SealedNioConnection.LONGEST_FRAME + 1, 0, -1}) {
            long before = Nodes.refused(two);
            try (Socket socket = greeted(nodes.fdPort(1))) {
                new DataOutputStream(socket.getOutputStream()).writeInt(length);

                assertClosed(socket);
            }
            await().atMost(BOUND).until(() -> Nodes.refused(two) == before + 1);
        }
    }

    @Test
    void aFrameForOneNodeIsRefusedByAnother() throws Exception {
        // Held back, so that nobody has opened it yet.
        wire.onceToFrameLongerThan(BODY_LENGTH, frame -> List.of());
        sendBodyToOne();
        await().atMost(BOUND).until(() -> wire.frameLongerThan(BODY_LENGTH).isPresent());
        byte[] held = wire.frameLongerThan(BODY_LENGTH).orElseThrow();

        try (Socket socket = greeted(nodes.port(2))) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(held.length);
            out.write(held);

            assertClosed(socket);
        }

        await().atMost(BOUND).until(() -> Nodes.refused(three) == 1);
        await().atMost(BOUND).until(() -> nodes.heard.contains("one " + BODY));
        assertThat(nodes.heard).hasSize(1);
    }

    @Test
    void aRecordedGreetingDoesNotTakeTheConnectionOfWhoSaidIt() throws Exception {
        assertThat(wire.greetings).isNotEmpty();
        for (byte[] greeting : List.copyOf(wire.greetings)) {
            try (Socket socket = new Socket(Nodes.LOOPBACK, nodes.port(0))) {
                socket.getOutputStream().write(greeting);

                assertClosed(socket);
            }
        }
        assertThat(Nodes.refused(one)).isPositive();
        sendBodyToOne();
        one.send(two.getAddress(), "back".getBytes(UTF_8));

        await().atMost(BOUND).until(() -> nodes.heard.contains("one " + BODY) && nodes.heard.contains("two back"));
    }

    private void sendBodyToOne() throws Exception {
        two.send(one.getAddress(), BODY.getBytes(UTF_8));
    }

    /** More than somebody without the secret can do: a connection that has greeted. */
    private Socket greeted(int port) throws Exception {
        int to = port == 0 ? nodes.port(0) : port;
        int direct = port == 0 ? one.getProtocolStack().getTransport().getBindPort() : port;
        ClusterSecret known = new ClusterSecret(Files.readAllBytes(secret));
        Socket socket = new Socket(Nodes.LOOPBACK, direct);
        socket.getOutputStream()
                .write(Greeting.seal(known, new IpAddress(Nodes.LOOPBACK, 1), new IpAddress(Nodes.LOOPBACK, to)));
        return socket;
    }

    private static void assertClosed(Socket socket) {
        StrangerTest.assertClosedByTheNode(socket);
    }
}
