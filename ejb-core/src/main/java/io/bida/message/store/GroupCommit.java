package io.bida.message.store;

import io.bida.error.ServiceUnavailableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.infinispan.commons.util.concurrent.CompletableFutures;
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
 * known, so {@code failStop} is told and everything after it fails; the node must end. So it must when a batch does not
 * end: a disk that hangs says nothing, and while it hangs no copy counts on the other nodes either.
 *
 * <p>Nothing is refused because much is waiting: below the caches that would leave one copy different from the others,
 * silently. Callers are made to wait instead ({@link #WAITING_BYTES}), and what bounds their number stands above the
 * caches ({@link WritesUnderWay}).
 */
final class GroupCommit {

    /**
     * From how many waiting bytes on also those wait who need no flush: 16 MiB, our choice. So a slow disk slows down
     * receives, here or on the node whose copies these are, instead of filling the memory with them.
     */
    static final long WAITING_BYTES = 16L << 20;

    /** Bytes after which a batch takes no more: 4 MiB, our choice; a slow disk writes that in well under a second. */
    private static final long BATCH_BYTES = 4L << 20;

    /** How often it is looked whether the writer gets on: each second, our choice. */
    static final long LOOK_MILLIS = 1000;

    /**
     * At how many looks one after the other the writer may be at the same batch: 20, our choice, 20 seconds. Twice the
     * time after which a write is given up, because a database that is behind with its compactions can make a batch
     * wait. Looks are counted, not time, so a process that was stopped does not take its sleep for the disk's.
     */
    static final int LOOKS = 20;

    private final RocksDB db;
    private final Durability durability;
    private final Executor completions;
    private final Consumer<Exception> failStop;
    private final WriteOptions flushing = new WriteOptions().setSync(true);
    private final WriteOptions buffering = new WriteOptions();
    private final Thread writer;
    private final Thread watch;
    private final long lookMillis;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** The number of the batch that the writer is at, from 1; 0 while it has nothing to do. */
    private volatile long atBatch;

    private final ReentrantLock inboxLock = new ReentrantLock();
    private final Condition inboxFilled = inboxLock.newCondition();
    private List<DiskWrite> inbox = new ArrayList<>();

    /** What the writer has taken out of the inbox; not changed any more. */
    private List<DiskWrite> taken = List.of();

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
     * @param failStop told once when a write has failed, or does not end
     * @param lookMillis how often it is looked whether it gets on
     */
    GroupCommit(
            RocksDB db, Durability durability, Executor completions, Consumer<Exception> failStop, long lookMillis) {
        this.db = db;
        this.durability = durability;
        this.completions = completions;
        this.failStop = failStop;
        writer = new Thread(this::writeUntilClosed, "bida-disk-writer");
        writer.setDaemon(true);
        watch = new Thread(this::watchUntilEnded, "bida-disk-watch");
        watch.setDaemon(true);
        this.lookMillis = lookMillis;
    }

    /** Begins to write. */
    void start() {
        writer.start();
        watch.start();
    }

    /** Writes; the stage completes when the write counts as kept by the node's {@link Durability}. */
    CompletionStage<Void> put(byte[] key, byte[] value) {
        return add(DiskWrite.put(key, value));
    }

    /** Deletes the key, awaited like a put. */
    CompletionStage<Void> delete(byte[] key) {
        return add(DiskWrite.delete(key));
    }

    /** Deletes all keys from {@code from} (inclusive) to {@code to} (exclusive), awaited like a put. */
    CompletionStage<Void> deleteRange(byte[] from, byte[] to) {
        return add(DiskWrite.deleteRange(from, to));
    }

    /**
     * Writes the value, or deletes the key if it is null, without a flush. The stage is complete at once, unless the
     * disk is behind: then when it is written.
     */
    CompletionStage<Void> writeUnawaited(byte[] key, byte @Nullable [] value) {
        DiskWrite write = DiskWrite.unawaited(key, value);
        ByteBuffer name = ByteBuffer.wrap(key);
        unawaited.put(name, write);
        CompletionStage<Void> kept = add(write);
        if (kept.toCompletableFuture().isCompletedExceptionally()) {
            unawaited.remove(name, write);
            return kept;
        }
        return write.isAwaited() ? kept : CompletableFutures.completedNull();
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

    /** Ends the writing: what is on the disk, or what should be, is not known. */
    void fail(Exception cause) {
        List<DiskWrite> lost;
        inboxLock.lock();
        try {
            if (failure != null) {
                return;
            }
            failure = cause;
            lost = new ArrayList<>(taken);
            lost.addAll(inbox);
            inbox = new ArrayList<>();
            inboxFilled.signal();
        } finally {
            inboxLock.unlock();
        }
        failStop.accept(cause);
        ServiceUnavailableException unknown = new ServiceUnavailableException("the message store failed");
        Runnable answer = () -> lost.forEach(write -> write.kept().completeExceptionally(unknown));
        try {
            completions.execute(answer);
        } catch (RejectedExecutionException e) {
            answer.run(); // nobody else is left to do it, and nothing is written any more
        }
    }

    private CompletionStage<Void> add(DiskWrite write) {
        inboxLock.lock();
        try {
            if (failure != null || closing) {
                return CompletableFuture.failedFuture(new ServiceUnavailableException("the message store is closed"));
            }
            waitingBytes += write.length();
            if (waitingBytes > WAITING_BYTES) {
                write.await();
            }
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
        try {
            List<DiskWrite> next = take();
            while (!next.isEmpty()) {
                writeAll(next);
                next = take();
            }
        } catch (RocksDBException | RuntimeException e) {
            fail(e);
        } catch (Error e) {
            fail(new IllegalStateException("the writer cannot go on", e));
        } finally {
            ended.countDown();
        }
    }

    /** Waits for something to write; empty if there will be no more. */
    private List<DiskWrite> take() {
        inboxLock.lock();
        try {
            taken = List.of();
            while (inbox.isEmpty()) {
                if (closing || failure != null) {
                    return taken;
                }
                inboxFilled.awaitUninterruptibly();
            }
            taken = inbox;
            inbox = new ArrayList<>();
            return taken;
        } finally {
            inboxLock.unlock();
        }
    }

    private void writeAll(List<DiskWrite> writes) throws RocksDBException {
        int from = 0;
        while (from < writes.size() && failure == null) {
            int to = endOfBatch(writes, from);
            List<DiskWrite> batch = writes.subList(from, to);
            atBatch = flushes() + 1;
            write(batch);
            answer(batch);
            atBatch = 0;
            from = to;
        }
    }

    private static int endOfBatch(List<DiskWrite> writes, int from) {
        long bytes = 0;
        int to = from;
        while (to < writes.size() && bytes < BATCH_BYTES) {
            bytes += writes.get(to++).length();
        }
        return to;
    }

    private void write(List<DiskWrite> writes) throws RocksDBException {
        boolean flush = false;
        try (WriteBatch together = new WriteBatch()) {
            for (DiskWrite write : writes) {
                write.addTo(together);
                flush |= write.isFlushed();
            }
            db.write(flush && durability == Durability.DISK ? flushing : buffering, together);
        }
        flushes.increment();
        this.writes.add(writes.size());
    }

    /** Tells whoever waits, off this thread; who was told already that it failed stays with that. */
    private void answer(List<DiskWrite> written) {
        List<DiskWrite> awaited = new ArrayList<>(written.size());
        long bytes = 0;
        for (DiskWrite write : written) {
            bytes += write.length();
            if (!write.isFlushed()) {
                unawaited.remove(ByteBuffer.wrap(write.key()), write);
            }
            if (write.isAwaited()) {
                awaited.add(write);
            }
        }
        inboxLock.lock();
        try {
            waitingBytes -= bytes;
        } finally {
            inboxLock.unlock();
        }
        if (!awaited.isEmpty()) {
            completions.execute(() -> awaited.forEach(write -> write.kept().complete(null)));
        }
    }

    /** Fails when the writer has been at one batch for too many looks. */
    private void watchUntilEnded() {
        long seen = 0;
        int looks = 0;
        try {
            while (!ended.await(lookMillis, TimeUnit.MILLISECONDS)) {
                long now = atBatch;
                looks = now != 0 && now == seen ? looks + 1 : 0;
                seen = now;
                if (looks == LOOKS) {
                    fail(new IllegalStateException(
                            "the disk did not end a write within " + LOOKS * lookMillis + " ms"));
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
