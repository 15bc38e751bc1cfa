package io.bida.sdk;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalInt;

/**
 * A message to send.
 *
 * @param base64 whether the library encodes the body before it sends it, which is the libraries' habit; otherwise the
 *     body travels as it is
 */
public record OutgoingMessage(String body, boolean base64, OptionalInt priority, OptionalInt delaySeconds) {

    /** A message whose body travels in base64. */
    public static OutgoingMessage aMessage(String body) {
        return new OutgoingMessage(body, true, OptionalInt.empty(), OptionalInt.empty());
    }

    /** A message whose body travels as it is. */
    public static OutgoingMessage aRawMessage(String body) {
        return new OutgoingMessage(body, false, OptionalInt.empty(), OptionalInt.empty());
    }

    public OutgoingMessage withPriority(int value) {
        return new OutgoingMessage(body, base64, OptionalInt.of(value), delaySeconds);
    }

    public OutgoingMessage delayedBySeconds(int seconds) {
        return new OutgoingMessage(body, base64, priority, OptionalInt.of(seconds));
    }

    /** The body as the server sees it. */
    public String transmittedBody() {
        return base64 ? Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)) : body;
    }
}
