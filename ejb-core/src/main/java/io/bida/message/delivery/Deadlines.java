package io.bida.message.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Wakes queues at the time of their next deadline, with one scheduled task for the whole node.
 *
 * <p>Deadlines of messages are moments, so the wall clock decides about them; the waits of receives are spans of time,
 * so they have deadlines of their own on a clock that cannot be set. Safe for use by any thread. A queue that asks
 * again for an earlier time is simply woken twice.
 */
final class Deadlines {

    private final LongSupplier millis;
    private final ScheduledExecutorService scheduler;
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>();
    private @Nullable ScheduledFuture<?> next;
    private long nextAt = Long.MAX_VALUE;
    private boolean closed;

    Deadlines(LongSupplier millis, ScheduledExecutorService scheduler) {
        this.millis = millis;
        this.scheduler = scheduler;
    }

    private record Deadline(long atMillis, Runnable wake) implements Comparable<Deadline> {
        @Override
        public int compareTo(Deadline other) {
            return Long.compare(atMillis, other.atMillis);
        }
    }

    /** Runs this at this time of its clock, in milliseconds, or soon if it is past. */
    void wakeAt(long atMillis, Runnable wake) {
        lock.lock();
        try {
            deadlines.add(new Deadline(atMillis, wake));
            if (atMillis < nextAt) {
                schedule(atMillis);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wakes every queue whose time has come; also called by a timer, in case the clock was set forward. */
    void wakeDue() {
        List<Runnable> due = new ArrayList<>();
        lock.lock();
        try {
            long now = millis.getAsLong();
            while (!deadlines.isEmpty() && deadlines.peek().atMillis() <= now) {
                due.add(deadlines.poll().wake());
            }
            nextAt = Long.MAX_VALUE;
            if (!deadlines.isEmpty()) {
                schedule(deadlines.peek().atMillis());
            }
        } finally {
            lock.unlock();
        }
        due.forEach(Runnable::run);
    }

    /** Schedules nothing any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            deadlines.clear();
            if (next != null) {
                next.cancel(false);
            }
        } finally {
            lock.unlock();
        }
    }

    private void schedule(long atMillis) {
        if (closed) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        nextAt = atMillis;
        long delay = Math.max(0, atMillis - millis.getAsLong());
        next = scheduler.schedule(this::wakeDue, delay, TimeUnit.MILLISECONDS);
    }
}
