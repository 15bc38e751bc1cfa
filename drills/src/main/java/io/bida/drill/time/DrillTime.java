package io.bida.drill.time;

import java.time.Duration;

/**
 * A clock and the threads that live by it. Everything in a drill that waits, waits here, so that the same drill runs
 * against servers in real time and against the model in virtual time.
 */
public interface DrillTime {

    /** Nanoseconds since some moment; never goes back. */
    long now();

    /** Lets this time go by. */
    void sleep(Duration duration);

    /** Runs this beside the caller. */
    Job start(String name, Runnable work);

    /** What runs beside the one who started it. */
    interface Job {

        /**
         * Returns when it has ended.
         *
         * @throws AssertionError if it has not within the bound, or failed
         */
        void await(Duration bound);
    }
}
