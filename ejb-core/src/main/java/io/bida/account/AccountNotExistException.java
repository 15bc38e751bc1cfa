package io.bida.account;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** There is no such account (any more). Becomes {@link ErrorCode#ACCESS_DENIED}. */
public final class AccountNotExistException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public AccountNotExistException() {
        super(ErrorCode.ACCESS_DENIED);
    }
}
