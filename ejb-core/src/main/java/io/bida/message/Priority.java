package io.bida.message;

import io.bida.error.InvalidArgumentException;

/**
 * How urgent a message is: 1 is delivered before 16; 8 where the sender says nothing.
 *
 * <p>Source: wire specification 5.3 and 5.4, API 2015-06-06.
 *
 * @param value 1 (first) to 16 (last), default 8
 */
public record Priority(int value) {

    /** The most urgent. */
    public static final int FIRST = 1;

    /** The least urgent. */
    public static final int LAST = 16;

    /** What a message gets whose sender says nothing. */
    public static final Priority DEFAULT = new Priority(8);

    /**
     * Checks the range.
     *
     * @throws InvalidArgumentException outside 1 to 16 (InvalidArgument)
     */
    public Priority {
        if (value < FIRST || value > LAST) {
            throw InvalidArgumentException.outOfRange("Priority", FIRST, LAST, "");
        }
    }
}
