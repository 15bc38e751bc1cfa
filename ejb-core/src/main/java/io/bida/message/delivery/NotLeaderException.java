package io.bida.message.delivery;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/**
 * This node does not lead the partition (any more); who asked should ask the node that does. Nothing was done. Becomes
 * {@link ErrorCode#SERVICE_UNAVAILABLE} if it ever reaches a client.
 */
final class NotLeaderException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    NotLeaderException() {
        super(ErrorCode.SERVICE_UNAVAILABLE, new Object[] {"another node is taking over the queue"});
    }
}
