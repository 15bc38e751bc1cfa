package io.bida.topic;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** The topic has no subscription of this name. Becomes {@link ErrorCode#SUBSCRIPTION_NOT_EXIST}. */
public final class SubscriptionNotExistException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public SubscriptionNotExistException() {
        super(ErrorCode.SUBSCRIPTION_NOT_EXIST);
    }
}
