package io.bida.queue;

/**
 * A queue together with what it holds, for answers and pages.
 *
 * @param queue its name and settings
 * @param statistics its counts when asked
 */
public record QueueDescription(Queue queue, QueueStatistics statistics) {}
