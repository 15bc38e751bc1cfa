package io.bida.error;

import jakarta.ejb.ApplicationException;

/**
 * A request that the service refuses, with the error code it answers.
 *
 * <p>Each code in use has a small named subclass in the package of the feature whose fact it states. Carries no stack
 * trace: a refusal is an answer, not a defect, and some are as frequent as successes (an empty receive).
 */
@ApplicationException(rollback = true)
public abstract class ServiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** A refusal whose text is the code's template, with the facts filled in. */
    protected ServiceException(ErrorCode code, Object... facts) {
        this(code, facts.length == 0 ? code.template() : String.format(code.template(), facts));
    }

    /** A refusal with a text of its own. */
    protected ServiceException(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** The error code this becomes on the wire. */
    public final ErrorCode code() {
        return code;
    }

    /** The text of the {@code Message} element; never null. */
    @Override
    public final String getMessage() {
        String message = super.getMessage();
        return message == null ? code.template() : message;
    }
}
