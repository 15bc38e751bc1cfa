package io.bida.cluster.formation;

import java.nio.file.Path;

/** The record of the cluster could not be written; which form of it is on the disk is not known. */
final class RecordNotWrittenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RecordNotWrittenException(Path file, Exception cause) {
        super("cannot write " + file + ": " + cause.getMessage(), cause);
    }
}
