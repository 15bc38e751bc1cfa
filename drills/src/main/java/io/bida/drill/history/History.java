package io.bida.drill.history;

import java.time.Duration;
import java.util.List;

/**
 * What all clients of a drill did and saw, on one clock in nanoseconds.
 *
 * @param visibilityTimeout of all queues, the same all the time
 * @param sends every message sent, those of a batch one by one
 * @param receptions every message that came with a receive that was answered
 * @param deletes every handle given to a delete, those of a batch one by one
 * @param changes every change of a visibility timeout
 * @param polls every receive that brought nothing: empty, or of unknown outcome
 * @param windows the declared times of disturbance: from before a fault until all was well again
 * @param counts what the service said how many messages there are, once that no longer changed
 * @param orders in which order messages of different priority came to one receiver with nobody else about
 * @param drainBegin when the last load had ended and everything left was to be received
 */
public record History(
        Duration visibilityTimeout,
        List<Send> sends,
        List<Reception> receptions,
        List<Delete> deletes,
        List<Change> changes,
        List<Poll> polls,
        List<Window> windows,
        List<Count> counts,
        List<Order> orders,
        long drainBegin) {

    public History {
        sends = List.copyOf(sends);
        receptions = List.copyOf(receptions);
        deletes = List.copyOf(deletes);
        changes = List.copyOf(changes);
        polls = List.copyOf(polls);
        windows = List.copyOf(windows);
        counts = List.copyOf(counts);
        orders = List.copyOf(orders);
    }

    /** What a sender is there for. */
    public enum Role {
        /** Tries one node only, all the time: shows how long that node takes nothing. */
        PINNED,
        /** Tries a second node when the first does not take a message: what a reasonable client notices. */
        RETRYING,
        /** The second try of such a sender, at another node; it makes no third. */
        RETRY,
        /** Sends now and then to a queue whose receivers wait. */
        SPARSE,
        /** Fills the queues. */
        BULK
    }

    /**
     * A message sent, once: a repeated send is another message with another id of ours.
     *
     * @param payloadId our unique id, inside the body
     * @param messageId what the server called it; empty unless the outcome is OK
     * @param node the node asked
     * @param delay its own delay
     * @param begin before the first byte went out
     * @param end after the answer was read, or the call failed
     */
    public record Send(
            String queue,
            String payloadId,
            String messageId,
            Role role,
            String node,
            Duration delay,
            Outcome outcome,
            long begin,
            long end) {}

    /**
     * A message received.
     *
     * @param payloadId our id from the body; empty if the body was altered
     * @param node the node asked
     * @param digestRight whether MessageBodyMD5 is that of the body
     * @param dequeueCount what the server says, 1 or more
     * @param begin before the receive went out
     * @param end after its answer was read
     */
    public record Reception(
            String payloadId,
            String messageId,
            String node,
            boolean digestRight,
            int dequeueCount,
            long begin,
            long end) {}

    /**
     * A handle given to a delete.
     *
     * @param payloadId the message whose reception gave the handle
     * @param altered whether the handle was changed before it was sent
     * @param receivedBegin before the receive that gave the handle went out
     * @param receivedEnd when its answer had been read
     * @param begin before the delete went out
     * @param end after its answer was read, or it failed
     */
    public record Delete(
            String payloadId,
            String node,
            boolean altered,
            Outcome outcome,
            long receivedBegin,
            long receivedEnd,
            long begin,
            long end) {}

    /**
     * A change of the visibility timeout of a received message.
     *
     * @param receivedBegin before the receive that gave the handle went out
     * @param timeout counted from the change
     */
    public record Change(
            String payloadId, Duration timeout, Outcome outcome, long receivedBegin, long begin, long end) {}

    /**
     * A receive that brought nothing.
     *
     * @param outcome OK: the server said that there was nothing; INFO: nobody knows what it may have handed out; FAIL:
     *     it was refused
     */
    public record Poll(String queue, String node, Outcome outcome, long begin, long end) {}

    /**
     * A declared time of disturbance.
     *
     * @param clockOff how far from the right time a node's clock was at most
     */
    public record Window(String fault, long begin, long end, Duration clockOff) {

        /** One in which all clocks are right. */
        public Window(String fault, long begin, long end) {
            this(fault, begin, end, Duration.ZERO);
        }

        boolean touches(long from, long to) {
            return begin <= to && end >= from;
        }
    }

    /**
     * How many messages there are by one node.
     *
     * @param drained whether everything had been received and deleted before
     */
    public record Count(String queue, String node, boolean drained, long active, long inactive, long delayed, long at) {

        long total() {
            return active + inactive + delayed;
        }
    }

    /**
     * The priorities of messages in the order in which they came.
     *
     * @param strict whether the queue keeps one order; otherwise it keeps one in each of its partitions
     */
    public record Order(String queue, boolean strict, List<Integer> priorities) {

        public Order {
            priorities = List.copyOf(priorities);
        }
    }
}
