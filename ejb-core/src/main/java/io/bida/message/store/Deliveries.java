package io.bida.message.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to the messages of one bundle since they were sent: the delivery state. Immutable.
 *
 * <p>Kept beside the bundle under the same key, from the first receive, visibility change or delete on. Every such act
 * is one compare-and-set of this value, so each delivery goes to one receiver even if two nodes both believe to be the
 * primary. A message that is neither deleted nor listed here is simply waiting, or delayed as its bundle says.
 *
 * <p>Stored form, version 2, big endian:
 *
 * <pre>
 * version 1 | flags 1 (bit 0: flush before acknowledging) | present slots 8 | deleted slots 8 | changes 8 |
 * n × ( slot 1 | dequeue count 4 | first dequeued at ms 8 | next visible at ms 8 | nonce 4 )
 * </pre>
 *
 * Version 1 lacks the number of changes, which is then 0.
 *
 * <p><b>To add a field:</b> raise the version, append to the head, and keep reading the older ones with a default.
 */
public final class Deliveries {

    /** The nonce of a message that was never received: its only handle is the one its delayed send returned. */
    public static final int NEVER_RECEIVED = 0;

    private static final byte VERSION = 2;
    private static final byte VERSION_WITHOUT_CHANGES = 1;
    private static final byte FLUSH = 1;
    private static final int HEAD = 26;
    private static final int HEAD_WITHOUT_CHANGES = 18;
    private static final int DELETED_AT = 10;
    private static final int ENTRY = 25;

    private final long present;
    private final long deleted;

    /** How many compare-and-sets led to it: of two states of one bundle the one with more is the newer. */
    private final long changes;

    private final @Nullable Delivery[] bySlot;
    private final byte @Nullable [] stored;

    private Deliveries(
            long present, long deleted, long changes, @Nullable Delivery[] bySlot, byte @Nullable [] stored) {
        this.present = present;
        this.deleted = deleted;
        this.changes = changes;
        this.bySlot = bySlot;
        this.stored = stored;
    }

    /**
     * One message that was received, or whose delay was changed.
     *
     * @param dequeueCount receives so far, from 0
     * @param firstDequeuedAtMillis time of the first receive, in milliseconds since 1970; 0 if never received
     * @param nextVisibleAtMillis when it becomes receivable, in milliseconds since 1970
     * @param nonce tells the receive to which handles belong; {@link #NEVER_RECEIVED} before the first
     */
    public record Delivery(int dequeueCount, long firstDequeuedAtMillis, long nextVisibleAtMillis, int nonce) {}

    /** The state of a bundle to whose messages nothing has happened yet; not stored. */
    public static Deliveries none(Bundle bundle) {
        return new Deliveries(bundle.slots(), 0, 0, new @Nullable Delivery[Bundle.MAX_MESSAGES], null);
    }

    /** The state of a bundle that is not stored any more: none of its messages is alive. */
    public static Deliveries gone() {
        return new Deliveries(0, 0, 0, new @Nullable Delivery[Bundle.MAX_MESSAGES], null);
    }

    /**
     * The state with these stored bytes, which must not change afterwards.
     *
     * @throws IllegalArgumentException if the bytes are of a version this release cannot read
     */
    public static Deliveries of(byte[] stored) {
        if (!isReadable(stored)) {
            throw new IllegalArgumentException("not a delivery state of version 1 or 2");
        }
        ByteBuffer in = ByteBuffer.wrap(stored);
        boolean hasChanges = in.get() == VERSION;
        in.get();
        long present = in.getLong();
        long deleted = in.getLong();
        long changes = hasChanges ? in.getLong() : 0;
        @Nullable Delivery[] bySlot = new @Nullable Delivery[Bundle.MAX_MESSAGES];
        while (in.hasRemaining()) {
            int slot = in.get();
            bySlot[slot] = new Delivery(in.getInt(), in.getLong(), in.getLong(), in.getInt());
        }
        return new Deliveries(present, deleted, changes, bySlot, stored);
    }

    /** Whether these are the bytes of a version that this release knows, and whole. */
    static boolean isReadable(byte[] stored) {
        if (stored.length == 0 || (stored[0] != VERSION && stored[0] != VERSION_WITHOUT_CHANGES)) {
            return false;
        }
        int head = stored[0] == VERSION ? HEAD : HEAD_WITHOUT_CHANGES;
        if (stored.length < head || (stored.length - head) % ENTRY != 0) {
            return false;
        }
        for (int at = head; at < stored.length; at += ENTRY) {
            if (stored[at] < 0 || stored[at] >= Bundle.MAX_MESSAGES) {
                return false;
            }
        }
        return true;
    }

    /** The bytes it was read from, for a compare-and-set; null if it is not stored. */
    byte @Nullable [] stored() {
        return stored;
    }

    /** What is known of the message in this slot; null if it was never received nor changed. */
    public @Nullable Delivery delivery(int slot) {
        return bySlot[slot];
    }

    /** Whether the bundle holds this slot and it is not deleted. */
    public boolean isAlive(int slot) {
        return (alive() & 1L << slot) != 0;
    }

    /** The slots that are not deleted, one bit each. */
    public long alive() {
        return present & ~deleted;
    }

    /** How often its living messages have halved since it was sent, 0 to 6; 0 also if none is alive. */
    public int halvings() {
        int living = Long.bitCount(alive());
        return living == 0 ? 0 : 31 - Integer.numberOfLeadingZeros(Long.bitCount(present) / living);
    }

    /**
     * What two copies of the state together say: the newer one, which is one of the two unless it lacks a deletion. If
     * they are equally old (both of version 1, or of stores that went apart) a message deleted in either is deleted; of
     * two deliveries the one of the higher dequeue count holds, then the one that hides the message longer.
     */
    Deliveries mergedWith(Deliveries other) {
        if (includes(other)) {
            return this;
        }
        if (other.includes(this)) {
            return other;
        }
        long bothDeleted = deleted | other.deleted;
        @Nullable Delivery[] both = new @Nullable Delivery[bySlot.length];
        for (int slot = 0; slot < both.length; slot++) {
            if ((bothDeleted & 1L << slot) == 0) {
                both[slot] = newer(other, slot);
            }
        }
        long next = Math.max(changes, other.changes) + 1;
        return encode(present | other.present, bothDeleted, next, both, bothDeleted != 0);
    }

    /** Whether it says the same, or is newer and lacks no deletion of the other. */
    private boolean includes(Deliveries other) {
        boolean isNewer = changes > other.changes || (changes == other.changes && isSameAs(other));
        return isNewer && (other.present & ~present) == 0 && (other.deleted & ~deleted) == 0;
    }

    /** The same state, whose writer waits for the disk if any message is deleted. */
    Deliveries flushed() {
        return deleted == 0 || (stored != null && mustBeFlushed(stored))
                ? this
                : encode(present, deleted, changes, bySlot, true);
    }

    private @Nullable Delivery newer(Deliveries other, int slot) {
        if (changes == other.changes) {
            return later(bySlot[slot], other.bySlot[slot]);
        }
        return changes > other.changes ? bySlot[slot] : other.bySlot[slot];
    }

    private static @Nullable Delivery later(@Nullable Delivery one, @Nullable Delivery other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        boolean isOther = other.dequeueCount() == one.dequeueCount()
                ? other.nextVisibleAtMillis() > one.nextVisibleAtMillis()
                : other.dequeueCount() > one.dequeueCount();
        return isOther ? other : one;
    }

    /** Whether both say the same of every message, however they came to it. */
    boolean isSameAs(Deliveries other) {
        return present == other.present && deleted == other.deleted && Arrays.equals(bySlot, other.bySlot);
    }

    private static Deliveries encode(
            long present, long deleted, long changes, @Nullable Delivery[] bySlot, boolean mustBeFlushed) {
        long count = Arrays.stream(bySlot).filter(d -> d != null).count();
        ByteBuffer out = ByteBuffer.allocate(HEAD + (int) count * ENTRY);
        out.put(VERSION)
                .put(mustBeFlushed ? FLUSH : 0)
                .putLong(present)
                .putLong(deleted)
                .putLong(changes);
        for (int slot = 0; slot < bySlot.length; slot++) {
            Delivery d = bySlot[slot];
            if (d != null) {
                out.put((byte) slot)
                        .putInt(d.dequeueCount())
                        .putLong(d.firstDequeuedAtMillis())
                        .putLong(d.nextVisibleAtMillis())
                        .putInt(d.nonce());
            }
        }
        return new Deliveries(present, deleted, changes, bySlot, out.array());
    }

    /** A copy of this state to change. */
    public Change change() {
        return new Change(this);
    }

    /** Whether the writer of these stored bytes waits for the disk. */
    static boolean mustBeFlushed(byte[] stored) {
        return (stored[1] & FLUSH) != 0;
    }

    /** Whether these stored bytes, of any version, say that a message is deleted; false if they cannot be read. */
    static boolean hasDeletions(byte[] stored) {
        return isReadable(stored) && ByteBuffer.wrap(stored).getLong(DELETED_AT) != 0;
    }

    /** A next state in the making; used by one thread. */
    public static final class Change {
        private final long present;
        private final long deletedBefore;
        private final long changes;
        private final @Nullable Delivery[] bySlot;
        private long deleted;
        private boolean changed;

        private Change(Deliveries before) {
            present = before.present;
            deleted = before.deleted;
            deletedBefore = before.deleted;
            changes = before.changes + 1;
            bySlot = before.bySlot.clone();
        }

        /** What is known of the message in this slot so far. */
        public @Nullable Delivery delivery(int slot) {
            return bySlot[slot];
        }

        /** Whether the bundle holds this slot and it is not deleted so far. */
        public boolean isAlive(int slot) {
            return (present & ~deleted & 1L << slot) != 0;
        }

        /** Sets what is known of the message in this slot. */
        public void set(int slot, Delivery delivery) {
            bySlot[slot] = delivery;
            changed = true;
        }

        /** Deletes the message in this slot. */
        public void delete(int slot) {
            deleted |= 1L << slot;
            bySlot[slot] = null;
            changed = true;
        }

        /** Whether anything was changed. */
        public boolean isChanged() {
            return changed;
        }

        /** Whether every message of the bundle is deleted now. */
        public boolean isEmpty() {
            return (present & ~deleted) == 0;
        }

        /** The next state. Its writer waits for the disk if it deletes a message. */
        public Deliveries done() {
            return encode(present, deleted, changes, bySlot, deleted != deletedBefore);
        }
    }
}
