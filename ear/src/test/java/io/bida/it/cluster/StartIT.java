package io.bida.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./bida start} makes of others that start at the same time; a script stands for Java here. */
class StartIT {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Path data;
    private FakeJava java;

    @BeforeEach
    void makeADataDirectory() throws IOException {
        data = Files.createDirectories(directory.resolve("data"));
        java = FakeJava.in(directory);
    }

    @Test
    void ofTwoStartsAtATimeOneIsRefused() throws IOException {
        Path arrived = directory.resolve("arrived");
        java.does("sleep 2", "echo >>'%1$s'; until [ $(wc -l <'%1$s') -ge 2 ]; do sleep 0.01; done".formatted(arrived));
        String port = freePort();

        List<CompletableFuture<Command>> both = Stream.generate(() -> CompletableFuture.supplyAsync(() -> start(port)))
                .limit(2)
                .toList();

        assertThat(both).extracting(start -> start.join().exitCode()).containsExactlyInAnyOrder(12, 16);
        assertThat(java.starts()).hasContent("started");
    }

    @Test
    void startWaitsUntilAnotherHasWrittenItsProcessId() throws IOException {
        Process other = new ProcessBuilder("sh", "-c", "sleep 2; :", "./bida").start();
        Files.writeString(data.resolve(".start." + other.pid()), "./bida\n");
        java.does("kill -0 %d && echo together >>'%s'; exit 1".formatted(other.pid(), java.starts()));

        Command started = start(freePort());

        assertThat(started.exitCode()).as(started.errors()).isEqualTo(16);
        assertThat(java.starts()).hasContent("started");
    }

    @Test
    void whatAKilledStartLeftIsNoHindrance() throws IOException {
        Files.writeString(data.resolve("bida.pid"), "999999999\n");
        Files.writeString(data.resolve(".start.999999999"), "./bida\n");
        java.does("exit 1");

        Command started = start(freePort());

        assertThat(started.exitCode()).as(started.errors()).isEqualTo(16);
        assertThat(java.starts()).hasContent("started");
        assertThat(data).isDirectoryNotContaining("glob:**/.start.*");
    }

    @Test
    void answerOfAnotherServerIsNotTakenForItsOwn() throws Exception {
        Path credentials = Files.writeString(data.resolve("first-start.properties"), "adminPassword=p\n");
        java.does(logs("FATAL The port for requests cannot be opened: Address already in use", "sleep 1") + "exit 78");
        String port = freePort();

        CompletableFuture<Command> start = CompletableFuture.supplyAsync(() -> start(port));
        await().atMost(BOUND).until(() -> Files.exists(java.starts()));
        HttpServer other = readyServer(port);
        try {
            Command started = start.join();

            assertThat(started.exitCode()).as(started.errors()).isEqualTo(10);
            assertThat(started.errors()).contains("port " + port + " on 127.0.0.1 is taken");
            assertThat(started.output()).doesNotContain("Bida is ready");
            assertThat(credentials).exists();
        } finally {
            other.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {":", "mv server.log server.log.1"})
    void startIsReadyWhenItsServerIsUpAndAnswers(String rotation) throws Exception {
        Path credentials = Files.writeString(data.resolve("first-start.properties"), "adminPassword=p\n");
        Path log = Files.createDirectories(data.resolve("server/log"));
        Files.writeString(log.resolve("server.log"), "of an earlier start, WFLYSRV0025\n".repeat(9));
        java.does("cd '%s' && %s;".formatted(log, rotation)
                + logs("INFO WFLYSRV0025: started", "sleep 1")
                + "exec sleep 3");
        String port = freePort();

        CompletableFuture<Command> start = CompletableFuture.supplyAsync(() -> start(port));
        await().atMost(BOUND).until(() -> Files.exists(java.starts()));
        HttpServer own = readyServer(port);
        try {
            Command started = start.join();

            assertThat(started.exitCode()).as(started.errors()).isZero();
            assertThat(started.output()).contains("Bida is ready", "password    p");
            assertThat(credentials).doesNotExist();
        } finally {
            own.stop(0);
        }
    }

    /** Does something and then writes a line to the server's log. */
    private String logs(String line, String first) {
        return "%s; echo '%s' >>'%s'; ".formatted(first, line, data.resolve("server/log/server.log"));
    }

    private static HttpServer readyServer(String port) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)), 0);
        server.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Command start(String port) {
        return Command.bida(directory, BOUND, java.home(), "start", "--detach", "--http-port", port);
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
