package io.bida.topic;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** The endpoint is a queue of another account. Becomes {@link ErrorCode#ACCESS_DENIED}. */
public final class ForeignQueueException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public ForeignQueueException() {
        super(ErrorCode.ACCESS_DENIED);
    }
}
