package io.bida.account;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/**
 * So many passwords are being checked that this one is not looked at, nor counted as a try. Becomes
 * {@link ErrorCode#SERVICE_UNAVAILABLE}.
 */
public final class TooManyTriesException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** Refuses. */
    public TooManyTriesException() {
        super(ErrorCode.SERVICE_UNAVAILABLE, new Object[] {"too many passwords are being checked; try again in a moment"
        });
    }
}
