package io.bida.message.delivery;

/** What one node can ask another to do with its part of a queue. */
enum QueueOperation {
    /** New messages → an outcome for each. */
    SEND(1),
    /** Most messages, visibility in milliseconds, whether somebody waits → messages, possibly none. */
    PULL(2),
    /** Nothing → nothing: there may be something for those who wait. */
    HINT(3),
    /** Handles → an outcome for each. */
    DELETE(4),
    /** Handle, visibility in milliseconds → the new handle. */
    CHANGE_VISIBILITY(5),
    /** Most messages → messages, possibly none. */
    PEEK(6),
    /** Ids of queues → the counts of each that is known there. Of no single queue. */
    COUNT(7),
    /** Partition, bundle → nothing. */
    ADOPT(8),
    /** Whether the disk of the node that asks is nearly full → nothing. Of no single queue. */
    DISK(9),
    /** Partition, bundle → nothing. */
    CHANGED(10);

    private final byte code;

    QueueOperation(int code) {
        this.code = (byte) code;
    }

    /** What stands for it in a call; part of the form. */
    byte code() {
        return code;
    }

    /** The operation with this code; fails if there is none. */
    static QueueOperation of(byte code) {
        for (QueueOperation operation : values()) {
            if (operation.code == code) {
                return operation;
            }
        }
        throw new IllegalArgumentException("operation " + code + ", which this release does not know");
    }
}
