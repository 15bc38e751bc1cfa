package io.bida.drill.time;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when everybody waits: of all its threads the one with the earliest wake-up runs, alone, and the
 * clock jumps to that moment. A run is therefore quick, and the same each time its threads do the same.
 *
 * <p>The thread that makes it is the first to run. Threads started here may block in {@link #sleep} only.
 */
public final class VirtualTime implements DrillTime {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Turn> turns =
            new PriorityQueue<>(Comparator.comparingLong(Turn::at).thenComparingLong(Turn::number));
    private long now;
    private long given;
    private @Nullable Turn running;

    /** A moment at which a thread wants to go on. */
    private record Turn(long at, long number, Condition come) {}

    @Override
    public long now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sleep(Duration duration) {
        lock.lock();
        try {
            Turn turn = newTurn(now + Math.max(0, duration.toNanos()));
            passOn();
            awaitTurn(turn);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Job start(String name, Runnable work) {
        VirtualJob job = new VirtualJob(name);
        lock.lock();
        try {
            Turn turn = newTurn(now);
            Thread thread = new Thread(() -> run(turn, job, work), name);
            thread.setDaemon(true);
            thread.start();
        } finally {
            lock.unlock();
        }
        return job;
    }

    private void run(Turn turn, VirtualJob job, Runnable work) {
        lock.lock();
        try {
            awaitTurn(turn);
        } finally {
            lock.unlock();
        }
        try {
            work.run();
        } catch (RuntimeException | AssertionError e) {
            job.failure = e;
        } finally {
            lock.lock();
            try {
                job.ended = true;
                passOn();
            } finally {
                lock.unlock();
            }
        }
    }

    private Turn newTurn(long at) {
        Turn turn = new Turn(at, given++, lock.newCondition());
        turns.add(turn);
        return turn;
    }

    private void passOn() {
        Turn next = turns.poll();
        running = next;
        if (next != null) {
            now = Math.max(now, next.at());
            next.come().signal();
        }
    }

    @SuppressWarnings("ReferenceEquality") // two turns are never the same
    private void awaitTurn(Turn turn) {
        while (running != turn) {
            turn.come().awaitUninterruptibly();
        }
    }

    /** Its fields change under the lock, or while its thread runs alone. */
    private final class VirtualJob implements Job {

        private final String name;
        private volatile boolean ended;
        private volatile @Nullable Throwable failure;

        VirtualJob(String name) {
            this.name = name;
        }

        @Override
        public void await(Duration bound) {
            long end = now() + bound.toNanos();
            while (!ended) {
                if (now() >= end) {
                    throw new AssertionError(name + " has not ended within " + bound);
                }
                sleep(LOOK_AGAIN);
            }
            Throwable thrown = failure;
            if (thrown != null) {
                throw new AssertionError(name + " failed", thrown);
            }
        }
    }
}
