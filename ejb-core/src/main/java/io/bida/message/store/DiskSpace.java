package io.bida.message.store;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How much room the disk of the data directory has left.
 *
 * <p>{@code bida.disk.reserve}: bytes that must stay free, default 536870912 (512 MiB, as RELIABILITY 2.1 g; chosen so
 * that receives and deletes, which need little room, go on for long after sends are refused). Range 0 to the disk's
 * size.
 */
@ApplicationScoped
public class DiskSpace {

    private long reserveBytes;
    private @Nullable FileStore disk;

    /** Finds the disk. */
    @PostConstruct
    void findDisk() {
        reserveBytes = Long.getLong("bida.disk.reserve", 512L << 20);
        try {
            disk = Files.getFileStore(Path.of(System.getProperty("bida.data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that must stay free. */
    public long reserveBytes() {
        return reserveBytes;
    }

    /** Whether less than the reserve is free. */
    public boolean isScarce() {
        return freeBytes() < reserveBytes;
    }

    /** Bytes that may still be written. */
    public long freeBytes() {
        FileStore store = disk;
        if (store == null) {
            throw new IllegalStateException("not constructed");
        }
        try {
            return store.getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
