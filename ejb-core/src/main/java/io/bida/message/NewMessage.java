package io.bida.message;

import java.util.OptionalInt;

/**
 * A message as its sender hands it over.
 *
 * @param body the body, not empty
 * @param priority 1 to 16
 * @param delaySeconds 0 to 604800; empty: the queue's delay
 * @param properties what it carries beside the body
 */
public record NewMessage(MessageBody body, Priority priority, OptionalInt delaySeconds, MessageProperties properties) {}
