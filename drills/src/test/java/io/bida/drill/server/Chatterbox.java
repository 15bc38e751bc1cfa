package io.bida.drill.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that talks with its like over TCP in both directions of each connection, and says every 100 ms of whom it
 * has heard within the last second. Arguments: its port, then the ports to connect to, which answer.
 */
final class Chatterbox {

    private static final int PERIOD_MILLIS = 100;
    private static final long RECENT_NANOS = 1_000_000_000L;

    private final int port;
    private final Map<Integer, Long> heard = new ConcurrentHashMap<>();

    private Chatterbox(int port) {
        this.port = port;
    }

    public static void main(String[] ports) throws IOException {
        Chatterbox box = new Chatterbox(Integer.parseInt(ports[0]));
        ServerSocket server = new ServerSocket(box.port, 10, InetAddress.getLoopbackAddress());
        start(() -> box.accept(server));
        for (int i = 1; i < ports.length; i++) {
            int peer = Integer.parseInt(ports[i]);
            start(() -> box.connect(peer));
        }
        box.report(System.out);
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                start(() -> talk(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Connects, and again whenever that failed or the connection said nothing for a second. */
    private void connect(int peer) {
        while (!Thread.currentThread().isInterrupted()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), peer), 500);
                talk(socket);
            } catch (IOException e) {
                LockSupport.parkNanos(PERIOD_MILLIS * 1_000_000L);
            }
        }
    }

    private void talk(Socket socket) {
        start(() -> say(socket));
        try (socket) {
            socket.setSoTimeout(1_000);
            while (!socket.isClosed()) {
                int high = socket.getInputStream().read();
                int low = socket.getInputStream().read();
                if (low < 0) {
                    return;
                }
                heard.put(high << 8 | low, System.nanoTime());
            }
        } catch (IOException e) {
            // Connected anew by the side that did so before.
        }
    }

    private void say(Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            while (!socket.isClosed()) {
                out.write(new byte[] {(byte) (port >> 8), (byte) port});
                LockSupport.parkNanos(PERIOD_MILLIS * 1_000_000L);
            }
        } catch (IOException e) {
            // The reading side notices too.
        }
    }

    private void report(PrintStream out) {
        while (!out.checkError()) {
            long now = System.nanoTime();
            StringBuilder line = new StringBuilder("heard");
            heard.entrySet().stream()
                    .filter(e -> now - e.getValue() < RECENT_NANOS)
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(e -> line.append(' ').append(e.getKey()));
            out.println(line);
            LockSupport.parkNanos(PERIOD_MILLIS * 1_000_000L);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }
}
