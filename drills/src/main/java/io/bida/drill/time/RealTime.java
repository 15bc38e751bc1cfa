package io.bida.drill.time;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** The machine's own time and threads. Safe for use by several threads. */
public final class RealTime implements DrillTime {

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) {
        long end = now() + duration.toNanos();
        for (long left = end - now(); left > 0; left = end - now()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("Interrupted while waiting");
            }
            LockSupport.parkNanos(this, left);
        }
    }

    @Override
    public Job start(String name, Runnable work) {
        FutureTask<Boolean> task = new FutureTask<>(work, true);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return bound -> await(name, task, bound);
    }

    private static void await(String name, FutureTask<Boolean> task, Duration bound) {
        try {
            task.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(name + " has not ended within " + bound, e);
        } catch (ExecutionException e) {
            throw new AssertionError(name + " failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + name, e);
        }
    }
}
