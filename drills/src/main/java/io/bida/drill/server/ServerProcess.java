package io.bida.drill.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The process behind a data directory, and the signals it may get. */
final class ServerProcess {

    private static final Duration GONE = Duration.ofSeconds(20);

    private final Path data;

    ServerProcess(Path data) {
        this.data = data;
    }

    Path data() {
        return data;
    }

    /** The living process that the directory's pid file names; a file that a killed server left names a dead one. */
    Optional<ProcessHandle> find() {
        try {
            Path file = data.resolve("bida.pid");
            String pid = Files.exists(file) ? Files.readString(file).strip() : "";
            return pid.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(pid))
                            .filter(ProcessHandle::isAlive)
                            .filter(this::worksHere);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number may belong to another process by now. */
    private boolean worksHere(ProcessHandle process) {
        Path arguments = Path.of("/proc/" + process.pid() + "/cmdline");
        try {
            return !Files.exists(arguments) || Files.readString(arguments).contains("-Dbida.data=" + data);
        } catch (IOException e) {
            return false; // it ended in this moment
        }
    }

    /** SIGKILL; returns at once. */
    void kill() {
        find().ifPresent(ProcessHandle::destroyForcibly);
    }

    void awaitGone() {
        Optional<ProcessHandle> process = find();
        if (process.isEmpty()) {
            return;
        }
        try {
            process.orElseThrow().onExit().get(GONE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("The process of " + data + " did not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while a process ended", e);
        }
    }

    /** A signal by name, like {@code STOP}. */
    void signal(String name) {
        long pid = find().orElseThrow(() -> new AssertionError("No process of " + data + " to signal"))
                .pid();
        Commands.run("kill", "-" + name, Long.toString(pid));
    }
}
