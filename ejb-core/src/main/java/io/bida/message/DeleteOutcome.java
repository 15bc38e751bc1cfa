package io.bida.message;

import io.bida.error.ServiceException;

/** What became of one receipt handle of a batch of deletes. */
public sealed interface DeleteOutcome {

    /** The handle text as the client sent it. */
    String receiptHandle();

    /** The message is gone for good. */
    record Deleted(String receiptHandle) implements DeleteOutcome {}

    /** Nothing was deleted. */
    record Failed(String receiptHandle, ServiceException reason) implements DeleteOutcome {}
}
