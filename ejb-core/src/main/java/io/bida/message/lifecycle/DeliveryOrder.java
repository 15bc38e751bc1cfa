package io.bida.message.lifecycle;

import java.util.Arrays;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which message of a partition is next, and when hidden ones become receivable.
 *
 * <p>Priority first (1 before 16), then oldest first. A message is either <em>ready</em> (receivable) or
 * <em>hidden</em> (delayed, or received and not yet visible again); {@link #takeBest} moves the best ready one to
 * hidden in one step, so the counts are exact at every moment. Ready messages cost 8 bytes, hidden ones about 33.
 *
 * <p>Only a hint: the stored delivery state decides each delivery, so an order that was lost is rebuilt, and a wrong
 * entry costs a retry, not a double delivery. Not thread-safe; time is passed in.
 */
public final class DeliveryOrder {

    private static final int PRIORITIES = 16;

    private final @Nullable ReadyLine[] ready = new @Nullable ReadyLine[PRIORITIES];
    private final HiddenMessages hidden = new HiddenMessages();
    private int nonEmpty;
    private int active;

    /** Receivable messages. */
    public int active() {
        return active;
    }

    /** Received messages that are still hidden. */
    public int inactive() {
        return hidden.size() - hidden.delayed();
    }

    /** Messages that wait for their delay to end. */
    public int delayed() {
        return hidden.delayed();
    }

    /** All messages. */
    public int size() {
        return active + hidden.size();
    }

    /**
     * Adds a receivable message.
     *
     * @param position see {@link Position}
     * @param priority 1 to 16
     */
    public void addReady(long position, int priority) {
        line(priority - 1).add(position);
        nonEmpty |= 1 << (priority - 1);
        active++;
    }

    /** Adds a message that becomes receivable for the first time at {@code dueMillis}. */
    public void addDelayed(long position, int priority, long dueMillis) {
        hidden.add(position, priority, dueMillis, true);
    }

    /** Adds a message that was received and becomes receivable again at {@code dueMillis}. */
    public void addInactive(long position, int priority, long dueMillis) {
        hidden.add(position, priority, dueMillis, false);
    }

    /** The priority of the best receivable message, 1 to 16; 17 if there is none. */
    public int bestPriority() {
        return nonEmpty == 0 ? PRIORITIES + 1 : Integer.numberOfTrailingZeros(nonEmpty) + 1;
    }

    /** The position of the best receivable message, or {@link Position#NONE}. */
    public long best() {
        return nonEmpty == 0
                ? Position.NONE
                : line(Integer.numberOfTrailingZeros(nonEmpty)).first();
    }

    /**
     * Takes the best receivable message and hides it until {@code dueMillis}; {@link Position#NONE} if there is none.
     */
    public long takeBest(long dueMillis) {
        if (nonEmpty == 0) {
            return Position.NONE;
        }
        int index = Integer.numberOfTrailingZeros(nonEmpty);
        ReadyLine line = line(index);
        long position = line.removeFirst();
        if (line.isEmpty()) {
            nonEmpty &= ~(1 << index);
        }
        active--;
        hidden.add(position, index + 1, dueMillis, false);
        return position;
    }

    /** Shows the best receivable messages in the order in which they would be taken, at most {@code count}. */
    public void peekBest(int count, Visitor visitor) {
        int left = count;
        for (int index = 0; index < PRIORITIES && left > 0; index++) {
            ReadyLine line = ready[index];
            if (line != null) {
                long[] first = line.firstOf(left);
                for (long position : first) {
                    visitor.visit(position, index + 1);
                }
                left -= first.length;
            }
        }
    }

    /** Receives what {@link #peekBest} shows. */
    @FunctionalInterface
    public interface Visitor {
        /** Takes the next message: its position and its priority, 1 to 16. */
        void visit(long position, int priority);
    }

    /** Whether the message is hidden. */
    public boolean isHidden(long position) {
        return hidden.contains(position);
    }

    /** Sets when a hidden message becomes receivable; does nothing if it is not hidden. */
    public void hideUntil(long position, long dueMillis) {
        if (hidden.contains(position)) {
            hidden.changeDue(position, dueMillis);
        }
    }

    /** Removes a hidden message; does nothing if it is not hidden. */
    public void removeHidden(long position) {
        if (hidden.contains(position)) {
            hidden.remove(position);
        }
    }

    /** Removes a message, ready or hidden; does nothing if it is not here. */
    public void remove(long position) {
        if (hidden.contains(position)) {
            hidden.remove(position);
        } else {
            removeReady(position, position);
        }
    }

    /**
     * Removes what is here of the bundle's messages, ready and hidden. Looks at one of 128 ready messages, and at each
     * of those that came back.
     */
    public void removeBundle(long bundle) {
        long from = Position.of(bundle, 0);
        long to = Position.of(bundle, Position.SLOTS - 1);
        removeReady(from, to);
        for (long position = from; position <= to; position++) {
            removeHidden(position);
        }
    }

    private void removeReady(long from, long to) {
        for (int index = 0; index < PRIORITIES; index++) {
            ReadyLine line = ready[index];
            if (line != null) {
                int before = line.size();
                line.removeBetween(from, to);
                active -= before - line.size();
                if (line.isEmpty()) {
                    nonEmpty &= ~(1 << index);
                }
            }
        }
    }

    /** When the next hidden message becomes receivable, or {@link Long#MAX_VALUE}. */
    public long nextDue() {
        return hidden.firstDue();
    }

    /** Makes every hidden message receivable whose time has come; each takes its own place again. */
    public void advance(long nowMillis) {
        while (hidden.firstDue() <= nowMillis) {
            long position = hidden.first();
            int priority = hidden.priority(position);
            hidden.remove(position);
            addReady(position, priority);
        }
    }

    /** Removes the messages that match, ready and hidden, in one pass over all; returns them in no order. */
    public long[] removeIf(LongPredicate matches) {
        Collector removed = new Collector();
        for (int index = 0; index < PRIORITIES; index++) {
            ReadyLine line = ready[index];
            if (line != null) {
                line.removeIf(position -> matches.test(position) && removed.add(position));
                if (line.isEmpty()) {
                    nonEmpty &= ~(1 << index);
                }
            }
        }
        active -= removed.count;
        for (long position : hidden.matching(matches)) {
            hidden.remove(position);
            removed.add(position);
        }
        return Arrays.copyOf(removed.positions, removed.count);
    }

    /** The lowest position of all messages, ready and hidden, in one pass; {@link Position#NONE} if there is none. */
    public long oldest() {
        long oldest = Long.MAX_VALUE;
        for (ReadyLine line : ready) {
            if (line != null && !line.isEmpty()) {
                oldest = Math.min(oldest, line.first());
            }
        }
        for (long position : hidden.matching(any -> true)) {
            oldest = Math.min(oldest, position);
        }
        return oldest == Long.MAX_VALUE ? Position.NONE : oldest;
    }

    private ReadyLine line(int index) {
        ReadyLine line = ready[index];
        if (line == null) {
            line = new ReadyLine();
            ready[index] = line;
        }
        return line;
    }

    private static final class Collector {
        private long[] positions = new long[16];
        private int count;

        boolean add(long position) {
            if (count == positions.length) {
                positions = Arrays.copyOf(positions, count * 2);
            }
            positions[count++] = position;
            return true;
        }
    }
}
