package io.bida.benchmark;

import java.util.Locale;

/** What each connection does in its closed loop: the next request goes out when the answer to the last one is in. */
enum Scenario {

    /** POSTs the bytes of a send to the ceiling WAR: unsigned, and nothing happens there. */
    CEILING,

    /** Sends. */
    PRODUCE,

    /** Receives and deletes what it received, until the queue is empty or the time is over. */
    CONSUME,

    /** Every second connection, the first one included, sends; the others receive and delete. */
    MIXED,

    /**
     * Sends, receives and deletes in turn, so that each message's whole life is paid for and the queue keeps its size.
     */
    LIFE;

    /** Its name as it is written on the command line. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scenario with this label. */
    static Scenario of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
