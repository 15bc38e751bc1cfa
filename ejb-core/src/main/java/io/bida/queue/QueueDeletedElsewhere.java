package io.bida.queue;

/**
 * CDI event, fired when this node learns that another one has deleted a queue: observers drop what they hold of it.
 *
 * @param queue as it was
 */
public record QueueDeletedElsewhere(Queue queue) {}
