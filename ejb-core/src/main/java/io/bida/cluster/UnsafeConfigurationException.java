package io.bida.cluster;

/** With what is configured the cluster could not keep what it acknowledges; the text says what it is and what helps. */
public final class UnsafeConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** This is wrong, and that helps. */
    public UnsafeConfigurationException(String wrong, String help) {
        super(wrong + "; " + help);
    }
}
