package io.bida.queue;

/**
 * How many messages a queue holds by state; exact at the moment it was taken.
 *
 * @param active receivable now
 * @param inactive received and hidden until their visibility timeout ends
 * @param delayed not yet visible for the first time
 */
public record QueueStatistics(long active, long inactive, long delayed) {

    /** An empty queue's. */
    public static final QueueStatistics EMPTY = new QueueStatistics(0, 0, 0);

    /** Both together, for a queue that is served in several parts. */
    public QueueStatistics plus(QueueStatistics other) {
        return new QueueStatistics(active + other.active, inactive + other.inactive, delayed + other.delayed);
    }
}
