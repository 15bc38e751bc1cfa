package io.bida.drill.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** The process and, if it is one of ours, the one that starts it again when it ends. */
    Set<Long> findWithKeeper() {
        Set<Long> found = new HashSet<>();
        find().ifPresent(process -> {
            found.add(process.pid());
            process.parent().filter(this::worksHere).ifPresent(keeper -> found.add(keeper.pid()));
        });
        return found;
    }

    /** Ends everything that works on a directory below this one, and whatever that is started again meanwhile. */
    static void killAllBelow(Path data) {
        String argument = "-Dbida.data=" + data + "/";
        long end = System.nanoTime() + GONE.toNanos();
        List<ProcessHandle> left = withArgument(argument);
        while (!left.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("These processes did not end: " + left);
            }
            left.forEach(ProcessHandle::destroyForcibly);
            left.forEach(p ->
                    p.onExit().orTimeout(GONE.toSeconds(), TimeUnit.SECONDS).join());
            left = withArgument(argument);
        }
    }

    private static List<ProcessHandle> withArgument(String beginning) {
        return ProcessHandle.allProcesses()
                .filter(p -> arguments(p).contains(beginning))
                .toList();
    }

    /** Each followed by a blank; nothing if the process has ended. */
    private static String arguments(ProcessHandle process) {
        Path arguments = Path.of("/proc/" + process.pid() + "/cmdline");
        if (!Files.exists(arguments)) {
            return process.info().commandLine().map(line -> line + " ").orElse("");
        }
        try {
            return new String(Files.readAllBytes(arguments), StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            return ""; // it ended in this moment
        }
    }

    /** The number may belong to another process by now. */
    private boolean worksHere(ProcessHandle process) {
        return arguments(process).contains("-Dbida.data=" + data + " ");
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
