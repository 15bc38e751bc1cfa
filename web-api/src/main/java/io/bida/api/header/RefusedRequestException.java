package io.bida.api.header;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/**
 * A request that does not get as far as the core: its URL, query or headers are not acceptable.
 *
 * <p>One class for the codes that say all there is to say; a refusal with facts of its own has a class of its own.
 */
public final class RefusedRequestException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** Refuses with the code's text, filled in with the facts it asks for. */
    public RefusedRequestException(ErrorCode code, Object... facts) {
        super(code, facts);
    }

    /** The URL's path is none of ours (InvalidRequestURL). */
    public static RefusedRequestException invalidRequestURL() {
        return new RefusedRequestException(ErrorCode.INVALID_REQUEST_URL);
    }

    /** The query has an item that is unknown there, given twice or unreadable (InvalidQueryString). */
    public static RefusedRequestException invalidQueryString(String item) {
        return new RefusedRequestException(ErrorCode.INVALID_QUERY_STRING, item);
    }
}
