package io.bida.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node in the background that ends with 75 is started again, but not for ever; a script stands for Java here. */
class KeptNodeIT {

    private static final Duration BOUND = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    private FakeJava java;
    private Path starts;

    @BeforeEach
    void makeANode() throws IOException {
        java = FakeJava.in(directory);
        starts = java.starts();
        Files.write(Files.createDirectories(directory.resolve("data/secret")).resolve("cluster.key"), new byte[32]);
    }

    private String[] start() throws IOException {
        try (ServerSocket http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket cluster = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new String[] {
                "start",
                "--detach",
                "--db-url=jdbc:x",
                "--node=n1",
                "--http-port=" + http.getLocalPort(),
                "--cluster-hosts=127.0.0.1[" + cluster.getLocalPort() + "]",
                "--cluster-port=" + cluster.getLocalPort(),
                "--cluster-fd-port=" + cluster.getLocalPort()
            };
        }
    }

    private Command run(String... arguments) {
        return Command.bida(directory, BOUND, java.home(), arguments);
    }

    private String startLog() throws IOException {
        return Files.readString(directory.resolve("data/server/log/start.log"));
    }

    @Test
    void aNodeThatCannotStayIsGivenUpAfterFiveTries() throws IOException {
        java.does("exit 75");

        Command started = run(start());

        assertThat(started.exitCode()).as(started.errors()).isEqualTo(16);
        assertThat(starts).hasContent("started\n".repeat(6));
        assertThat(startLog())
                .contains("started again in 0 s (1 of 5)", "started again in 8 s (5 of 5)")
                .containsOnlyOnce("is not started again");
        assertThat(started.errors()).contains("is not started again");
    }

    @Test
    void aNodeThatEndsOtherwiseIsNotStartedAgain() throws IOException {
        java.does("exit 78");

        Command started = run(start());

        assertThat(started.exitCode()).as(started.errors()).isEqualTo(16);
        assertThat(starts).hasContent("started\n");
    }

    @Test
    void aNodeThatWaitsToBeStartedAgainIsStoppedForGood() throws Exception {
        java.does("[ $(wc -l <'" + starts + "') -lt 5 ] && exit 75; sleep 60");
        Process launcher = Command.begin(directory, java.home(), start());
        try {
            Path log = directory.resolve("data/server/log/start.log");
            await().atMost(BOUND).until(() -> Files.exists(log) && startLog().contains("in 4 s (4 of 5)"));

            Command stopped = run("stop");

            assertThat(stopped.exitCode()).as(stopped.errors()).isZero();
            assertThat(stopped.output()).contains("Bida has stopped");
            assertThat(launcher.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readAllLines(starts)).isEqualTo(Collections.nCopies(4, "started"));
        } finally {
            launcher.destroy();
        }
    }

    @Test
    void aNodeThatEndsWith75WhileItIsStoppedIsNotStartedAgain() throws Exception {
        Path runs = directory.resolve("runs");
        java.does("trap 'kill $!; exit 75' TERM; sleep 60 & echo >'" + runs + "'; wait");
        Process launcher = Command.begin(directory, java.home(), start());
        try {
            await().atMost(BOUND).until(() -> Files.exists(runs));

            Command stopped = run("stop");

            assertThat(stopped.exitCode()).as(stopped.errors()).isZero();
            assertThat(launcher.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(starts).hasContent("started");
            assertThat(startLog()).doesNotContain("started again");
        } finally {
            launcher.destroy();
        }
    }
}
