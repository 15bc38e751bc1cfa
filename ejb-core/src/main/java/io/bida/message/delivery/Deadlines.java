package io.bida.message.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Wakes queues at the time of their next deadline, with one scheduled task for the whole node.
 *
 * <p>Safe for use by any thread. A queue that asks again for an earlier time is simply woken twice.
 */
final class Deadlines {

    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>();
    private @Nullable ScheduledFuture<?> next;
    private long nextAt = Long.MAX_VALUE;
    private boolean closed;

    Deadlines(Clock clock, ScheduledExecutorService scheduler) {
        this.clock = clock;
        this.scheduler = scheduler;
    }

    private record Deadline(long atMillis, LocalQueue queue) implements Comparable<Deadline> {
        @Override
        public int compareTo(Deadline other) {
            return Long.compare(atMillis, other.atMillis);
        }
    }

    /** Wakes the queue at this time, in milliseconds since 1970, or soon if it is past. */
    void wakeAt(LocalQueue queue, long atMillis) {
        lock.lock();
        try {
            deadlines.add(new Deadline(atMillis, queue));
            if (atMillis < nextAt) {
                schedule(atMillis);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wakes every queue whose time has come; also called by a timer, in case the clock was set forward. */
    void wakeDue() {
        List<LocalQueue> due = new ArrayList<>();
        lock.lock();
        try {
            long now = clock.millis();
            while (!deadlines.isEmpty() && deadlines.peek().atMillis() <= now) {
                due.add(deadlines.poll().queue());
            }
            nextAt = Long.MAX_VALUE;
            if (!deadlines.isEmpty()) {
                schedule(deadlines.peek().atMillis());
            }
        } finally {
            lock.unlock();
        }
        due.forEach(LocalQueue::wake);
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
        long delay = Math.max(0, atMillis - clock.millis());
        next = scheduler.schedule(this::wakeDue, delay, TimeUnit.MILLISECONDS);
    }
}
