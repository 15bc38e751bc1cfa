package io.bida.drill.load;

import java.time.Duration;

/**
 * How much a drill does, and at what pace.
 *
 * @param visibilityTimeout of the queues, in whole seconds; at least 3 s, so that a second change is noticed
 * @param longestDelay of a message, in whole seconds, at least 1 s
 * @param pinnedPerNode senders that stay with one node
 * @param retrying senders that try a second node
 * @param bulk senders of batches
 * @param receivers of the busy queue
 * @param drainers receivers in the drain
 * @param pause between two sends of one sender
 * @param think between two receives of one receiver
 * @param backlog messages of the bulk senders that may wait
 * @param patience how long a retrying sender waits for an answer; all others wait three times as long
 */
public record Workload(
        Duration visibilityTimeout,
        Duration longestDelay,
        int pinnedPerNode,
        int retrying,
        int bulk,
        int receivers,
        int drainers,
        Duration pause,
        Duration think,
        int backlog,
        Duration patience) {

    /** For real servers that share two cores with the clients: some hundred messages a second. */
    public static Workload forServers() {
        return new Workload(
                Duration.ofSeconds(4),
                Duration.ofSeconds(4),
                2,
                2,
                2,
                4,
                6,
                Duration.ofMillis(20),
                Duration.ofMillis(2),
                4_000,
                Duration.ofSeconds(5));
    }

    /** For the model: enough to meet every mistake in half a minute of its time. */
    public static Workload forModel() {
        return new Workload(
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                1,
                1,
                1,
                3,
                3,
                Duration.ofMillis(40),
                Duration.ofMillis(25),
                500,
                Duration.ofSeconds(2));
    }
}
