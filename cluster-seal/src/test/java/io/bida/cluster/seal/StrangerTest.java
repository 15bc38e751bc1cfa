package io.bida.cluster.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Version;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArray;
import org.jgroups.util.Util;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody can do who reaches the ports of a node, without the secret: have connections closed. */
class StrangerTest {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(10);

    private static volatile boolean hasRun;

    @TempDir
    private Path directory;

    private Path secret = Path.of("");
    private Nodes nodes;
    private JChannel one;

    @BeforeEach
    void connectOne() throws Exception {
        secret = Nodes.newSecret(directory, "cluster.key");
        nodes = new Nodes(2);
        one = nodes.connect("one", secret);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    /** An object whose class does something when it is read. */
    public static final class Foreign implements Serializable {
        private void readObject(ObjectInputStream in) {
            hasRun = true;
        }
    }

    @Test
    void aForeignObjectIsNotRead() throws Exception {
        hasRun = false;

        assertRefused(nodes.port(0), frameWith(serialized(new Foreign())));

        assertThat(hasRun).isFalse();
    }

    @Test
    void setsThatTakeForeverToReadAreNotRead() throws Exception {
        assertRefused(nodes.port(0), frameWith(serialized(nestedSets())));

        assertThat(Thread.getAllStackTraces().values())
                .noneMatch(stack -> List.of(stack).stream()
                        .anyMatch(frame -> frame.getClassName().equals(ObjectInputStream.class.getName())));
    }

    @Test
    void aLengthWithinAFrameAllocatesNothing() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream frame = new DataOutputStream(bytes);
        writeHead(frame, Message.BYTES_MSG, (short) 0);
        frame.writeInt(Integer.MAX_VALUE - 8);

        assertRefused(nodes.port(0), bytes.toByteArray());
    }

    @Test
    void aLengthOnTheSecondPortAllocatesNothing() throws Exception {
        try (Socket socket = new Socket(Nodes.LOOPBACK, nodes.fdPort(0))) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            writePreamble(out);
            out.writeInt(Integer.MAX_VALUE - 8);
            out.write(new byte[Greeting.SEALED_BYTES]);

            assertClosedByTheNode(socket);
        }
        await().atMost(SOON).until(() -> Nodes.refused(one) == 1);
    }

    @Test
    void whoSaysNothingKeepsNobodyOut() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * Strangers.MOST; i++) {
                silent.add(new Socket(Nodes.LOOPBACK, nodes.port(0)));
                silent.add(new Socket(Nodes.LOOPBACK, nodes.fdPort(0)));
            }

            nodes.connect("two", secret);

            await().atMost(SOON).until(nodes::areOneCluster);
            // On the second port a silent one has no thread, and stays until there are more.
            await().atMost(SOON).until(() -> open(silent) <= Strangers.MOST);
        } finally {
            silent.forEach(Util::close);
        }
    }

    private static long open(List<Socket> sockets) {
        return sockets.stream().filter(socket -> !isClosedByTheNode(socket, 1)).count();
    }

    @Test
    void whoGreetsSlowlyIsLetGo() throws Exception {
        try (Socket socket = new Socket(Nodes.LOOPBACK, nodes.port(0))) {
            int sent = 0;
            while (sent < Greeting.SEALED_BYTES && !isClosedByTheNode(socket, 100)) {
                socket.getOutputStream().write(0);
                sent++;
            }

            // The limit is 1 s for all of it.
            assertThat(sent).isLessThan(Greeting.SEALED_BYTES / 2);
        }
    }

    @Test
    void theLogHasOneLineForManyRefusals() throws Exception {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                    lines.add(line.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            for (int i = 0; i < 20; i++) {
                assertRefused(nodes.port(0), "GET / HTTP/1.1\r\n\r\n".repeat(10).getBytes(US_ASCII));
                assertRefused(
                        nodes.fdPort(0), "GET / HTTP/1.1\r\n\r\n".repeat(10).getBytes(US_ASCII));
            }
            await().atMost(SOON).until(() -> Nodes.refused(one) == 40);
        } finally {
            root.removeHandler(handler);
        }

        assertThat(lines).hasSize(1).allMatch(line -> line.contains("copy the directory secret/"));
    }

    @Test
    void theNodeWorksOnAfterAllThat() throws Exception {
        assertRefused(nodes.port(0), frameWith(serialized(nestedSets())));
        assertRefused(nodes.fdPort(0), new byte[100]);
        JChannel two = nodes.connect("two", secret);

        two.send(one.getAddress(), "hello".getBytes(UTF_8));

        await().atMost(BOUND).until(() -> nodes.heard.contains("one hello"));
    }

    private static void assertRefused(int port, byte[] frame) throws IOException {
        try (Socket socket = new Socket(Nodes.LOOPBACK, port)) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            writePreamble(out);
            out.writeInt(frame.length);
            out.write(frame);

            assertClosedByTheNode(socket);
        } catch (SocketException closedWhileWriting) {
            assertThat(closedWhileWriting).hasMessageMatching("Broken pipe.*|Connection reset.*");
        }
    }

    /** What JGroups itself begins a connection with. */
    private static void writePreamble(DataOutputStream out) throws IOException {
        out.write("bela".getBytes(US_ASCII));
        out.writeShort(Version.version);
        IpAddress claimed = new IpAddress(Nodes.LOOPBACK, 65000);
        out.writeShort(claimed.serializedSize());
        claimed.writeTo(out);
    }

    private static void writeHead(DataOutputStream frame, short type, short flags) throws IOException {
        byte multicast = 2;
        byte noAddresses = 0;
        frame.writeShort(Version.version);
        frame.writeByte(multicast);
        frame.writeShort(type);
        frame.writeByte(noAddresses);
        frame.writeShort(flags);
        frame.writeShort(0); // headers
    }

    private static byte[] frameWith(byte[] object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream frame = new DataOutputStream(bytes);
        writeHead(frame, Message.OBJ_MSG, Message.Flag.SERIALIZED.value());
        frame.writeByte(1);
        frame.writeShort(-1);
        frame.writeUTF("org.jgroups.util.ObjectWrapperSerializable");
        frame.writeInt(object.length);
        frame.write(object);
        return bytes.toByteArray();
    }

    /** In the form of JGroups: the type of what follows, then Java's own form. */
    private static byte[] serialized(Object object) throws Exception {
        ByteArray example = Util.objectToBuffer(new Foreign());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(example.array()[example.offset()]);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    /** Whose hash takes 2 to the 100th steps. */
    private static Set<Object> nestedSets() {
        Set<Object> root = new HashSet<>();
        Set<Object> left = root;
        Set<Object> right = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Set<Object> nextLeft = new HashSet<>(Set.of("x"));
            Set<Object> nextRight = new HashSet<>();
            left.add(nextLeft);
            left.add(nextRight);
            right.add(nextLeft);
            right.add(nextRight);
            left = nextLeft;
            right = nextRight;
        }
        return root;
    }

    static void assertClosedByTheNode(Socket socket) {
        assertThat(isClosedByTheNode(socket, (int) SOON.toMillis()))
                .as("closed by the node")
                .isTrue();
    }

    private static boolean isClosedByTheNode(Socket socket, int withinMillis) {
        try {
            socket.setSoTimeout(withinMillis);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
