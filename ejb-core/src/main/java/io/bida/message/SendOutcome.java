package io.bida.message;

import io.bida.error.ServiceException;

/** What became of one entry of a batch of sends. */
public sealed interface SendOutcome {

    /** It is stored. */
    record Sent(SentMessage message) implements SendOutcome {}

    /** It was refused, or its fate is unknown (a 5xx code). */
    record Failed(ServiceException reason) implements SendOutcome {}
}
