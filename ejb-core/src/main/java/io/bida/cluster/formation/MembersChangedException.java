package io.bida.cluster.formation;

/** An epoch with other members was confirmed than the one that was waited for. */
public final class MembersChangedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MembersChangedException(Epoch confirmed) {
        super("epoch " + confirmed + " was confirmed");
    }
}
