package io.bida.error;

/** A refusal by another node, passed on as it was. */
public final class RelayedException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** The refusal with this code and text. */
    public RelayedException(ErrorCode code, String message) {
        super(code, message);
    }
}
