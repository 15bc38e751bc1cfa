package io.bida.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it. */
public final class ClockMovedByHand extends Clock {

    private volatile Instant now = Instant.parse("2026-01-02T03:04:05.678Z");

    private final AtomicLong elapsedMillis = new AtomicLong();

    /** Lets time go by. */
    public void moveBy(Duration duration) {
        now = now.plus(duration);
        elapsedMillis.addAndGet(duration.toMillis());
    }

    /** Sets the clock, forward or back, while no time goes by. */
    public void stepBy(Duration duration) {
        now = now.plus(duration);
    }

    /** How much time has gone by, however the clock was set. */
    public long elapsedMillis() {
        return elapsedMillis.get();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
