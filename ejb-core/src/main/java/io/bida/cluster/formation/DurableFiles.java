package io.bida.cluster.formation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Changes to files and directories that have happened wholly or not at all, and survive a power cut once they return.
 */
final class DurableFiles {

    private DurableFiles() {}

    /** Replaces the file's content; its directory is made if it is missing. */
    static void replace(Path file, byte[] content) throws IOException {
        Path directory = file.resolveSibling("").toAbsolutePath();
        Files.createDirectories(directory);
        Path unfinished = directory.resolve(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        rename(unfinished, file);
    }

    /** Renames within one directory. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entries = FileChannel.open(to.resolveSibling("").toAbsolutePath(), StandardOpenOption.READ)) {
            entries.force(true);
        }
    }
}
