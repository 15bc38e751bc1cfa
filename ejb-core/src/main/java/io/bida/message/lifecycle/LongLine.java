package io.bida.message.lifecycle;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.LongPredicate;

/** A line of growing longs: in at the end, out at the front, in blocks so that growing never copies what is there. */
final class LongLine {

    /** Values of a block: 1 KiB, so that a line that is emptied again and again allocates little. */
    private static final int BLOCK = 128;

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
        if (head == BLOCK || size == 0) {
            blocks.removeFirst();
            head = 0;
            if (size == 0) {
                blocks.clear();
                tail = BLOCK;
            }
        }
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
     * Removes every value from {@code from} to {@code to}, both included; costs a step for each that is before them.
     */
    void removeBetween(long from, long to) {
        if (size == 0 || from > last) {
            return;
        }
        long[] before = {};
        int count = 0;
        while (size > 0 && first() <= to) {
            long value = removeFirst();
            if (value < from) {
                if (count == before.length) {
                    before = Arrays.copyOf(before, count + (count >> 1) + BLOCK);
                }
                before[count++] = value;
            }
        }
        while (count > 0) {
            addFirst(before[--count]);
        }
    }

    private void addFirst(long value) {
        if (size == 0) {
            add(value);
            return;
        }
        if (head == 0) {
            blocks.addFirst(new long[BLOCK]);
            head = BLOCK;
        }
        blocks.getFirst()[--head] = value;
        size++;
    }

    /** Copies the first values, as many as fit. */
    int copyFirst(long[] into, int count) {
        int copied = 0;
        int index = head;
        Iterator<long[]> each = blocks.iterator();
        while (copied < count && copied < size) {
            long[] block = each.next();
            while (index < BLOCK && copied < count && copied < size) {
                into[copied++] = block[index++];
            }
            index = 0;
        }
        return copied;
    }
}
