package io.bida.benchmark;

import java.util.List;

/**
 * One thing to measure: a scenario, by how many connections, with how many messages per request, over how long a queue.
 *
 * @param scenario what each connection does
 * @param connections how many connections, each with one request under way at a time; 1 to 10,000
 * @param batch messages per request, 1 to 16. Source: BatchSendMessage, API 2015-06-06
 * @param backlog messages waiting in the queue before it begins; 0 or more
 */
record LoadCase(Scenario scenario, int connections, int batch, int backlog) {

    /** Own choice: more blocking threads than this measure the client. */
    static final int MOST_CONNECTIONS = 10_000;

    /** Source: BatchSendMessage, API 2015-06-06. */
    static final int LARGEST_BATCH = 16;

    LoadCase {
        require(connections >= 1 && connections <= MOST_CONNECTIONS, "connections are 1 to 10000, not " + connections);
        require(batch >= 1 && batch <= LARGEST_BATCH, "a batch has 1 to 16 messages, not " + batch);
        require(backlog >= 0, "a backlog has 0 messages or more, not " + backlog);
    }

    /** The case written as {@code scenario:connections[:batch[:backlog]]}, such as {@code produce:32:16}. */
    static LoadCase parse(String text) {
        List<String> parts = List.of(text.split(":", -1));
        require(
                parts.size() >= 2 && parts.size() <= 4,
                "a case is scenario:connections[:batch[:backlog]], not " + text);
        return new LoadCase(
                Scenario.of(parts.get(0)),
                Integer.parseInt(parts.get(1)),
                parts.size() > 2 ? Integer.parseInt(parts.get(2)) : 1,
                parts.size() > 3 ? Integer.parseInt(parts.get(3)) : 0);
    }

    /** The same case in the form that {@link #parse} reads. */
    String label() {
        return scenario.label() + ":" + connections + ":" + batch + ":" + backlog;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
