package io.bida.topic;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** The account has a topic of this name with other attributes. Becomes {@link ErrorCode#TOPIC_ALREADY_EXIST}. */
public final class TopicAlreadyExistException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public TopicAlreadyExistException() {
        super(ErrorCode.TOPIC_ALREADY_EXIST);
    }
}
