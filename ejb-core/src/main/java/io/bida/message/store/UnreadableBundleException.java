package io.bida.message.store;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/**
 * A bundle, or its delivery state, is stored and cannot be read: it is damaged, or of a later release. Its bytes stay
 * where they are. Becomes {@link ErrorCode#SERVICE_UNAVAILABLE}.
 */
public final class UnreadableBundleException extends ServiceException {

    private static final long serialVersionUID = 1L;

    private final String found;

    /** The bundle under this key, and what was wrong with its bytes. */
    public UnreadableBundleException(BundleKey key, RuntimeException found) {
        super(ErrorCode.SERVICE_UNAVAILABLE, new Object[] {"the message is stored but cannot be read"});
        this.found = key + ": " + found;
    }

    /** Which bundle and what was wrong with it, for the log. */
    public String found() {
        return found;
    }
}
