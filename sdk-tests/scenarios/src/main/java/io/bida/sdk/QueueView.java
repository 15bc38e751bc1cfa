package io.bida.sdk;

import java.time.Instant;

/**
 * A queue's attributes as a library read them from an answer.
 *
 * @param activeMessages receivable messages
 * @param inactiveMessages received and hidden messages
 * @param delayMessages messages not yet due
 */
public record QueueView(
        String name,
        QueueSettings settings,
        Instant createdAt,
        Instant modifiedAt,
        long activeMessages,
        long inactiveMessages,
        long delayMessages) {}
