package io.bida.message.delivery;

import io.bida.message.NewMessage;
import io.bida.message.SentMessage;
import java.util.concurrent.CompletableFuture;

/**
 * A message on its way into the store, and who waits for its acknowledgement.
 *
 * @param message as its sender handed it over
 * @param delaySeconds the delay in force, in seconds: 0 to 604800
 * @param retentionSeconds the queue's retention period when it was sent, in seconds
 * @param answer completed when the message is kept, or when its fate is unknown
 */
record Outgoing(NewMessage message, int delaySeconds, int retentionSeconds, CompletableFuture<SentMessage> answer) {

    Outgoing(NewMessage message, int delaySeconds, int retentionSeconds) {
        this(message, delaySeconds, retentionSeconds, new CompletableFuture<>());
    }

    boolean isDelayed() {
        return delaySeconds > 0;
    }

    /** Whether both may be written in one bundle: delayed messages are bundled apart from immediate ones. */
    boolean fits(Outgoing other) {
        return isDelayed() == other.isDelayed() && retentionSeconds == other.retentionSeconds;
    }
}
