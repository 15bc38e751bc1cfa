package io.bida.api.signature;

import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;

/**
 * The signature is not the one the key's holder would have made. Becomes {@link ErrorCode#SIGNATURE_DOES_NOT_MATCH}.
 *
 * <p>Carries what the server signed, so that whoever writes a client can compare: it is made of the request alone and
 * holds nothing of the secret.
 */
public final class SignatureDoesNotMatchException extends ServiceException {

    private static final long serialVersionUID = 1L;

    private final String stringToSign;

    /** States the fact. */
    public SignatureDoesNotMatchException(String stringToSign) {
        super(ErrorCode.SIGNATURE_DOES_NOT_MATCH);
        this.stringToSign = stringToSign;
    }

    /** The text over which the server computed its signature. */
    public String stringToSign() {
        return stringToSign;
    }
}
