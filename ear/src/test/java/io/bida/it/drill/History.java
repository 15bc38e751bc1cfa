package io.bida.it.drill;

import java.time.Duration;
import java.util.List;

/**
 * What all clients of a drill did and saw, on one clock ({@link System#nanoTime}).
 *
 * @param visibilityTimeout of the queue, the same all the time
 * @param sends every message sent, those of a batch one by one
 * @param receptions every message that came with a receive that was answered
 * @param deletes every handle given to a delete, those of a batch one by one
 * @param outages from before a kill until the server served again
 * @param drainBegin when the last load had ended and everything left was to be received
 */
record History(
        Duration visibilityTimeout,
        List<Send> sends,
        List<Reception> receptions,
        List<Delete> deletes,
        List<Outage> outages,
        long drainBegin) {

    History {
        sends = List.copyOf(sends);
        receptions = List.copyOf(receptions);
        deletes = List.copyOf(deletes);
        outages = List.copyOf(outages);
    }

    /**
     * A message sent.
     *
     * @param payloadId our unique id, inside the body
     * @param messageId what the server called it; empty unless the outcome is OK
     * @param delay its own delay
     * @param begin before the first byte went out
     */
    record Send(String payloadId, String messageId, Duration delay, Outcome outcome, long begin) {}

    /**
     * A message received.
     *
     * @param payloadId our id from the body; empty if the body was altered
     * @param digestRight whether MessageBodyMD5 is that of the body
     * @param dequeueCount what the server says, 1 or more
     * @param begin before the receive went out
     * @param end after its answer was read
     */
    record Reception(String payloadId, String messageId, boolean digestRight, int dequeueCount, long begin, long end) {}

    /**
     * A handle given to a delete.
     *
     * @param payloadId the message whose reception gave the handle
     * @param altered whether the handle was changed before it was sent
     * @param receivedEnd when the reception that gave the handle had been read
     * @param begin before the delete went out
     * @param end after its answer was read, or it failed
     */
    record Delete(String payloadId, boolean altered, Outcome outcome, long receivedEnd, long begin, long end) {}

    /** A time during which the server was dead or starting. */
    record Outage(long begin, long end) {}
}
