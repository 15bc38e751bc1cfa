package io.bida.topic;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** The account has as many topics as it may have. Becomes {@link ErrorCode#TOPIC_NUM_EXCEEDED_LIMIT}. */
public final class TopicNumExceededLimitException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact, with the most topics it may have. */
    public TopicNumExceededLimitException(int limit) {
        super(ErrorCode.TOPIC_NUM_EXCEEDED_LIMIT, new Object[] {limit});
    }
}
