package io.bida.benchmark;

import java.util.Locale;

/** One kind of request whose latencies are kept apart. */
enum Operation {

    /** The empty POST to the ceiling WAR. */
    CEILING,

    /** SendMessage or BatchSendMessage. */
    SEND,

    /** ReceiveMessage or BatchReceiveMessage, without waiting. */
    RECEIVE,

    /** DeleteMessage or BatchDeleteMessage. */
    DELETE;

    /** Its name in tables and in the JSON file. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
