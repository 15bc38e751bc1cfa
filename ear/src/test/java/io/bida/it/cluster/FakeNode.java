package io.bida.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What the launcher takes for a running node: a process with the arguments of one, a pid file, and an HTTP port that
 * answers as this test wants. The process waits a minute at most, then it ends by itself.
 */
final class FakeNode implements AutoCloseable {

    private final Process process;
    private final HttpServer http;
    private volatile int readyStatus = 200;
    private volatile int healthStatus = 404;
    private volatile String health = "";

    /** A node of the cluster in this directory, on this port. */
    FakeNode(Path cluster, int number, int port) throws IOException {
        Path data = Files.createDirectories(cluster.resolve("n" + number)).toRealPath();
        process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "sleep 60 & trap 'kill $!; exit' TERM; wait",
                        "node",
                        "-Dbida.data=" + data,
                        "-Dbida.http.port=" + port,
                        "-Dbida.bind=127.0.0.1")
                .start();
        Files.writeString(data.resolve("bida.pid"), process.pid() + "\n");
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.createContext("/health/ready", exchange -> answer(exchange, readyStatus, "{}"));
        http.createContext("/health/cluster", exchange -> answer(exchange, healthStatus, health));
        http.start();
    }

    FakeNode thatIsNotReady() {
        readyStatus = 503;
        return this;
    }

    FakeNode thatTells(String json) {
        healthStatus = 200;
        health = json;
        return this;
    }

    boolean isRunning() {
        return process.isAlive();
    }

    boolean endsWithin(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
        process.destroy();
    }
}
