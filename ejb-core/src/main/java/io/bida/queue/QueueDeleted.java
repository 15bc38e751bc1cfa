package io.bida.queue;

/**
 * CDI event, fired within the transaction that deletes a queue: observers drop what they hold of it after the commit.
 *
 * @param queue as it was
 */
public record QueueDeleted(Queue queue) {}
