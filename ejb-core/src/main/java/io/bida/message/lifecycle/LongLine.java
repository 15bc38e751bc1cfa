package io.bida.message.lifecycle;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.LongPredicate;

/** A line of growing longs: in at the end, out at the front, in blocks so that growing never copies what is there. */
final class LongLine {

    /** Values of a block: 1 KiB, so that a line that is emptied again and again allocates little. */
    private static final int BLOCK = 128;

    /** In place of a value that was taken out from among the others; smaller than all. */
    private static final long GONE = Long.MIN_VALUE;

    private final ArrayDeque<long[]> blocks = new ArrayDeque<>();
    private int head;
    private int tail = BLOCK;
    private long last = Long.MIN_VALUE;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether the value may stand at the end: it is larger than all before it. */
    boolean accepts(long value) {
        return size == 0 || value > last;
    }

    void add(long value) {
        if (tail == BLOCK) {
            blocks.addLast(new long[BLOCK]);
            tail = 0;
        }
        blocks.getLast()[tail++] = value;
        last = value;
        size++;
    }

    long first() {
        return blocks.getFirst()[head];
    }

    long removeFirst() {
        long first = blocks.getFirst()[head++];
        size--;
        if (head == BLOCK) {
            blocks.removeFirst();
            head = 0;
        }
        skipGone();
        return first;
    }

    /** Removes every value that matches, in one pass. */
    void removeIf(LongPredicate matches) {
        LongLine kept = new LongLine();
        while (size > 0) {
            long value = removeFirst();
            if (!matches.test(value)) {
                kept.add(value);
            }
        }
        blocks.addAll(kept.blocks);
        head = kept.head;
        tail = kept.tail;
        last = kept.last;
        size = kept.size;
    }

    /**
     * Removes every value from {@code from} to {@code to}, both included; looks at one value of each block before them.
     */
    void removeBetween(long from, long to) {
        if (size == 0 || from > last || to < first()) {
            return;
        }
        int start = head;
        for (Iterator<long[]> each = blocks.iterator(); each.hasNext(); start = 0) {
            long[] block = each.next();
            int end = each.hasNext() ? BLOCK : tail;
            boolean isBefore = block[end - 1] != GONE && block[end - 1] < from;
            for (int at = isBefore ? end : start; at < end; at++) {
                if (block[at] > to) {
                    skipGone();
                    return;
                }
                if (block[at] >= from) {
                    block[at] = GONE;
                    size--;
                }
            }
        }
        skipGone();
    }

    /** The first value is never one that is gone. */
    private void skipGone() {
        if (size == 0) {
            blocks.clear();
            head = 0;
            tail = BLOCK;
            return;
        }
        while (blocks.getFirst()[head] == GONE) {
            head++;
            if (head == BLOCK) {
                blocks.removeFirst();
                head = 0;
            }
        }
    }

    /** Copies the first values, as many as fit. */
    int copyFirst(long[] into, int count) {
        int copied = 0;
        int index = head;
        Iterator<long[]> each = blocks.iterator();
        while (copied < count && copied < size) {
            long[] block = each.next();
            for (; index < BLOCK && copied < count && copied < size; index++) {
                if (block[index] != GONE) {
                    into[copied++] = block[index];
                }
            }
            index = 0;
        }
        return copied;
    }
}
