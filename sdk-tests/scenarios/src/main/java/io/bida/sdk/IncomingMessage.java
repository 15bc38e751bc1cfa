package io.bida.sdk;

import java.time.Instant;
import java.util.Optional;

/**
 * A received or peeked message as a library gives it.
 *
 * @param transmittedBody the body as it travelled
 * @param decodedBody the body after the library decoded it from base64
 * @param receiptHandle not of a peeked message
 * @param nextVisibleAt not of a peeked message
 */
public record IncomingMessage(
        String id,
        String bodyMD5,
        String transmittedBody,
        String decodedBody,
        Optional<String> receiptHandle,
        Instant enqueuedAt,
        Optional<Instant> nextVisibleAt,
        Instant firstDequeuedAt,
        int dequeueCount,
        int priority) {

    /** The handle of a received message. */
    public String handle() {
        return receiptHandle.orElseThrow();
    }

    /** The body in the form in which {@code sent} was given to the library. */
    public String bodyLike(OutgoingMessage sent) {
        return sent.base64() ? decodedBody : transmittedBody;
    }
}
