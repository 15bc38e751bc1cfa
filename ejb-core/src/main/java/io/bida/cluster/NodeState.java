package io.bida.cluster;

import java.io.IOException;

/** What a node is doing, as an operator wants to know it. */
public enum NodeState {
    /** It has not opened its messages yet: it starts, or waits for the nodes that it needs to begin. */
    STARTING(1),
    /** It began beside nodes that serve, and receives its copies. */
    JOINING(2),
    /** It began together with others of which none served, and puts back what all had stored. */
    REPLAYING(3),
    /** It serves. */
    SERVING(4),
    /** It served and cannot at the moment: too few others, or the members are being agreed on. */
    STALLED(5),
    /** It said nothing in time, or is not reachable at all. Never what a node says of itself. */
    NOT_ANSWERING(6),
    /** It serves, and hands its copies and what it leads over to the others, because it stops. */
    LEAVING(7);

    private final byte code;

    NodeState(int code) {
        this.code = (byte) code;
    }

    /** Whether clients are served by it. */
    boolean serves() {
        return this == SERVING || this == LEAVING;
    }

    byte code() {
        return code;
    }

    static NodeState of(byte code) throws IOException {
        for (NodeState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IOException("no state of a node has code " + code);
    }
}
