package io.bida.message.store;

import io.bida.error.ServiceUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The node's one RocksDB database, with group commit: whatever was asked to be written while the last flush was going
 * on is written together by the next.
 *
 * <p>One thread writes; any thread may ask. Effects keep the order in which they were asked for, and after a crash a
 * prefix of that order is found again. A failed write is never retried: the outcome of an interrupted flush cannot be
 * known, so {@code failStop} is told and everything after it fails; the node must end.
 *
 * <p>Reading happens on the caller's thread: a bundle that was written lately is in RocksDB's memory, an older one is
 * one read from the file.
 */
public final class RocksDbDisk implements AutoCloseable {

    /**
     * Most bytes that may wait to be written: 64 MiB, then writes are refused as unavailable. Chosen: several seconds
     * of a slow disk, and a small part of the smallest heap.
     */
    static final long MAX_WAITING_BYTES = 64L << 20;

    private static final long MEMTABLE_BYTES = 64L << 20;
    private static final long BLOCK_CACHE_BYTES = 64L << 20;
    private static final long MAX_WAL_BYTES = 256L << 20;
    private static final int READAHEAD_BYTES = 2 << 20;

    static {
        RocksDB.loadLibrary();
    }

    private final LRUCache blockCache;
    private final BloomFilter bloomFilter;
    private final Options options;
    private final WriteOptions flushing = new WriteOptions();
    private final WriteOptions buffering = new WriteOptions();
    private final ReadOptions reading = new ReadOptions();
    private final RocksDB db;

    private final Durability durability;
    private final Executor completions;
    private final Consumer<Exception> failStop;
    private final Thread writer;

    private final ReentrantLock inboxLock = new ReentrantLock();
    private final Condition inboxFilled = inboxLock.newCondition();
    private List<Write> inbox = new ArrayList<>();
    private long waitingBytes;
    private volatile boolean closing;
    private @Nullable Exception failure;

    /** Held by readers; closing waits for them, because reading a closed RocksDB ends the whole process. */
    private final StampedLock open = new StampedLock();

    private boolean closed;

    /** Writes that were answered before they reached RocksDB, so that a read in between finds them. */
    private final ConcurrentHashMap<ByteBuffer, Write> unawaited = new ConcurrentHashMap<>();

    private final LongAdder flushes = new LongAdder();
    private final LongAdder writes = new LongAdder();

    /**
     * Opens the database, or makes it.
     *
     * @param completions where stages of finished writes are completed; must not be the writer's own thread
     * @param failStop told once when a write has failed
     * @throws UncheckedIOException if the directory cannot be used or the database is damaged
     */
    public RocksDbDisk(Path directory, Durability durability, Executor completions, Consumer<Exception> failStop) {
        this.durability = durability;
        this.completions = completions;
        this.failStop = failStop;
        blockCache = new LRUCache(BLOCK_CACHE_BYTES);
        bloomFilter = new BloomFilter(10);
        options = new Options()
                .setCreateIfMissing(true)
                .setMaxBackgroundJobs(2)
                .setMaxTotalWalSize(MAX_WAL_BYTES)
                // The default would end the log at the first damaged record and go on without what follows.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setBytesPerSync(1 << 20)
                .setWriteBufferSize(MEMTABLE_BYTES)
                .setMaxWriteBufferNumber(3)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(4)
                .setMaxOpenFiles(512)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(blockCache)
                        .setFilterPolicy(bloomFilter)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true));
        flushing.setSync(true);
        try {
            Files.createDirectories(directory);
            db = RocksDB.open(options, directory.toString());
        } catch (RocksDBException e) {
            throw new UncheckedIOException(new IOException("cannot open the message store: " + e.getMessage(), e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writer = new Thread(this::writeUntilClosed, "bida-disk-writer");
        writer.setDaemon(true);
        writer.start();
    }

    /** Writes; the stage completes when the write counts as kept by the node's {@link Durability}. */
    CompletionStage<Void> put(byte[] key, byte[] value) {
        return add(new Write(key, value, null, true));
    }

    /** Writes without waiting; what a crash of the process may lose is what came in the last moments. */
    void putUnawaited(byte[] key, byte[] value) {
        addUnawaited(new Write(key, value, null, false));
    }

    /** Deletes without waiting, as {@link #putUnawaited}. */
    void deleteUnawaited(byte[] key) {
        addUnawaited(new Write(key, null, null, false));
    }

    /** Deletes all keys from {@code from} (inclusive) to {@code to} (exclusive), awaited like a put. */
    CompletionStage<Void> deleteRange(byte[] from, byte[] to) {
        return add(new Write(from, null, to, true));
    }

    /** The value under the key as of the last write asked for without waiting, or kept; null if there is none. */
    byte @Nullable [] get(byte[] key) {
        Write pending = unawaited.get(ByteBuffer.wrap(key));
        if (pending != null) {
            return pending.value;
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
        if (stamp != 0 && !closing) {
            return stamp;
        }
        if (stamp != 0) {
            open.unlockRead(stamp);
        }
        throw new ServiceUnavailableException("the message store is closed");
    }

    /** Batches written so far; with {@link #writes} tells how well group commit works. */
    public long flushes() {
        return flushes.sum();
    }

    /** Single writes so far. */
    public long writes() {
        return writes.sum();
    }

    /** Writes what waits, flushes it, ends whoever reads, and closes the database. */
    @Override
    public void close() {
        endWriter();
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

    private void endWriter() {
        inboxLock.lock();
        try {
            closing = true;
            inboxFilled.signal();
        } finally {
            inboxLock.unlock();
        }
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeDatabase() {
        try {
            if (failure == null) {
                db.syncWal();
            }
        } catch (RocksDBException e) {
            throw new UncheckedIOException(new IOException("cannot flush the message store", e));
        } finally {
            db.close();
            reading.close();
            buffering.close();
            flushing.close();
            options.close();
            bloomFilter.close();
            blockCache.close();
        }
    }

    private void addUnawaited(Write write) {
        unawaited.put(ByteBuffer.wrap(write.key), write);
        CompletionStage<Void> added = add(write);
        if (added.toCompletableFuture().isCompletedExceptionally()) {
            unawaited.remove(ByteBuffer.wrap(write.key), write);
            added.toCompletableFuture().join();
        }
    }

    private CompletionStage<Void> add(Write write) {
        inboxLock.lock();
        try {
            if (failure != null || closing) {
                return CompletableFuture.failedFuture(new ServiceUnavailableException("the message store is closed"));
            }
            if (waitingBytes > MAX_WAITING_BYTES && write.value != null) {
                return CompletableFuture.failedFuture(new ServiceUnavailableException("the disk cannot keep up"));
            }
            waitingBytes += write.length();
            inbox.add(write);
            if (inbox.size() == 1) {
                inboxFilled.signal();
            }
        } finally {
            inboxLock.unlock();
        }
        return write.kept;
    }

    private void writeUntilClosed() {
        List<Write> batch = new ArrayList<>();
        while (true) {
            inboxLock.lock();
            try {
                while (inbox.isEmpty()) {
                    if (closing) {
                        return;
                    }
                    inboxFilled.awaitUninterruptibly();
                }
                List<Write> filled = inbox;
                inbox = batch;
                batch = filled;
                waitingBytes = 0;
            } finally {
                inboxLock.unlock();
            }
            try {
                write(batch);
                batch = finish(batch);
            } catch (RocksDBException | RuntimeException e) {
                fail(batch, e);
                return;
            } catch (Error e) {
                fail(batch, new IllegalStateException("the writer cannot go on", e));
                return;
            }
        }
    }

    private void write(List<Write> batch) throws RocksDBException {
        boolean flush = false;
        try (WriteBatch together = new WriteBatch()) {
            for (Write write : batch) {
                write.addTo(together);
                flush |= write.awaited;
            }
            db.write(flush && durability == Durability.DISK ? flushing : buffering, together);
        }
        flushes.increment();
        writes.add(batch.size());
    }

    /** Tells whoever waits, off this thread; returns an empty list for the next batch. */
    private List<Write> finish(List<Write> batch) {
        List<Write> awaited = new ArrayList<>(batch.size());
        for (Write write : batch) {
            if (write.awaited) {
                awaited.add(write);
            } else {
                unawaited.remove(ByteBuffer.wrap(write.key), write);
            }
        }
        if (!awaited.isEmpty()) {
            completions.execute(() -> awaited.forEach(write -> write.kept.complete(null)));
        }
        batch.clear();
        return batch;
    }

    private void fail(List<Write> batch, Exception cause) {
        List<Write> lost = new ArrayList<>(batch);
        inboxLock.lock();
        try {
            failure = cause;
            lost.addAll(inbox);
            inbox.clear();
        } finally {
            inboxLock.unlock();
        }
        failStop.accept(cause);
        ServiceUnavailableException unknown = new ServiceUnavailableException("the message store failed");
        Runnable answer = () -> lost.forEach(write -> write.kept.completeExceptionally(unknown));
        try {
            completions.execute(answer);
        } catch (RejectedExecutionException e) {
            answer.run(); // nobody else is left to do it, and this thread ends here
        }
    }

    /** One key to put or delete, or a range to delete. */
    private static final class Write {
        private final byte[] key;
        private final byte @Nullable [] value;
        private final byte @Nullable [] rangeEnd;
        private final boolean awaited;
        private final CompletableFuture<Void> kept = new CompletableFuture<>();

        private Write(byte[] key, byte @Nullable [] value, byte @Nullable [] rangeEnd, boolean awaited) {
            this.key = key;
            this.value = value;
            this.rangeEnd = rangeEnd;
            this.awaited = awaited;
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

        int length() {
            return key.length + (value == null ? 0 : value.length);
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
            if (closing) {
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
