package io.bida.message;

import java.time.Instant;

/**
 * A message as a receiver gets it.
 *
 * @param id its name
 * @param receiptHandle proof of this receive
 * @param body as sent
 * @param properties as sent
 * @param priority 1 to 16
 * @param enqueuedAt when it was accepted
 * @param nextVisibleAt when it becomes receivable again unless deleted
 * @param firstDequeuedAt when it was received for the first time
 * @param dequeueCount how often it was received, this time included: from 1
 */
public record ReceivedMessage(
        MessageId id,
        ReceiptHandle receiptHandle,
        MessageBody body,
        MessageProperties properties,
        Priority priority,
        Instant enqueuedAt,
        Instant nextVisibleAt,
        Instant firstDequeuedAt,
        int dequeueCount) {}
