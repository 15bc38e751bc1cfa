package io.bida.topic;

/**
 * In which form a message is delivered.
 *
 * <p>Source: wire specification 8.3, 10.3, API 2015-06-06. Names are those of the wire and of the stored rows.
 */
public enum NotifyContentFormat {
    /** A document with the message and what belongs to it; the default. */
    XML,
    /** The same as one JSON object. */
    JSON,
    /** The body alone, byte for byte. */
    SIMPLIFIED
}
