package io.bida.it.drill;

import io.bida.it.ServerUnderTest;
import io.bida.it.rest.Credentials;
import io.bida.it.rest.Timing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server that a drill starts for itself through the launcher, kills and starts again on the same data. A watcher
 * stops it should the tests be killed.
 *
 * <p>Not for use by several threads.
 */
final class OwnServer implements AutoCloseable {

    /** More than a start takes on a machine that does ten other things; an ordinary one takes under 15 s. */
    private static final Duration START_BOUND = Duration.ofSeconds(90);

    private static final Credentials KEY =
            new Credentials("1234567890123456", "DrillAccessKeyId0001", "DrillAccessKeySecret0123456789");

    private final Path launcher;
    private final Path data;
    private final Path log;
    private final int port;
    private final Map<String, String> settings;

    /**
     * A server that is not running yet.
     *
     * @param directory for its data and the launcher's log
     * @param settings further {@code BIDA_*} variables
     */
    OwnServer(Path directory, Map<String, String> settings) {
        this.launcher = ServerUnderTest.launcher();
        this.data = directory.resolve("data").toAbsolutePath();
        this.log = directory.resolve("launcher.log");
        this.port = freePort();
        this.settings = Map.copyOf(settings);
        watch();
    }

    private void watch() {
        try {
            Process watcher = new ProcessBuilder(
                            ServerUnderTest.serverScript().toString(),
                            "watch",
                            Long.toString(ProcessHandle.current().pid()),
                            data.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (Timing.within(Duration.ofSeconds(10), watcher.onExit()).exitValue() != 0) {
                throw new AssertionError("No watcher for " + data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Credentials key() {
        return KEY;
    }

    /** Starts it; returns when the launcher says that it is ready, and fails if it does not. */
    Duration start() {
        long begin = System.nanoTime();
        ProcessBuilder command = new ProcessBuilder(
                        launcher.toString(),
                        "start",
                        "--detach",
                        "--build=never",
                        "--http-port",
                        Integer.toString(port),
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        command.environment()
                .putAll(Map.of(
                        "BIDA_BOOTSTRAP_ACCOUNT_ID", KEY.accountId(),
                        "BIDA_BOOTSTRAP_ACCESS_KEY_ID", KEY.accessKeyId(),
                        "BIDA_BOOTSTRAP_ACCESS_KEY_SECRET", KEY.accessKeySecret(),
                        "BIDA_BOOTSTRAP_ADMIN_PASSWORD", "drill-admin-password"));
        command.environment().putAll(settings);
        try {
            Process starting = command.start();
            if (!starting.waitFor(START_BOUND.toSeconds(), TimeUnit.SECONDS)) {
                starting.destroyForcibly();
                throw new AssertionError("Not ready within " + START_BOUND + ":\n" + Files.readString(log));
            }
            if (starting.exitValue() != 0) {
                throw new AssertionError(
                        "The launcher ended with " + starting.exitValue() + ":\n" + Files.readString(log));
            }
            return Duration.ofNanos(System.nanoTime() - begin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while the server started", e);
        }
    }

    /** Ends the process without any warning (SIGKILL) and waits until it is gone. */
    void kill() {
        ProcessHandle process = process()
                .orElseThrow(() -> new AssertionError("No process to kill; " + pidFile() + " names none that lives"));
        process.destroyForcibly();
        Timing.within(Duration.ofSeconds(20), process.onExit());
    }

    @Override
    public void close() {
        process().ifPresent(p -> kill());
    }

    private Optional<ProcessHandle> process() {
        try {
            return Files.exists(pidFile())
                    ? ProcessHandle.of(
                                    Long.parseLong(Files.readString(pidFile()).strip()))
                            .filter(ProcessHandle::isAlive)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path pidFile() {
        return data.resolve("bida.pid");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
