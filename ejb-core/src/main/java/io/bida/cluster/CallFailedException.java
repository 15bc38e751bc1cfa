package io.bida.cluster;

/** A call to another node had no answer. Whether the other node did what was asked is not known. */
public final class CallFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** No answer of this node, for this reason. */
    public CallFailedException(ClusterNode to, String reason) {
        super("no answer of node " + to + ": " + reason);
    }
}
