package io.bida.message;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/**
 * Nothing to receive, or the receipt handle's message is gone or no longer its holder's. Becomes
 * {@link ErrorCode#MESSAGE_NOT_EXIST}.
 */
public final class MessageNotExistException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public MessageNotExistException() {
        super(ErrorCode.MESSAGE_NOT_EXIST);
    }
}
