package io.bida.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.ZoneOffset;

/** Gives every bean of the server the same clock: the system's, in UTC. */
@ApplicationScoped
public class ClockProducer {

    /** The system clock, in UTC, with millisecond steps as on the wire. */
    @Produces
    @ApplicationScoped
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
