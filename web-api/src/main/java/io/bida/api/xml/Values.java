package io.bida.api.xml;

import io.bida.error.InvalidArgumentException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads the numbers and booleans of the wire, in XML, query and headers alike.
 *
 * <p>Source: wire specification 3 (blanks around numbers, booleans in any case; both its choice).
 */
public final class Values {

    private Values() {}

    /**
     * A whole number in ASCII digits, with or without a sign.
     *
     * @param name what it is called on the wire, for the refusal
     * @throws InvalidArgumentException if it is no such number, or beyond 32 bits (InvalidArgument)
     */
    public static int integer(String name, String text) {
        String digits = text.strip();
        boolean signed = digits.startsWith("-") || digits.startsWith("+");
        for (int i = signed ? 1 : 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                throw InvalidArgumentException.causedBy(name);
            }
        }
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw InvalidArgumentException.causedBy(name);
        }
    }

    /** The same of an element that may be left out. */
    static OptionalInt optionalInteger(String name, @Nullable String text) {
        return text == null ? OptionalInt.empty() : OptionalInt.of(integer(name, text));
    }

    /**
     * {@code true} or {@code false}, in any case.
     *
     * @param name what it is called on the wire, for the refusal
     * @throws InvalidArgumentException if it is neither (InvalidArgument)
     */
    public static boolean bool(String name, String text) {
        String word = text.strip();
        if (word.equalsIgnoreCase("true")) {
            return true;
        }
        if (word.equalsIgnoreCase("false")) {
            return false;
        }
        throw InvalidArgumentException.causedBy(name);
    }

    /** The same of an element that may be left out. */
    static Optional<Boolean> optionalBool(String name, @Nullable String text) {
        return text == null ? Optional.empty() : Optional.of(bool(name, text));
    }
}
