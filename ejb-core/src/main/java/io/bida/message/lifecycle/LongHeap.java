package io.bida.message.lifecycle;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongPredicate;

/** A heap of longs, smallest first, in one array. */
final class LongHeap {

    private long[] heap = {};
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    long first() {
        return heap[0];
    }

    void add(long value) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size + (size >> 1) + 4);
        }
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (heap[parent] <= value) {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = value;
    }

    long removeFirst() {
        long first = heap[0];
        long last = heap[--size];
        if (size > 0) {
            sink(0, last);
        }
        return first;
    }

    /** Removes every value that matches, in one pass. */
    void removeIf(LongPredicate matches) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!matches.test(heap[i])) {
                heap[kept++] = heap[i];
            }
        }
        if (kept == size) {
            return;
        }
        size = kept;
        for (int i = (size >>> 1) - 1; i >= 0; i--) {
            sink(i, heap[i]);
        }
    }

    /** The smallest values in order, a copy; costs the same however many there are. */
    long[] firstOf(int count) {
        long[] first = new long[Math.min(count, size)];
        PriorityQueue<Integer> next = new PriorityQueue<>(Comparator.comparingLong(at -> heap[at]));
        next.add(0);
        for (int i = 0; i < first.length; i++) {
            int at = next.remove();
            first[i] = heap[at];
            for (int child = 2 * at + 1; child <= 2 * at + 2 && child < size; child++) {
                next.add(child);
            }
        }
        return first;
    }

    private void sink(int from, long value) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= value) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = value;
    }
}
