package io.bida.message;

import java.time.Instant;

/**
 * A message as somebody sees it who only looks.
 *
 * @param id its name
 * @param body as sent
 * @param properties as sent
 * @param priority 1 to 16
 * @param enqueuedAt when it was accepted
 * @param firstDequeuedAt when it was received for the first time; {@code enqueuedAt} if never (wire specification 5.4)
 * @param dequeueCount how often it was received: from 0
 */
public record PeekedMessage(
        MessageId id,
        MessageBody body,
        MessageProperties properties,
        Priority priority,
        Instant enqueuedAt,
        Instant firstDequeuedAt,
        int dequeueCount) {}
