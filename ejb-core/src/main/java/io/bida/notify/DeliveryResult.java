package io.bida.notify;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How one try of one delivery ended.
 *
 * @param outcome whether it succeeded, and if not, at what it failed
 * @param status what an HTTP endpoint answered, 200 to 599; empty if it answered nothing or is of another kind
 * @param text the first 1 KiB of the answer's body, or in a few words what went wrong; as a stranger wrote it, so to be
 *     escaped where it is shown, and never logged
 * @param latency from the beginning of the try to its end
 */
public record DeliveryResult(Outcome outcome, OptionalInt status, String text, Duration latency) {

    /** At what a try ends. */
    public enum Outcome {
        /** The endpoint has accepted the message. */
        ACCEPTED,
        /** The endpoint answered with a status outside 200 to 299; redirects are not followed. */
        STATUS,
        /** The time was over before the endpoint answered. */
        TIMEOUT,
        /** No connection was made to any of its addresses. */
        REFUSED,
        /** There is no way to any of its addresses. */
        UNREACHABLE,
        /** Its name has no address, as far as the name service says. */
        UNKNOWN_HOST,
        /** Its address or port is one that is not pushed to: {@link AddressPolicy}. */
        FORBIDDEN_ADDRESS,
        /** No trusted connection: an unknown, expired or wrong certificate, or no TLS at all. */
        TLS,
        /** The connection was closed or reset before the endpoint answered. */
        RESET,
        /** What came back is no HTTP answer, or one beyond all measure. */
        NOT_HTTP,
        /** The endpoint is a queue that does not exist. */
        NO_QUEUE,
        /** The endpoint is a queue, and the service could not keep the message in it. */
        QUEUE_REFUSED,
        /** This server does not deliver to endpoints of this kind any more. */
        NOT_CONFIGURED,
        /** This node stops. */
        STOPPED,
        /** This node failed at something that is none of the above. */
        FAULT;

        /** Whether it says nothing of the endpoint: then no message is given up for it. */
        boolean isOurs() {
            return switch (this) {
                case QUEUE_REFUSED, NOT_CONFIGURED, STOPPED, FAULT -> true;
                default -> false;
            };
        }
    }

    /** An answer of an HTTP endpoint. */
    static DeliveryResult answered(int status, String text, Duration latency) {
        Outcome outcome = status >= 200 && status <= 299 ? Outcome.ACCEPTED : Outcome.STATUS;
        return new DeliveryResult(outcome, OptionalInt.of(status), text, latency);
    }

    /** The end of a try without an answer. */
    static DeliveryResult failed(Outcome outcome, String reason, Duration latency) {
        return new DeliveryResult(outcome, OptionalInt.empty(), reason, latency);
    }

    /** Whether the message is delivered. */
    public boolean isSuccess() {
        return outcome == Outcome.ACCEPTED;
    }
}
