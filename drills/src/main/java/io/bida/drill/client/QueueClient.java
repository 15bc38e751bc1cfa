package io.bida.drill.client;

import io.bida.drill.history.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One client of one node, which may die at any moment. No method repeats a call or throws because of what the node
 * does. Not for use by several threads.
 */
public interface QueueClient extends AutoCloseable {

    /** The name of the node asked. */
    String node();

    /** Creates a queue, or leaves an equal one as it is. */
    Call createQueue(String queue, Duration visibilityTimeout);

    /** Sends one message. */
    Sent send(String queue, Message message);

    /** Sends up to 16 messages in one call. */
    Sent sendBatch(String queue, List<Message> messages);

    /**
     * Receives.
     *
     * @param upTo 1 to 16
     * @param wait how long to wait for a first message, in whole seconds
     */
    Received receive(String queue, int upTo, Duration wait);

    Call delete(String queue, String handle);

    /** Deletes up to 16 messages in one call; gives what became of each. */
    Deleted deleteBatch(String queue, List<String> handles);

    Changed changeVisibility(String queue, String handle, Duration timeout);

    /** How many messages there are; empty if there was no answer. */
    Optional<Counts> counts(String queue);

    @Override
    void close();

    /**
     * A message to send.
     *
     * @param priority 1, the most urgent, to 16; anything else is refused
     * @param delay in whole seconds
     */
    record Message(String body, int priority, Duration delay) {}

    /**
     * What came of a call.
     *
     * @param status of HTTP; 0 if there was no answer
     * @param begin before the first byte went out
     * @param end after the answer was read, or the call failed
     */
    record Call(Outcome outcome, int status, long begin, long end) {

        /** Whether a reasonable client now tries another node: the node is gone, does not answer or says 5xx. */
        public boolean isWorthARetryElsewhere() {
            return status == 0 || status >= 500;
        }
    }

    /** A send's answer, message by message. */
    record Sent(Call call, List<Entry> entries) {

        public Sent {
            entries = List.copyOf(entries);
        }

        /** What became of one message; its id is empty unless the outcome is OK. */
        public record Entry(Outcome outcome, String messageId) {}
    }

    /**
     * A receive's answer.
     *
     * @param empty whether the node said that there is nothing
     */
    record Received(Call call, boolean empty, List<Item> items) {

        public Received {
            items = List.copyOf(items);
        }

        /** A message received. */
        public record Item(
                String messageId, String handle, String body, String bodyMd5, int dequeueCount, int priority) {}
    }

    /** A batch delete's answer, handle by handle. */
    record Deleted(Call call, List<Outcome> outcomes) {

        public Deleted {
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * A visibility change's answer.
     *
     * @param handle the one to use from now on; empty unless the outcome is OK
     */
    record Changed(Call call, String handle) {}

    /** How many messages are receivable, received and not yet visible. */
    record Counts(long active, long inactive, long delayed) {}
}
