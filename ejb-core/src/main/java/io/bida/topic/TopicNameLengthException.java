package io.bida.topic;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** A topic name is empty or too long. Becomes {@link ErrorCode#TOPIC_NAME_LENGTH_ERROR}. */
public final class TopicNameLengthException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States the fact. */
    public TopicNameLengthException() {
        super(ErrorCode.TOPIC_NAME_LENGTH_ERROR);
    }
}
