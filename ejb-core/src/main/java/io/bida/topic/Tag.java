package io.bida.topic;

import io.bida.error.InvalidArgumentException;

/**
 * A word that a message carries and by which a subscription chooses: a subscription with a tag gets the messages that
 * have an equal one, a subscription without gets all.
 *
 * <p>Source: wire specification 8.3, 8.6, API 2015-06-06.
 *
 * @param value 1 to 16 characters
 */
public record Tag(String value) {

    private static final int MAX_LENGTH = 16;

    /**
     * The tag with this text.
     *
     * @param element the name of what carries it, for the text of the refusal
     * @throws InvalidArgumentException if it is empty or too long (InvalidArgument)
     */
    public static Tag of(String element, String value) {
        if (value.isEmpty() || value.codePointCount(0, value.length()) > MAX_LENGTH) {
            throw InvalidArgumentException.outOfRange(element, 1, MAX_LENGTH, "characters");
        }
        return new Tag(value);
    }
}
