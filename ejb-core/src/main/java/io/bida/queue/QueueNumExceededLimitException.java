package io.bida.queue;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** The account has as many queues as it may have. Becomes {@link ErrorCode#QUEUE_NUM_EXCEEDED_LIMIT}. */
public final class QueueNumExceededLimitException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact, with the most queues an account may have. */
    public QueueNumExceededLimitException(int limit) {
        super(ErrorCode.QUEUE_NUM_EXCEEDED_LIMIT, new Object[] {limit});
    }
}
