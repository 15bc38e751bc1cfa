package io.bida.queue;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** A queue name has a character it must not have. Becomes {@link ErrorCode#INVALID_QUEUE_NAME}. */
public final class InvalidQueueNameException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public InvalidQueueNameException() {
        super(ErrorCode.INVALID_QUEUE_NAME);
    }
}
