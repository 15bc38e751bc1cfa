package io.bida.it.cluster;

import io.bida.it.ServerUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One call of the launcher, and what came of it. */
public record Command(int exitCode, String output, String errors) {

    /**
     * Calls {@code ./bida} in a directory, with its data below it and without this build's {@code BIDA_…} variables,
     * but with its password for the console.
     */
    public static Command bida(Path directory, Duration bound, String... arguments) {
        return bida(directory, bound, Path.of(System.getProperty("java.home")), arguments);
    }

    /** The same with the Java in this directory. */
    static Command bida(Path directory, Duration bound, Path java, String... arguments) {
        try {
            Path output = Files.createTempFile(directory, "launcher", ".out");
            Path errors = Files.createTempFile(directory, "launcher", ".err");
            Process process = builder(directory, java, arguments)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", arguments) + " has not ended within " + bound + ":\n"
                        + Files.readString(output) + Files.readString(errors));
            }
            return new Command(process.exitValue(), Files.readString(output), Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while the launcher ran", e);
        }
    }

    /** The same without waiting for its end; what it says is dropped. */
    static Process begin(Path directory, Path java, String... arguments) throws IOException {
        return builder(directory, java, arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static ProcessBuilder builder(Path directory, Path java, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(ServerUnderTest.launcher().toString());
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("BIDA_"));
        builder.environment().put("BIDA_BUILD", "never");
        builder.environment().put("BIDA_DATA", directory.resolve("data").toString());
        builder.environment().put("JAVA_HOME", java.toString());
        return builder;
    }
}
