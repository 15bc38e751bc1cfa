package io.bida.topic;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/** Nothing can be delivered to the endpoint named. Becomes {@link ErrorCode#ENDPOINT_INVALID}. */
public final class InvalidEndpointException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** States why, in words that end the sentence "The endpoint you provided is invalid: …". */
    public InvalidEndpointException(String reason) {
        super(ErrorCode.ENDPOINT_INVALID, new Object[] {reason});
    }
}
