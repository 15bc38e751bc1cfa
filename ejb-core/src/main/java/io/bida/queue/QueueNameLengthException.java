package io.bida.queue;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** A queue name is empty or too long. Becomes {@link ErrorCode#QUEUE_NAME_LENGTH_ERROR}. */
public final class QueueNameLengthException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public QueueNameLengthException() {
        super(ErrorCode.QUEUE_NAME_LENGTH_ERROR);
    }
}
