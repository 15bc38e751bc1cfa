package io.bida.account;

/** A sealed secret does not open: it was altered, belongs elsewhere, or was sealed with another key. */
public final class BrokenSealException extends Exception {

    private static final long serialVersionUID = 1L;

    BrokenSealException(String reason) {
        super(reason);
    }

    BrokenSealException(Throwable cause) {
        super(cause);
    }
}
