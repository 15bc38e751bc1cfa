package io.bida.sdk.scenario;

import java.time.Duration;

/** How long something took, unmoved by changes of the wall clock. */
public final class Stopwatch {

    private final long startedAtNanos;

    private Stopwatch(long startedAtNanos) {
        this.startedAtNanos = startedAtNanos;
    }

    public static Stopwatch started() {
        return new Stopwatch(System.nanoTime());
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAtNanos);
    }
}
