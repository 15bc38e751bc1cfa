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
 * @param bodyMd5 upper-case hex MD5 of the body
 * @param answer completed when the message is kept, or when its fate is unknown
 */
record Outgoing(
        NewMessage message,
        int delaySeconds,
        int retentionSeconds,
        String bodyMd5,
        CompletableFuture<SentMessage> answer) {

    /** Reckons the digest here, on the sender's thread, because the mailbox works for everybody. */
    Outgoing(NewMessage message, int delaySeconds, int retentionSeconds) {
        this(message, delaySeconds, retentionSeconds, message.body().md5(), new CompletableFuture<>());
    }

    /** The same message, whose answer completes by itself. */
    Outgoing again() {
        return new Outgoing(message, delaySeconds, retentionSeconds, bodyMd5, new CompletableFuture<>());
    }

    boolean isDelayed() {
        return delaySeconds > 0;
    }

    /** Whether both may be written in one bundle: delayed messages are bundled apart from immediate ones. */
    boolean fits(Outgoing other) {
        return isDelayed() == other.isDelayed() && retentionSeconds == other.retentionSeconds;
    }
}
