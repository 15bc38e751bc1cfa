package io.bida.message.store;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Completes what a disk has written, and can keep the disk's writer from going on, as a flush does that takes long. */
public final class DiskGate implements Executor {

    private static final byte[] MARK = "gate".getBytes(StandardCharsets.UTF_8);

    private final Executor completions;
    private volatile CountDownLatch opened = new CountDownLatch(0);
    private volatile CountDownLatch reached = new CountDownLatch(0);

    /** An open one. */
    public DiskGate(Executor completions) {
        this.completions = completions;
    }

    @Override
    public void execute(Runnable completion) {
        if (Thread.currentThread().getName().equals("bida-disk-writer")) {
            reached.countDown();
            try {
                opened.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        completions.execute(completion);
    }

    /** Returns when the writer of this disk, whose gate it is, stands still. */
    void close(RocksDbDisk disk) throws InterruptedException {
        reached = new CountDownLatch(1);
        opened = new CountDownLatch(1);
        disk.put(MARK, MARK);
        if (!reached.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the disk's writer does not get to the gate");
        }
    }

    /** Lets the writer go on. */
    void open() {
        opened.countDown();
    }
}
