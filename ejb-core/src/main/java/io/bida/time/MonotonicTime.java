package io.bida.time;

/** Time that only goes forward, whatever is done to the wall clock: for how long somebody waits. */
@FunctionalInterface
public interface MonotonicTime {

    /** The system's: begins anywhere. */
    MonotonicTime SYSTEM = () -> System.nanoTime() / 1_000_000;

    /** Milliseconds since some moment; only differences mean something, and only on this node. */
    long millis();
}
