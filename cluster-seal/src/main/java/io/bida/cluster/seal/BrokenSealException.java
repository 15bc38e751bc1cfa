package io.bida.cluster.seal;

/**
 * Bytes that this cluster's secret does not open here, or that were opened before; the text says which, for the log.
 */
final class BrokenSealException extends Exception {

    BrokenSealException(String message) {
        super(message);
    }

    BrokenSealException(String message, Throwable cause) {
        super(message, cause);
    }
}
