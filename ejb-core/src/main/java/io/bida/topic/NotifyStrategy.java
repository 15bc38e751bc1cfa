package io.bida.topic;

/**
 * How often and when a delivery that failed is tried again; the pauses are those of {@code RetrySchedule}.
 *
 * <p>Source: wire specification 8.3, 10.4, API 2015-06-06. Names are those of the wire and of the stored rows.
 */
public enum NotifyStrategy {
    /** Three times more, 10 to 20 s apart; the default. */
    BACKOFF_RETRY,
    /** 176 times more, for about a day. */
    EXPONENTIAL_DECAY_RETRY
}
