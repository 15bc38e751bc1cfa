package io.bida.topic;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** A subscription name is empty or too long. Becomes {@link ErrorCode#SUBSCRIPTION_NAME_LENGTH_ERROR}. */
public final class SubscriptionNameLengthException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public SubscriptionNameLengthException() {
        super(ErrorCode.SUBSCRIPTION_NAME_LENGTH_ERROR);
    }
}
