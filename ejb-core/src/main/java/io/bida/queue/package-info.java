/**
 * A named queue: its name, its settings, who owns it, and the counts of what it holds.
 *
 * <p>Not here: messages ({@code io.bida.message}). Start reading at {@link io.bida.queue.QueueService}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.queue;
