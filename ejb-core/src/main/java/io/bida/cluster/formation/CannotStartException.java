package io.bida.cluster.formation;

/** This node must not take part with the data it has; the message tells the operator why and what to do. */
public final class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** For this reason. */
    public CannotStartException(String reason) {
        super(reason);
    }

    /** For this reason, which came from below. */
    public CannotStartException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
