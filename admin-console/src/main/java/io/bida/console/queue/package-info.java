/**
 * The pages about queues: the list with its live counters, creating, deleting.
 *
 * <p>Not here: messages. Start reading at {@link io.bida.console.queue.QueueListPage}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.console.queue;
