package io.bida.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The data directory of one node of a cluster, held by this process alone until it is closed or the process ends.
 *
 * <p>The file {@code node} in it has the node's name. It is locked before anything else is touched: a second process
 * would set the store of the first one aside while that serves. And the others count nodes by name, so a directory that
 * changes hands would count as lost and as new.
 */
public final class OwnDirectory implements AutoCloseable {

    private final FileChannel file;

    /**
     * Takes the directory for this node.
     *
     * @throws UnsafeConfigurationException if another process has it, it is another node's, or the messages in it are
     *     kept somewhere else
     */
    public OwnDirectory(Path data, String node) {
        checkIsInside(data, data.resolve("messages"));
        try {
            file = FileChannel.open(
                    data.resolve("node"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            take(data, node);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (UnsafeConfigurationException e) {
            close();
            throw e;
        }
    }

    private void take(Path data, String node) throws IOException {
        if (lock() == null) {
            throw new UnsafeConfigurationException(
                    "the data directory " + data + " is in use by another process",
                    "give every node a directory of its own (--data)");
        }
        String before = read();
        if (before.isEmpty()) {
            file.write(StandardCharsets.UTF_8.encode(node), 0);
            file.force(true);
        } else if (!before.equals(node)) {
            throw new UnsafeConfigurationException(
                    "the data directory " + data + " is that of node " + before + ", and this node is called " + node,
                    "start it with --node " + before + ", or give " + node + " a directory of its own (--data)");
        }
    }

    private @Nullable FileLock lock() throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // of this process, which is another one all the same
        }
    }

    private String read() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), 1000));
        file.read(bytes, 0);
        return new String(bytes.array(), StandardCharsets.UTF_8).strip();
    }

    /** A store that is reached through a link could be another node's too, and is not set aside with its directory. */
    private static void checkIsInside(Path data, Path store) {
        try {
            if (Files.exists(store)
                    && !store.toRealPath().equals(data.toRealPath().resolve(store.getFileName()))) {
                throw new UnsafeConfigurationException(
                        "the messages of this node are in " + store.toRealPath() + ", outside of its data directory "
                                + data,
                        "put the whole data directory there (--data), not a link to a part of it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the directory free. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
