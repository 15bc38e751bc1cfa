package io.bida.topic;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** The topic has as many subscriptions as it may have. Becomes {@link ErrorCode#SUBSCRIPTION_NUM_EXCEEDED_LIMIT}. */
public final class SubscriptionNumExceededLimitException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact, with the most subscriptions it may have. */
    public SubscriptionNumExceededLimitException(int limit) {
        super(ErrorCode.SUBSCRIPTION_NUM_EXCEEDED_LIMIT, new Object[] {limit});
    }
}
