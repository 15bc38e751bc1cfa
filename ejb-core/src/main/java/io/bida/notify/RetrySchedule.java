package io.bida.notify;

import io.bida.topic.NotifyStrategy;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failed delivery before the next try, and when to give up.
 *
 * <p>Source of all numbers: wire specification 10.4, API 2015-06-06. As safe for use by several threads as the source
 * of chance is.
 */
public final class RetrySchedule {

    private static final int BACKOFF_RETRIES = 3;
    private static final int BACKOFF_SHORTEST_SECONDS = 10;
    private static final int BACKOFF_LONGEST_SECONDS = 20;

    private static final int DECAY_RETRIES = 176;

    /** The first pause that is as long as all later ones: 2 to the power of 9 is 512. */
    private static final int DECAY_DOUBLINGS = 9;

    private final RandomGenerator chance;

    /** A schedule that takes its random pauses from here. */
    public RetrySchedule(RandomGenerator chance) {
        this.chance = chance;
    }

    /**
     * The pause before the next try, in whole seconds; empty if there is none: the message is given up.
     *
     * @param tries how many were made and failed so far, from 1
     */
    public Optional<Duration> pauseAfter(NotifyStrategy strategy, int tries) {
        if (tries < 1) {
            throw new IllegalArgumentException("no try was made yet: " + tries);
        }
        return switch (strategy) {
            case BACKOFF_RETRY -> tries <= BACKOFF_RETRIES ? Optional.of(backoff()) : Optional.empty();
            case EXPONENTIAL_DECAY_RETRY -> tries <= DECAY_RETRIES ? Optional.of(decay(tries)) : Optional.empty();
        };
    }

    private Duration backoff() {
        return Duration.ofSeconds(chance.nextInt(BACKOFF_SHORTEST_SECONDS, BACKOFF_LONGEST_SECONDS + 1));
    }

    private static Duration decay(int tries) {
        return Duration.ofSeconds(1L << Math.min(tries - 1, DECAY_DOUBLINGS));
    }
}
