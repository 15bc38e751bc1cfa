package io.bida.message.lifecycle;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * The receivable messages of one priority, oldest first.
 *
 * <p>New messages stand in a line, as they come in order; those that come back (visibility or delay over) are in a
 * small heap beside it, so that each takes its own place again. 8 bytes a message.
 */
final class ReadyLine {

    private final LongLine line = new LongLine();
    private final LongHeap returned = new LongHeap();

    int size() {
        return line.size() + returned.size();
    }

    boolean isEmpty() {
        return line.isEmpty() && returned.isEmpty();
    }

    void add(long position) {
        if (line.accepts(position)) {
            line.add(position);
        } else {
            returned.add(position);
        }
    }

    /** The oldest, or {@link Position#NONE}. */
    long first() {
        if (line.isEmpty()) {
            return returned.isEmpty() ? Position.NONE : returned.first();
        }
        return returned.isEmpty() ? line.first() : Math.min(line.first(), returned.first());
    }

    long removeFirst() {
        boolean fromLine = returned.isEmpty() || (!line.isEmpty() && line.first() < returned.first());
        return fromLine ? line.removeFirst() : returned.removeFirst();
    }

    /** Removes every position from {@code from} to {@code to}, both included. */
    void removeBetween(long from, long to) {
        line.removeBetween(from, to);
        if (!returned.isEmpty() && returned.first() <= to) {
            returned.removeIf(position -> position >= from && position <= to);
        }
    }

    void removeIf(LongPredicate matches) {
        line.removeIf(matches);
        returned.removeIf(matches);
    }

    /** The oldest {@code count} in order. */
    long[] firstOf(int count) {
        long[] inLine = new long[count];
        int copied = line.copyFirst(inLine, count);
        if (returned.isEmpty()) {
            return Arrays.copyOf(inLine, copied);
        }
        long[] back = returned.firstOf(count);
        long[] all = Arrays.copyOf(inLine, copied + back.length);
        System.arraycopy(back, 0, all, copied, back.length);
        Arrays.sort(all);
        return Arrays.copyOf(all, Math.min(count, all.length));
    }
}
