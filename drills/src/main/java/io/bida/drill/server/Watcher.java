package io.bida.drill.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Ends the servers of a drill and mends the network when the drill's own process was killed and could not. */
final class Watcher {

    private static final String SCRIPT = """
            trap '' HUP INT TERM
            while kill -0 "$0" 2>/dev/null; do sleep 1; done
            for file in "$1"/*/bida.pid; do
                pid=$(cat "$file" 2>/dev/null) || continue
                grep -q -- "-Dbida.data=$1/" "/proc/$pid/cmdline" 2>/dev/null && kill -9 "$pid"
            done
            nft delete table inet bida_drill 2>/dev/null
            """;

    private Watcher() {}

    /** Returns at once. */
    static void watch(Path data) {
        String own = Long.toString(ProcessHandle.current().pid());
        try {
            new ProcessBuilder("setsid", "sh", "-c", SCRIPT, own, data.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
