package io.bida.message.store;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** One key to put or delete on the disk, or a range of keys to delete, and whether somebody waits for it. */
final class DiskWrite {

    private final byte[] key;
    private final byte @Nullable [] value;
    private final byte @Nullable [] rangeEnd;
    private final boolean awaited;
    private final CompletableFuture<Void> kept = new CompletableFuture<>();

    private DiskWrite(byte[] key, byte @Nullable [] value, byte @Nullable [] rangeEnd, boolean awaited) {
        this.key = key;
        this.value = value;
        this.rangeEnd = rangeEnd;
        this.awaited = awaited;
    }

    /** Puts a value; awaited. */
    static DiskWrite put(byte[] key, byte[] value) {
        return new DiskWrite(key, value, null, true);
    }

    /** Deletes all keys from {@code from} (inclusive) to {@code to} (exclusive); awaited. */
    static DiskWrite deleteRange(byte[] from, byte[] to) {
        return new DiskWrite(from, null, to, true);
    }

    /** Puts the value, or deletes the key if it is null; nobody waits. */
    static DiskWrite unawaited(byte[] key, byte @Nullable [] value) {
        return new DiskWrite(key, value, null, false);
    }

    /** The key, or the first key of the range. */
    byte[] key() {
        return key;
    }

    /** What the key will hold; null if it is deleted. */
    byte @Nullable [] value() {
        return value;
    }

    /** Whether somebody waits until it is kept. */
    boolean isAwaited() {
        return awaited;
    }

    /** Completed when it is kept, or when that is unknown. */
    CompletableFuture<Void> kept() {
        return kept;
    }

    /** Roughly what it takes in memory, in bytes. */
    int length() {
        return key.length + (value == null ? 0 : value.length);
    }

    void addTo(WriteBatch batch) throws RocksDBException {
        if (value != null) {
            batch.put(key, value);
        } else if (rangeEnd != null) {
            batch.deleteRange(key, rangeEnd);
        } else {
            batch.delete(key);
        }
    }
}
