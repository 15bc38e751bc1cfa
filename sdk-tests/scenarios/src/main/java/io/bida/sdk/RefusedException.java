package io.bida.sdk;

import java.util.Map;

/** A call that a library ended with an exception, and what its caller could read from that. */
public final class RefusedException extends Exception {

    private final String code;
    private final String requestId;
    private final String exception;
    private final Map<String, String> refusedHandles;

    /**
     * A refusal as the caller of the library saw it.
     *
     * @param cause what the library threw
     * @param code the error code that the library read; empty if it read none
     * @param requestId the request id that the library read; empty if it read none
     * @param refusedHandles for a batch delete: receipt handle to error code; otherwise empty
     */
    public RefusedException(Throwable cause, String code, String requestId, Map<String, String> refusedHandles) {
        super(cause.toString(), cause);
        this.code = code;
        this.requestId = requestId;
        this.exception = cause.getClass().getSimpleName();
        this.refusedHandles = Map.copyOf(refusedHandles);
    }

    public String code() {
        return code;
    }

    public String requestId() {
        return requestId;
    }

    /** The simple name of the library's exception class. */
    public String exception() {
        return exception;
    }

    /** Receipt handle to error code of the messages that a batch delete left; empty for any other call. */
    public Map<String, String> refusedHandles() {
        return refusedHandles;
    }
}
