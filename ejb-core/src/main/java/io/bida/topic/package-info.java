/**
 * Topics: publish once, arrive at every subscription.
 *
 * <p>A subscription is a hidden queue ({@link io.bida.queue.HiddenQueues}) that gets a copy of each message its filter
 * lets through; publishing is acknowledged when every copy is as durable as a message sent to a queue. Not here: how
 * the copies get to their endpoints ({@code io.bida.notify}). Start reading at {@link io.bida.topic.PublishService}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.topic;
