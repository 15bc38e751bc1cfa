package io.bida.topic;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** A subscription name has a character it must not have. Becomes {@link ErrorCode#SUBSCRIPTION_NAME_INVALID}. */
public final class InvalidSubscriptionNameException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public InvalidSubscriptionNameException() {
        super(ErrorCode.SUBSCRIPTION_NAME_INVALID);
    }
}
