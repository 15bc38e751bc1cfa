package io.bida.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
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

    private Command start(String port) {
        return Command.bida(directory, BOUND, java.home(), "start", "--detach", "--http-port", port);
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
