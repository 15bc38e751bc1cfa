package io.bida.account;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** The account has no such access key. Becomes {@link ErrorCode#INVALID_ACCESS_KEY_ID}. */
public final class AccessKeyNotExistException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public AccessKeyNotExistException() {
        super(ErrorCode.INVALID_ACCESS_KEY_ID);
    }
}
