/**
 * The URL of a queue's messages, {@code /queues/{queue}/messages}: sending, receiving, peeking, changing visibility,
 * deleting. Start reading at {@link io.bida.api.message.MessagesResource}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.api.message;
