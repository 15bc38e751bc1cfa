package io.bida.topic;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/**
 * The topic has a subscription of this name with other attributes. Becomes
 * {@link ErrorCode#SUBSCRIPTION_ALREADY_EXIST}.
 */
public final class SubscriptionAlreadyExistException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public SubscriptionAlreadyExistException() {
        super(ErrorCode.SUBSCRIPTION_ALREADY_EXIST);
    }
}
