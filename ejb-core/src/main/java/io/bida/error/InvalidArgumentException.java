package io.bida.error;

/** A value that is missing, unreadable or out of its range. Becomes {@link ErrorCode#INVALID_ARGUMENT}. */
public final class InvalidArgumentException extends ServiceException {

    private static final long serialVersionUID = 1L;

    private InvalidArgumentException(String message) {
        super(ErrorCode.INVALID_ARGUMENT, message);
    }

    /** The element is absent where it is required, is not of its type, or is not allowed there. */
    public static InvalidArgumentException causedBy(String element) {
        return new InvalidArgumentException(String.format(ErrorCode.INVALID_ARGUMENT.template(), element));
    }

    /** The element's value lies outside {@code low} to {@code high}, both inclusive, counted in {@code unit}. */
    public static InvalidArgumentException outOfRange(String element, long low, long high, String unit) {
        return new InvalidArgumentException("The value of " + element + " should between " + low + " and " + high
                + (unit.isEmpty() ? "" : " ") + unit + ".");
    }
}
