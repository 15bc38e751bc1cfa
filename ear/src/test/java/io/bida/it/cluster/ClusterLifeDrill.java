package io.bida.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.it.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Three real nodes, started, killed, started again and stopped by the launcher. Takes minutes and 2 GB of memory, so
 * its name keeps it out of the ordinary run: {@code mvn -pl ear -am verify -Dit.test=ClusterLifeDrill
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false}.
 */
@Tag("long")
@Isolated("uses the machine")
class ClusterLifeDrill {

    private static final Duration START = Duration.ofMinutes(6);
    private static final Duration MOMENT = Duration.ofMinutes(2);

    @Test
    @Timeout(1_200)
    void clusterIsStartedAndOneNodeKilledStartedAndAllStopped(@TempDir(cleanup = CleanupMode.ALWAYS) Path directory)
            throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        watch(directory, data);
        try {
            Command started = cluster(directory, START, "start", "--http-port", "18480");
            assertThat(started.exitCode()).as(started.errors()).isZero();
            assertThat(started.output())
                    .contains("http://127.0.0.1:18480 http://127.0.0.1:18481 http://127.0.0.1:18482")
                    .containsOnlyOnce("access key");
            assertThat(cluster(directory, MOMENT, "status").exitCode()).isZero();

            // The first has the catalogue's file: another one takes it over.
            assertThat(cluster(directory, MOMENT, "kill", "1").exitCode()).isZero();
            Command without = cluster(directory, MOMENT, "status");
            assertThat(without.exitCode()).isEqualTo(4);
            assertThat(without.output()).contains("n1   not running").contains("n2   ready");

            Command again = cluster(directory, START, "start", "1");
            assertThat(again.exitCode()).as(again.errors()).isZero();
            assertThat(cluster(directory, MOMENT, "status").exitCode()).isZero();

            assertThat(cluster(directory, MOMENT, "stop").exitCode()).isZero();
            assertThat(cluster(directory, MOMENT, "status").exitCode()).isEqualTo(3);

            Command restarted = cluster(directory, START, "start");
            assertThat(restarted.exitCode()).as(restarted.errors()).isZero();
            assertThat(restarted.output()).doesNotContain("access key");
        } finally {
            cluster(directory, MOMENT, "stop");
        }
    }

    /** Should this process be killed, somebody still stops the nodes. */
    private static void watch(Path directory, Path data) throws IOException, InterruptedException {
        for (String node : List.of("n1", "n2", "n3")) {
            Process watcher = new ProcessBuilder(
                            ServerUnderTest.serverScript().toString(),
                            "watch",
                            Long.toString(ProcessHandle.current().pid()),
                            Files.createDirectories(data.resolve(node)).toString())
                    .directory(directory.toFile())
                    .start();
            assertThat(watcher.waitFor()).isZero();
        }
    }

    private static Command cluster(Path directory, Duration bound, String... arguments) {
        String[] line = new String[arguments.length + 3];
        line[0] = "cluster";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        line[arguments.length + 1] = "--data";
        line[arguments.length + 2] = directory.resolve("data").toString();
        return Command.bida(directory, bound, line);
    }
}
