package io.bida.queue;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** The account has no queue of this name. Becomes {@link ErrorCode#QUEUE_NOT_EXIST}. */
public final class QueueNotExistException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public QueueNotExistException() {
        super(ErrorCode.QUEUE_NOT_EXIST);
    }
}
