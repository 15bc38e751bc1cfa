package io.bida.api.xml;

import io.bida.error.InvalidArgumentException;
import io.bida.topic.Tag;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads the numbers, booleans, fixed words and tags of the wire, in XML, query and headers alike.
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

    /**
     * A message's or a subscription's tag, of an element that may be left out or be empty.
     *
     * @throws InvalidArgumentException if it is too long (InvalidArgument)
     */
    static Optional<Tag> optionalTag(String name, @Nullable String text) {
        return text == null || text.isEmpty() ? Optional.empty() : Optional.of(Tag.of(name, text));
    }

    /**
     * The constant that is spelled so, of an element that may be left out; blanks around it do not count.
     *
     * @param words constants named as on the wire
     * @throws InvalidArgumentException if there is none (InvalidArgument)
     */
    static <E extends Enum<E>> Optional<E> optionalWord(String name, E[] words, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        String word = text.strip();
        for (E each : words) {
            if (each.name().equals(word)) {
                return Optional.of(each);
            }
        }
        throw InvalidArgumentException.causedBy(name);
    }
}
