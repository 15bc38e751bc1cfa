package io.bida.message.lifecycle;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * The delayed and the received messages of a partition, by the time at which they become receivable.
 *
 * <p>A slab of primitive columns with a free list; a heap of slab rows by due time; a hash table from position to row,
 * open addressing. About 33 bytes a message in full arrays, which are given back when no message is hidden any more.
 */
final class HiddenMessages {

    private static final int FREE = -1;
    private static final byte DELAYED_BIT = 0x40;

    /** Rows that are kept when the last message leaves; more are given back. */
    private static final int MOST_IDLE_ROWS = 1024;

    private long[] positions = {};
    private long[] dueMillis = {};
    private int[] heapIndex = {};
    private byte[] kinds = {};
    private int[] heap = {};
    private int[] table = {};
    private int size;
    private int used;
    private int firstFree = FREE;
    private int delayed;

    HiddenMessages() {
        becomeSmall();
    }

    int size() {
        return size;
    }

    int delayed() {
        return delayed;
    }

    boolean contains(long position) {
        return find(position) != FREE;
    }

    int priority(long position) {
        return kinds[existing(position)] & ~DELAYED_BIT;
    }

    long due(long position) {
        return dueMillis[existing(position)];
    }

    /** The earliest due time, or {@link Long#MAX_VALUE}. */
    long firstDue() {
        return size == 0 ? Long.MAX_VALUE : dueMillis[heap[0]];
    }

    /** The message that is due first; there must be one. */
    long first() {
        return positions[heap[0]];
    }

    void add(long position, int priority, long due, boolean isDelayed) {
        int row = takeRow();
        positions[row] = position;
        dueMillis[row] = due;
        kinds[row] = (byte) (isDelayed ? priority | DELAYED_BIT : priority);
        delayed += isDelayed ? 1 : 0;
        insert(row);
        rise(size++, row);
    }

    void changeDue(long position, long due) {
        int row = existing(position);
        dueMillis[row] = due;
        int at = heapIndex[row];
        rise(at, row);
        sink(heapIndex[row], row);
    }

    void remove(long position) {
        int row = existing(position);
        delayed -= (kinds[row] & DELAYED_BIT) != 0 ? 1 : 0;
        erase(position);
        int at = heapIndex[row];
        int moved = heap[--size];
        if (moved != row) {
            rise(at, moved);
            sink(heapIndex[moved], moved);
        }
        heapIndex[row] = firstFree;
        firstFree = row;
        if (size == 0 && used > MOST_IDLE_ROWS) {
            becomeSmall();
        }
    }

    private void becomeSmall() {
        positions = new long[16];
        dueMillis = new long[16];
        heapIndex = new int[16];
        kinds = new byte[16];
        heap = new int[16];
        table = new int[32];
        Arrays.fill(table, FREE);
        used = 0;
        firstFree = FREE;
    }

    /** The positions that match, a copy in no order. */
    long[] matching(LongPredicate matches) {
        long[] found = new long[16];
        int count = 0;
        for (int i = 0; i < size; i++) {
            long position = positions[heap[i]];
            if (matches.test(position)) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                found[count++] = position;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private int takeRow() {
        if (firstFree != FREE) {
            int row = firstFree;
            firstFree = heapIndex[row];
            return row;
        }
        if (used == positions.length) {
            int larger = used + (used >> 1);
            positions = Arrays.copyOf(positions, larger);
            dueMillis = Arrays.copyOf(dueMillis, larger);
            heapIndex = Arrays.copyOf(heapIndex, larger);
            kinds = Arrays.copyOf(kinds, larger);
            heap = Arrays.copyOf(heap, larger);
        }
        return used++;
    }

    private void rise(int from, int row) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (dueMillis[heap[parent]] <= dueMillis[row]) {
                break;
            }
            place(at, heap[parent]);
            at = parent;
        }
        place(at, row);
    }

    private void sink(int from, int row) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && dueMillis[heap[child + 1]] < dueMillis[heap[child]]) {
                child++;
            }
            if (dueMillis[heap[child]] >= dueMillis[row]) {
                break;
            }
            place(at, heap[child]);
            at = child;
        }
        place(at, row);
    }

    private void place(int at, int row) {
        heap[at] = row;
        heapIndex[row] = at;
    }

    private int existing(long position) {
        int row = find(position);
        if (row == FREE) {
            throw new IllegalStateException("not hidden: " + position);
        }
        return row;
    }

    private int find(long position) {
        int mask = table.length - 1;
        for (int i = hash(position) & mask; table[i] != FREE; i = (i + 1) & mask) {
            if (positions[table[i]] == position) {
                return table[i];
            }
        }
        return FREE;
    }

    private void insert(int row) {
        if ((size + 1) * 3 > table.length * 2) {
            int[] before = table;
            table = new int[before.length * 2];
            Arrays.fill(table, FREE);
            for (int each : before) {
                if (each != FREE) {
                    insertInto(each);
                }
            }
        }
        insertInto(row);
    }

    private void insertInto(int row) {
        int mask = table.length - 1;
        int i = hash(positions[row]) & mask;
        while (table[i] != FREE) {
            i = (i + 1) & mask;
        }
        table[i] = row;
    }

    /** Empties the cell and moves later ones of the same run forward, so that no mark of the removed one is needed. */
    private void erase(long position) {
        int mask = table.length - 1;
        int hole = hash(position) & mask;
        while (positions[table[hole]] != position) {
            hole = (hole + 1) & mask;
        }
        int i = hole;
        while (true) {
            table[hole] = FREE;
            int home;
            do {
                i = (i + 1) & mask;
                if (table[i] == FREE) {
                    return;
                }
                home = hash(positions[table[i]]) & mask;
            } while (hole <= i ? hole < home && home <= i : hole < home || home <= i);
            table[hole] = table[i];
            hole = i;
        }
    }

    private static int hash(long position) {
        long mixed = position * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }
}
