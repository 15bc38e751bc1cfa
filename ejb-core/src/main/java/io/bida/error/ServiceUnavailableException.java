package io.bida.error;

/**
 * The service cannot keep its promise just now; the client should try again. Becomes
 * {@link ErrorCode#SERVICE_UNAVAILABLE}.
 *
 * <p>For a send this means <em>unknown</em>, not "never stored": the message may have been written before the failure.
 */
public final class ServiceUnavailableException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** Refuses with the reason in words a client may read, without a final full stop. */
    public ServiceUnavailableException(String reason) {
        super(ErrorCode.SERVICE_UNAVAILABLE, new Object[] {reason});
    }
}
