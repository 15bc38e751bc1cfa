package io.bida.drill.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs of the operating system. */
final class Commands {

    private static final Duration SHORT = Duration.ofSeconds(30);

    private Commands() {}

    /** Runs one that must succeed quickly, and gives what it says. */
    static String run(String... command) {
        return feed("", command);
    }

    /** Runs one that must succeed quickly on this input. */
    static String feed(String input, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            awaitSuccess(process, List.of(command), SHORT, output);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs some at the same time, which must all succeed; what they say goes to the log. */
    static void runAll(List<List<String>> commands, Map<String, String> environment, Path log, Duration bound) {
        List<Process> processes = new ArrayList<>();
        try {
            for (List<String> command : commands) {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
                builder.environment().putAll(environment);
                processes.add(builder.start());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = 0; i < processes.size(); i++) {
            awaitSuccess(processes.get(i), commands.get(i), bound, "see " + log);
        }
    }

    /** Does each of these even if one before it fails; what failed first is thrown. */
    static void each(List<Runnable> steps) {
        List<Throwable> failures = new ArrayList<>();
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException | AssertionError e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            AssertionError failure = new AssertionError("Not all of it was cleaned up", failures.get(0));
            failures.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    private static void awaitSuccess(Process process, List<String> command, Duration bound, String output) {
        try {
            if (!process.waitFor(bound.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " has not ended within " + bound);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + String.join(" ", command), e);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + " ended with " + process.exitValue() + ": " + output);
        }
    }
}
