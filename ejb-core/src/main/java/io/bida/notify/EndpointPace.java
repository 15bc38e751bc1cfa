package io.bida.notify;

/**
 * How fast one subscription's messages are delivered: a failing endpoint is tried less and less, one that has recovered
 * soon as fast as before.
 *
 * <p>It begins with 4 deliveries at a time; each success doubles that up to 32. Each failure halves it, down to one at
 * a time, and then adds a pause that doubles from 500 ms to 60 s, which a success ends. Source of the ends of both
 * ranges: wire specification 10.4; the steps between are our choice. Not safe for use by several threads.
 */
final class EndpointPace {

    /** Most deliveries under way. */
    static final int MOST = 32;

    /** What is allowed before anything is known of the endpoint: 4, our choice. */
    private static final int FIRST = 4;

    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    private int allowed = FIRST;
    private long pauseMillis;
    private long pausedUntilMillis; // means nothing without a pause

    /** How many deliveries may be under way now. */
    int allowed() {
        return allowed;
    }

    /** How long none may begin from this moment on, in milliseconds; 0 if one may. */
    long pauseLeft(long nowMillis) {
        return pauseMillis == 0 ? 0 : Math.max(0, pausedUntilMillis - nowMillis);
    }

    /** A delivery succeeded. */
    void succeeded() {
        allowed = Math.min(MOST, allowed * 2);
        pauseMillis = 0;
    }

    /** A delivery failed at this moment of the clock that {@link #pauseLeft} is asked by, which only goes on. */
    void failed(long nowMillis) {
        if (allowed > 1) {
            allowed /= 2;
            return;
        }
        if (pauseLeft(nowMillis) > 0) {
            return; // one of those that were under way together with the one that brought the pause
        }
        pauseMillis = pauseMillis == 0 ? FIRST_PAUSE_MILLIS : Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
        pausedUntilMillis = nowMillis + pauseMillis;
    }
}
