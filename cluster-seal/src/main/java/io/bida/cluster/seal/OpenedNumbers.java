package io.bida.cluster.seal;

/**
 * Which numbers of one sender were opened, so that a recorded frame is not believed a second time.
 *
 * <p>Remembers the {@value #REMEMBERED} numbers up to the highest one; what is older counts as opened. A frame is
 * overtaken only by frames on another connection of the same two processes, which there is for moments, when one takes
 * the place of the other. What is refused here all the same is said again by the protocols above, with a new number.
 *
 * <p>Safe for use by any thread.
 */
final class OpenedNumbers {

    /** A power of two; 8 KiB for each sender. Our choice: half a second and more of the busiest sender. */
    static final int REMEMBERED = 1 << 16;

    private final long[] opened = new long[REMEMBERED / Long.SIZE];
    private long highest;

    /** Adds a number from 1 up; false if it was there already, or is too old to tell. */
    synchronized boolean add(long number) {
        if (number <= 0 || number <= highest - REMEMBERED) {
            return false;
        }
        if (number > highest) {
            forgetUpTo(number);
            highest = number;
        } else if ((opened[word(number)] & bit(number)) != 0) {
            return false;
        }
        opened[word(number)] |= bit(number);
        return true;
    }

    // The places of the numbers between the highest and the new one still tell of numbers that are too old now.
    private void forgetUpTo(long number) {
        long first = Math.max(highest + 1, number - REMEMBERED + 1);
        for (long each = first; each <= number; each++) {
            opened[word(each)] &= ~bit(each);
        }
    }

    private static int word(long number) {
        return (int) (number % REMEMBERED) / Long.SIZE;
    }

    private static long bit(long number) {
        return 1L << number % Long.SIZE;
    }
}
