package io.bida.message.store;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * One key to put or delete on the disk, or a range of keys to delete; whether it must be flushed, and whether somebody
 * waits for it.
 */
final class DiskWrite {

    private final byte[] key;
    private final byte @Nullable [] value;
    private final byte @Nullable [] rangeEnd;
    private final boolean flushed;
    private boolean awaited;
    private final CompletableFuture<Void> kept = new CompletableFuture<>();

    private DiskWrite(byte[] key, byte @Nullable [] value, byte @Nullable [] rangeEnd, boolean flushed) {
        this.key = key;
        this.value = value;
        this.rangeEnd = rangeEnd;
        this.flushed = flushed;
        this.awaited = flushed;
    }

    /** Puts a value; flushed and awaited. */
    static DiskWrite put(byte[] key, byte[] value) {
        return new DiskWrite(key, value, null, true);
    }

    /** Deletes a key; flushed and awaited. */
    static DiskWrite delete(byte[] key) {
        return new DiskWrite(key, null, null, true);
    }

    /** Deletes all keys from {@code from} (inclusive) to {@code to} (exclusive); flushed and awaited. */
    static DiskWrite deleteRange(byte[] from, byte[] to) {
        return new DiskWrite(from, null, to, true);
    }

    /** Puts the value, or deletes the key if it is null; not flushed, and nobody waits unless told so. */
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

    /** Whether it counts as kept only when it is flushed. */
    boolean isFlushed() {
        return flushed;
    }

    /** Whether somebody waits until it is kept. */
    boolean isAwaited() {
        return awaited;
    }

    /** From now on somebody waits; before it is handed to the writer. */
    void await() {
        awaited = true;
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
