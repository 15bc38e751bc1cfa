package io.bida.message.store;

import io.bida.error.ServiceUnavailableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The only writer of the node's database, with group commit: whatever was asked to be written while the last flush was
 * going on is written together by the next.
 *
 * <p>One thread writes; any thread may ask. Effects keep the order in which they were asked for, and after a crash a
 * prefix of that order is found again. A failed write is never retried: the outcome of an interrupted flush cannot be
 * known, so {@code failStop} is told and everything after it fails; the node must end.
 */
final class GroupCommit {

    /**
     * Most bytes that may wait to be written: 64 MiB, then writes are refused as unavailable. Chosen: several seconds
     * of a slow disk, and a small part of the smallest heap.
     */
    static final long MAX_WAITING_BYTES = 64L << 20;

    private final RocksDB db;
    private final Durability durability;
    private final Executor completions;
    private final Consumer<Exception> failStop;
    private final WriteOptions flushing = new WriteOptions().setSync(true);
    private final WriteOptions buffering = new WriteOptions();
    private final Thread writer;

    private final ReentrantLock inboxLock = new ReentrantLock();
    private final Condition inboxFilled = inboxLock.newCondition();
    private List<DiskWrite> inbox = new ArrayList<>();
    private long waitingBytes;
    private volatile boolean closing;
    private volatile @Nullable Exception failure;

    /** Writes that were answered before they reached RocksDB, so that a read in between finds them. */
    private final ConcurrentHashMap<ByteBuffer, DiskWrite> unawaited = new ConcurrentHashMap<>();

    private final LongAdder flushes = new LongAdder();
    private final LongAdder writes = new LongAdder();

    /**
     * A writer that is not yet running.
     *
     * @param completions where stages of finished writes are completed; must not be the writer's own thread
     * @param failStop told once when a write has failed
     */
    GroupCommit(RocksDB db, Durability durability, Executor completions, Consumer<Exception> failStop) {
        this.db = db;
        this.durability = durability;
        this.completions = completions;
        this.failStop = failStop;
        writer = new Thread(this::writeUntilClosed, "bida-disk-writer");
        writer.setDaemon(true);
    }

    /** Begins to write. */
    void start() {
        writer.start();
    }

    /** Writes; the stage completes when the write counts as kept by the node's {@link Durability}. */
    CompletionStage<Void> put(byte[] key, byte[] value) {
        return add(DiskWrite.put(key, value));
    }

    /** Deletes all keys from {@code from} (inclusive) to {@code to} (exclusive), awaited like a put. */
    CompletionStage<Void> deleteRange(byte[] from, byte[] to) {
        return add(DiskWrite.deleteRange(from, to));
    }

    /** Writes the value, or deletes the key if it is null, without waiting. */
    void writeUnawaited(byte[] key, byte @Nullable [] value) {
        DiskWrite write = DiskWrite.unawaited(key, value);
        unawaited.put(ByteBuffer.wrap(key), write);
        CompletionStage<Void> added = add(write);
        if (added.toCompletableFuture().isCompletedExceptionally()) {
            unawaited.remove(ByteBuffer.wrap(key), write);
            added.toCompletableFuture().join();
        }
    }

    /** What was asked for without waiting and may not be in the database yet; null if there is no such write. */
    @Nullable
    DiskWrite pending(byte[] key) {
        return unawaited.get(ByteBuffer.wrap(key));
    }

    /** Whether nothing more is taken, because the disk is being closed. */
    boolean isClosing() {
        return closing;
    }

    /** Whether a write has failed, and so what is on the disk is not known. */
    boolean hasFailed() {
        return failure != null;
    }

    /** Batches written so far; with {@link #writes} tells how well group commit works. */
    long flushes() {
        return flushes.sum();
    }

    /** Single writes so far. */
    long writes() {
        return writes.sum();
    }

    /** Writes what waits, takes nothing more, and returns when the writer has ended. */
    void finish() {
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

    /** Gives back native memory; after {@link #finish} and after the database is closed. */
    void close() {
        buffering.close();
        flushing.close();
    }

    private CompletionStage<Void> add(DiskWrite write) {
        inboxLock.lock();
        try {
            if (failure != null || closing) {
                return CompletableFuture.failedFuture(new ServiceUnavailableException("the message store is closed"));
            }
            if (waitingBytes > MAX_WAITING_BYTES && write.value() != null) {
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
        return write.kept();
    }

    private void writeUntilClosed() {
        List<DiskWrite> batch = new ArrayList<>();
        while (true) {
            inboxLock.lock();
            try {
                while (inbox.isEmpty()) {
                    if (closing) {
                        return;
                    }
                    inboxFilled.awaitUninterruptibly();
                }
                List<DiskWrite> filled = inbox;
                inbox = batch;
                batch = filled;
                waitingBytes = 0;
            } finally {
                inboxLock.unlock();
            }
            try {
                write(batch);
                batch = answer(batch);
            } catch (RocksDBException | RuntimeException e) {
                fail(batch, e);
                return;
            } catch (Error e) {
                fail(batch, new IllegalStateException("the writer cannot go on", e));
                return;
            }
        }
    }

    private void write(List<DiskWrite> batch) throws RocksDBException {
        boolean flush = false;
        try (WriteBatch together = new WriteBatch()) {
            for (DiskWrite write : batch) {
                write.addTo(together);
                flush |= write.isAwaited();
            }
            db.write(flush && durability == Durability.DISK ? flushing : buffering, together);
        }
        flushes.increment();
        writes.add(batch.size());
    }

    /** Tells whoever waits, off this thread; returns an empty list for the next batch. */
    private List<DiskWrite> answer(List<DiskWrite> batch) {
        List<DiskWrite> awaited = new ArrayList<>(batch.size());
        for (DiskWrite write : batch) {
            if (write.isAwaited()) {
                awaited.add(write);
            } else {
                unawaited.remove(ByteBuffer.wrap(write.key()), write);
            }
        }
        if (!awaited.isEmpty()) {
            completions.execute(() -> awaited.forEach(write -> write.kept().complete(null)));
        }
        batch.clear();
        return batch;
    }

    private void fail(List<DiskWrite> batch, Exception cause) {
        List<DiskWrite> lost = new ArrayList<>(batch);
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
        Runnable answer = () -> lost.forEach(write -> write.kept().completeExceptionally(unknown));
        try {
            completions.execute(answer);
        } catch (RejectedExecutionException e) {
            answer.run(); // nobody else is left to do it, and this thread ends here
        }
    }
}
