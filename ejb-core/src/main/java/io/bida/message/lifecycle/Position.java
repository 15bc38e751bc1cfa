package io.bida.message.lifecycle;

/**
 * A message's place in its partition as one number: the number of its bundle times 64, plus its slot in the bundle.
 *
 * <p>Older messages have smaller positions, because bundle numbers grow and carry the time of their making: see
 * {@link BundleNumbers}.
 */
public final class Position {

    /** No message. */
    public static final long NONE = -1;

    /** Slots of a bundle. */
    public static final int SLOTS = 64;

    private static final int SLOT_BITS = 6;

    private Position() {}

    /** The place of this slot (0 to 63) of this bundle. */
    public static long of(long bundle, int slot) {
        return bundle << SLOT_BITS | slot;
    }

    /** The number of the bundle. */
    public static long bundle(long position) {
        return position >>> SLOT_BITS;
    }

    /** The slot in the bundle, 0 to 63. */
    public static int slot(long position) {
        return (int) position & (SLOTS - 1);
    }
}
