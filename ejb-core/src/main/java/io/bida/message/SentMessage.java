package io.bida.message;

import java.util.Optional;

/**
 * The answer to an acknowledged send: the message is stored as durably as the service is set to.
 *
 * @param id its name from now on
 * @param bodyMd5 upper-case hex MD5 of the body
 * @param receiptHandle for a delayed message only: deletes it or changes its delay before anyone received it
 */
public record SentMessage(MessageId id, String bodyMd5, Optional<ReceiptHandle> receiptHandle) {}
