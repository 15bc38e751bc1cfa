package io.bida.cluster.seal;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jgroups.util.Util;

/** Somebody on the wire to a node: passes on what comes on its port, and may look at it, change it, or say it again. */
final class Wire implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Wire.class.getName());

    final Queue<byte[]> greetings = new ConcurrentLinkedQueue<>();
    final Queue<byte[]> frames = new ConcurrentLinkedQueue<>();

    private final ServerSocket server;
    private final int to;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private volatile Function<byte[], List<byte[]>> attack = List::of;

    Wire(int from, int to) throws IOException {
        this.server = new ServerSocket(from, 50, Nodes.LOOPBACK);
        this.to = to;
        inBackground(this::accept, server);
    }

    /** What becomes of the first frame longer than this; the others pass as they are. */
    void onceToFrameLongerThan(int length, Function<byte[], List<byte[]>> change) {
        attack = frame -> {
            if (frame.length <= length) {
                return List.of(frame);
            }
            attack = List::of;
            return change.apply(frame);
        };
    }

    Optional<byte[]> frameLongerThan(int length) {
        return frames.stream().filter(frame -> frame.length > length).findFirst();
    }

    private interface Work {
        void run() throws IOException;
    }

    private void accept() throws IOException {
        while (true) {
            Socket from = server.accept();
            Socket behind = new Socket(Nodes.LOOPBACK, to);
            sockets.add(from);
            sockets.add(behind);
            inBackground(() -> passForward(from, behind), from, behind);
            inBackground(() -> behind.getInputStream().transferTo(from.getOutputStream()), from, behind);
        }
    }

    // Ends when one of them is closed, and closes the others then: as a broken cable would.
    private static void inBackground(Work work, Closeable... ends) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                LOG.log(Level.FINE, "The wire is cut", closed);
            } finally {
                Stream.of(ends).forEach(Util::close);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void passForward(Socket from, Socket behind) throws IOException {
        DataInputStream in = new DataInputStream(from.getInputStream());
        DataOutputStream out = new DataOutputStream(behind.getOutputStream());
        byte[] greeting = in.readNBytes(Greeting.SEALED_BYTES);
        greetings.add(greeting);
        out.write(greeting);
        while (true) {
            byte[] frame = new byte[in.readInt()];
            in.readFully(frame);
            frames.add(frame);
            for (byte[] each : attack.apply(frame)) {
                out.writeInt(each.length);
                out.write(each);
            }
        }
    }

    @Override
    public void close() {
        Util.close(server);
        sockets.forEach(Util::close);
    }
}
