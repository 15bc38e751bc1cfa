package io.bida.message.store;

import io.bida.error.ServiceUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * The node's one RocksDB database: opens it, reads it, closes it, and hands every write to its {@link GroupCommit}.
 *
 * <p>Reading happens on the caller's thread: a bundle that was written lately is in RocksDB's memory, an older one is
 * one read from the file. Safe for use by any thread.
 */
public final class RocksDbDisk implements AutoCloseable {

    private static final int READAHEAD_BYTES = 2 << 20;

    private final RocksDbOptions options = new RocksDbOptions();
    private final ReadOptions reading = new ReadOptions();
    private final RocksDB db;
    private final GroupCommit writer;

    /** Held by readers; closing waits for them, because reading a closed RocksDB ends the whole process. */
    private final StampedLock open = new StampedLock();

    private boolean closed;

    /**
     * Opens the database, or makes it.
     *
     * @param completions where stages of finished writes are completed; must not be the writer's own thread
     * @param failStop told once when a write has failed or does not end, or when a copy cannot be kept as it should be
     * @throws UncheckedIOException if the directory cannot be used or the database is damaged
     */
    public RocksDbDisk(Path directory, Durability durability, Executor completions, Consumer<Exception> failStop) {
        this(directory, durability, completions, failStop, GroupCommit.LOOK_MILLIS);
    }

    /**
     * The same for tests.
     *
     * @param lookMillis how often it is looked whether the writer gets on
     */
    RocksDbDisk(
            Path directory,
            Durability durability,
            Executor completions,
            Consumer<Exception> failStop,
            long lookMillis) {
        try {
            Files.createDirectories(directory);
            db = RocksDB.open(options.options(), directory.toString());
        } catch (RocksDBException e) {
            throw new UncheckedIOException(new IOException("cannot open the message store: " + e.getMessage(), e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writer = new GroupCommit(db, durability, completions, failStop, lookMillis);
        writer.start();
    }

    /** Writes; the stage completes when the write counts as kept by the node's {@link Durability}. */
    CompletionStage<Void> put(byte[] key, byte[] value) {
        return writer.put(key, value);
    }

    /**
     * Writes without a flush; what a crash of the process may lose is what came in the last moments. The stage is
     * complete at once, unless the disk is behind: then when it is written.
     */
    CompletionStage<Void> putUnawaited(byte[] key, byte[] value) {
        return writer.writeUnawaited(key, value);
    }

    /** Deletes without a flush, as {@link #putUnawaited}. */
    CompletionStage<Void> deleteUnawaited(byte[] key) {
        return writer.writeUnawaited(key, null);
    }

    /** Deletes the key, awaited like a put. */
    CompletionStage<Void> delete(byte[] key) {
        return writer.delete(key);
    }

    /** Deletes all keys from {@code from} (inclusive) to {@code to} (exclusive), awaited like a put. */
    CompletionStage<Void> deleteRange(byte[] from, byte[] to) {
        return writer.deleteRange(from, to);
    }

    /** Completes when everything asked for before is in the database, so that a cursor sees it. */
    CompletionStage<Void> written() {
        byte[] nothing = {0};
        return writer.deleteRange(nothing, nothing);
    }

    /** Ends the writing and tells {@code failStop}: what is on this disk is not what should be. */
    void fail(Exception cause) {
        writer.fail(cause);
    }

    /** Returns when everything asked for before survives a power cut, whatever the durability is. */
    public void sync() {
        written().toCompletableFuture().join();
        long stamp = beginToRead();
        try {
            db.syncWal();
        } catch (RocksDBException e) {
            throw new UncheckedIOException(new IOException("cannot flush the message store", e));
        } finally {
            open.unlockRead(stamp);
        }
    }

    /** The value under the key as of the last write asked for without waiting, or kept; null if there is none. */
    byte @Nullable [] get(byte[] key) {
        DiskWrite pending = writer.pending(key);
        if (pending != null) {
            return pending.value();
        }
        long stamp = beginToRead();
        try {
            return db.get(reading, key);
        } catch (RocksDBException e) {
            throw new UncheckedIOException(new IOException("cannot read the message store", e));
        } finally {
            open.unlockRead(stamp);
        }
    }

    /** Walks the keys that begin with the prefix, in order; the caller closes the cursor. */
    Cursor cursor(byte[] prefix) {
        return new Cursor(prefix);
    }

    /** The first key from {@code from} (inclusive) to {@code to} (exclusive), or null. */
    byte @Nullable [] firstKey(byte[] from, byte[] to) {
        long stamp = beginToRead();
        try (Slice end = new Slice(to);
                ReadOptions bounded = new ReadOptions().setIterateUpperBound(end);
                RocksIterator iterator = db.newIterator(bounded)) {
            iterator.seek(from);
            iterator.status();
            return iterator.isValid() ? iterator.key() : null;
        } catch (RocksDBException e) {
            throw new UncheckedIOException(new IOException("cannot read the message store", e));
        } finally {
            open.unlockRead(stamp);
        }
    }

    /** The last key that begins with the prefix, or null. */
    byte @Nullable [] lastKey(byte[] prefix) {
        long stamp = beginToRead();
        try (Slice end = new Slice(prefixEnd(prefix));
                ReadOptions bounded = new ReadOptions().setIterateUpperBound(end);
                RocksIterator iterator = db.newIterator(bounded)) {
            iterator.seekToLast();
            iterator.status();
            if (!iterator.isValid()) {
                return null;
            }
            byte[] key = iterator.key();
            boolean same =
                    key.length >= prefix.length && Arrays.equals(prefix, 0, prefix.length, key, 0, prefix.length);
            return same ? key : null;
        } catch (RocksDBException e) {
            throw new UncheckedIOException(new IOException("cannot read the message store", e));
        } finally {
            open.unlockRead(stamp);
        }
    }

    private long beginToRead() {
        long stamp = open.tryReadLock(); // never waits: who holds a cursor may read beside it
        if (stamp != 0 && !writer.isClosing()) {
            return stamp;
        }
        if (stamp != 0) {
            open.unlockRead(stamp);
        }
        throw new ServiceUnavailableException("the message store is closed");
    }

    /** Batches written so far; with {@link #writes} tells how well group commit works. */
    public long flushes() {
        return writer.flushes();
    }

    /** Single writes so far. */
    public long writes() {
        return writer.writes();
    }

    /** Writes what waits, flushes it, ends whoever reads, and closes the database. */
    @Override
    public void close() {
        writer.finish();
        long stamp = open.writeLock();
        try {
            if (!closed) {
                closed = true;
                closeDatabase();
            }
        } finally {
            open.unlockWrite(stamp);
        }
    }

    private void closeDatabase() {
        try {
            if (!writer.hasFailed()) {
                db.syncWal();
            }
        } catch (RocksDBException e) {
            throw new UncheckedIOException(new IOException("cannot flush the message store", e));
        } finally {
            db.close();
            writer.close();
            reading.close();
            options.close();
        }
    }

    /** A walk over the keys with one prefix, in order. Used by one thread. */
    final class Cursor implements AutoCloseable {
        private final Slice end;
        private final ReadOptions sequential;
        private final RocksIterator iterator;
        private final long stamp = beginToRead();

        private Cursor(byte[] prefix) {
            end = new Slice(prefixEnd(prefix));
            sequential = new ReadOptions()
                    .setIterateUpperBound(end)
                    .setReadaheadSize(READAHEAD_BYTES)
                    .setFillCache(false);
            iterator = db.newIterator(sequential);
            iterator.seek(prefix);
            try {
                check();
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        /** Goes to this key, or to the next one that is there. */
        void seek(byte[] key) {
            iterator.seek(key);
            check();
        }

        boolean isValid() {
            return iterator.isValid();
        }

        byte[] key() {
            return iterator.key();
        }

        byte[] value() {
            return iterator.value();
        }

        void next() {
            if (writer.isClosing()) {
                throw new ServiceUnavailableException("the message store is closed");
            }
            iterator.next();
            check();
        }

        @Override
        public void close() {
            iterator.close();
            sequential.close();
            end.close();
            open.unlockRead(stamp);
        }

        private void check() {
            try {
                iterator.status();
            } catch (RocksDBException e) {
                throw new UncheckedIOException(new IOException("cannot read the message store", e));
            }
        }
    }

    /** The first key after all those with this prefix; the prefix must not be all 0xFF. */
    static byte[] prefixEnd(byte[] prefix) {
        byte[] end = prefix.clone();
        int last = end.length - 1;
        while (end[last] == (byte) 0xFF) {
            last--;
        }
        end[last]++;
        return Arrays.copyOf(end, last + 1);
    }
}
