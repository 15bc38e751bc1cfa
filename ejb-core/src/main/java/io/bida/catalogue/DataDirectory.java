package io.bida.catalogue;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The directory of this node's own files, named by {@code bida.data}. Safe for use by any thread. */
@ApplicationScoped
public class DataDirectory {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** The absolute path; there may be nothing yet. */
    public Path path() {
        String named = System.getProperty("bida.data");
        if (named == null || !Path.of(named).isAbsolute()) {
            throw new IllegalStateException("bida.data must name the data directory by an absolute path");
        }
        return Path.of(named);
    }

    /**
     * Writes a file that only the owner may read, wholly or not at all, and returns when it survives a power cut.
     *
     * @param file below {@link #path()}; missing directories are made for the owner alone; an older file is replaced
     */
    public void writeForOwnerOnly(Path file, byte[] content) throws IOException {
        Path directory = file.resolveSibling("").toAbsolutePath();
        Files.createDirectories(directory, OWNER_DIRECTORY);
        Path unfinished = Files.createTempFile(directory, file.getFileName() + ".", ".tmp", OWNER_FILE);
        try {
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            flushEntriesOf(directory);
            if (directory.getParent() != null) {
                flushEntriesOf(directory.getParent());
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void flushEntriesOf(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
