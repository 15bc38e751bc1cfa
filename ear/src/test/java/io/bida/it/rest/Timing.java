package io.bida.it.rest;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting, always with a bound. */
public final class Timing {

    /**
     * How much later than promised something may come on a loaded machine before a test calls it late. Chosen: the
     * reliability goals say 1 s at p99 (RELIABILITY 3.2, Q8 and Q12); the tests' machine is shared.
     */
    public static final Duration TOLERANCE = Duration.ofMillis(1_500);

    private Timing() {}

    /** Lets this time go by. For facts that are about time itself; whatever can be observed is awaited instead. */
    public static void letPass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().atMost(time.plusSeconds(5))
                .pollDelay(time)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> System.nanoTime() >= end);
    }

    /** What the call gives, which must be there within the bound. */
    public static <T> T within(Duration bound, Future<T> call) {
        try {
            return call.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("Not finished within " + bound, e);
        } catch (ExecutionException e) {
            throw new AssertionError("The call in the background failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting", e);
        }
    }
}
