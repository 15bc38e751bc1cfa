package io.bida.notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** An endpoint on a free port of loopback that answers each request as a test says, byte by byte if need be. */
final class RawEndpoint implements AutoCloseable {

    /** Answers one request. */
    @FunctionalInterface
    interface Answer {

        /** The answer of a well-behaved server. */
        static Answer of(String status, String body) {
            String text = "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            return connection -> connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }

        void write(Socket connection) throws IOException;
    }

    private final ServerSocket server;
    private final Answer answer;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    RawEndpoint(Answer answer) {
        this(ServerSocketFactory.getDefault(), answer);
    }

    RawEndpoint(ServerSocketFactory sockets, Answer answer) {
        this.answer = answer;
        try {
            server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new Thread(this::accept, "endpoint").start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many connections were made. */
    int connections() {
        return connections.get();
    }

    /** How many connections are open now. */
    int open() {
        return open.size();
    }

    /** What was received, head and body of each request. */
    List<String> requests() {
        return requests;
    }

    /** An answer that never comes. */
    Answer never() {
        return connection -> waitFor(60_000);
    }

    /** Returns when the endpoint is closed, or after this time. */
    void waitFor(long millis) {
        try {
            boolean unused = closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.incrementAndGet();
                open.add(connection);
                new Thread(() -> serve(connection), "endpoint-connection").start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            for (String request = read(in); !request.isEmpty(); request = read(in)) {
                requests.add(request);
                answer.write(connection);
            }
        } catch (IOException gone) {
            // The notifier has closed it, or the test is over.
        } finally {
            open.remove(connection);
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            request.append((char) next);
        }
        int length = request.toString()
                .lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElse(0);
        return request + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        server.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}
