package io.bida.topic;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** The account has no topic of this name. Becomes {@link ErrorCode#TOPIC_NOT_EXIST}. */
public final class TopicNotExistException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public TopicNotExistException() {
        super(ErrorCode.TOPIC_NOT_EXIST);
    }
}
