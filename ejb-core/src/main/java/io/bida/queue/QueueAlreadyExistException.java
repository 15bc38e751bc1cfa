package io.bida.queue;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** The account has a queue of this name with other attributes. Becomes {@link ErrorCode#QUEUE_ALREADY_EXIST}. */
public final class QueueAlreadyExistException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public QueueAlreadyExistException() {
        super(ErrorCode.QUEUE_ALREADY_EXIST);
    }
}
