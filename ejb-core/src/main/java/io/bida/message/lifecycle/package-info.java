/**
 * The rules of a message's life in plain Java: which message is next, which are hidden, until when.
 *
 * <p>Not here: containers, caches, clocks, logging; whoever calls passes the time. Nothing here is thread-safe: one
 * {@link io.bida.message.lifecycle.DeliveryOrder} belongs to one partition and is used by one thread at a time. Start
 * reading at {@link io.bida.message.lifecycle.DeliveryOrder}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.message.lifecycle;
