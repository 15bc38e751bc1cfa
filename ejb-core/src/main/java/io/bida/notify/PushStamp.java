package io.bida.notify;

import java.net.URI;
import java.time.Instant;

/**
 * What a push says about itself beside the message.
 *
 * @param date when it is sent, whole seconds on the wire
 * @param requestId 24 hex digits, new for each try
 * @param certificate where receivers fetch the certificate to check the signature with
 */
public record PushStamp(Instant date, String requestId, URI certificate) {}
