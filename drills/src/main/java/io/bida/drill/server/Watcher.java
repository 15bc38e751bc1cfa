package io.bida.drill.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Leaves nothing of a drill behind when the drill's own process was killed and could not clean up: servers, database,
 * small disks, a cut network.
 */
final class Watcher {

    /** The drill's process, its directory, the table, mount and groups of its network, the database's directory. */
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            while kill -0 "$0" 2>/dev/null; do sleep 1; done
            for again in 1 2 3 4 5; do
                for process in /proc/[0-9]*; do
                    grep -qzF -- "-Dbida.data=$1/" "$process/cmdline" 2>/dev/null && kill -9 "${process#/proc/}"
                done
                sleep 1
            done
            nft delete table inet "$2"
            rmdir "$3/$4"0 "$3/$4"1
            umount "$3"
            rmdir "$3"
            while read -r device point rest; do
                case $point in "$1"/*) umount -l "$point" ;; esac
            done </proc/mounts
            if database=$(head -n 1 "$5/data/postmaster.pid"); then
                kill -QUIT "$database"
                while kill -0 "$database"; do sleep 1; done
            fi
            rm -rf "$5"
            """;

    private Watcher() {}

    /** Returns at once. */
    static void watch(Path data, Network.Names network, Path database) {
        String own = Long.toString(ProcessHandle.current().pid());
        try {
            new ProcessBuilder(
                            "setsid",
                            "sh",
                            "-c",
                            SCRIPT,
                            own,
                            data.toString(),
                            network.table(),
                            network.mount().toString(),
                            network.group(),
                            database.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
