package io.bida.sdk;

/** A kind of call, as far as a library chooses its exception class by it. */
public enum Operation {
    /** Anything about queues or accounts, sending, and changing visibility. */
    OTHER,
    /** Receiving and peeking, single or batch. */
    RECEIVE,
    /** Deleting one message. */
    DELETE,
    /** Deleting several messages, of which some were not deleted. */
    DELETE_BATCH
}
