package io.bida.message.delivery;

import io.bida.time.ClockMovedByHand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler that runs what is due, on the caller's thread, when a test says that time has gone by. */
final class SchedulerMovedByHand extends ScheduledThreadPoolExecutor {

    private final ClockMovedByHand clock;
    private final List<Task> tasks = new ArrayList<>();

    SchedulerMovedByHand(ClockMovedByHand clock) {
        super(1);
        this.clock = clock;
        setRemoveOnCancelPolicy(true);
    }

    private record Task(long atMillis, Runnable command, ScheduledFuture<?> handle) {}

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        ScheduledFuture<?> handle = super.schedule(() -> {}, 10_000, TimeUnit.DAYS);
        synchronized (tasks) {
            tasks.add(new Task(clock.elapsedMillis() + unit.toMillis(delay), command, handle));
        }
        return handle;
    }

    /** Runs every task whose time has come, also those that these add. */
    void runDue() {
        for (List<Task> due = takeDue(); !due.isEmpty(); due = takeDue()) {
            due.forEach(task -> task.command().run());
        }
    }

    /** How many tasks are waiting for their time. */
    int waiting() {
        synchronized (tasks) {
            tasks.removeIf(task -> task.handle().isCancelled());
            return tasks.size();
        }
    }

    private List<Task> takeDue() {
        synchronized (tasks) {
            tasks.removeIf(task -> task.handle().isCancelled());
            List<Task> due = tasks.stream()
                    .filter(task -> task.atMillis() <= clock.elapsedMillis())
                    .toList();
            tasks.removeAll(due);
            return due;
        }
    }
}
