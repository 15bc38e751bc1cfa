package io.bida.sdk;

import java.util.Optional;

/**
 * What a library says of a message it sent.
 *
 * @param receiptHandle only of a delayed message
 */
public record SentMessage(String id, String bodyMD5, Optional<String> receiptHandle) {}
