package io.bida.topic;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** A topic name has a character it must not have. Becomes {@link ErrorCode#TOPIC_NAME_INVALID}. */
public final class InvalidTopicNameException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public InvalidTopicNameException() {
        super(ErrorCode.TOPIC_NAME_INVALID);
    }
}
