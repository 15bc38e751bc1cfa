package io.bida.message.store;

import static io.bida.message.MessageToSend.aMessage;
import static io.bida.message.store.MessageStoreContract.deleted;
import static io.bida.message.store.MessageStoreContract.received;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.infinispan.commons.marshall.WrappedByteArray;
import org.junit.jupiter.api.Test;

class ArrivingCopiesTest {

    private static final WrappedByteArray KEY = new WrappedByteArray(new byte[] {1});
    private static final int SEGMENT = 3;
    private static final Bundle BUNDLE =
            Bundle.pack(List.of(aMessage("x").build(), aMessage("y").build()), new int[2], 0, 60);
    private static final Deliveries NONE = Deliveries.none(BUNDLE);

    private final Map<WrappedByteArray, byte[]> disk = new HashMap<>();
    private boolean moving = true;
    private boolean arriving = true;
    private final ArrivingCopies copies = new ArrivingCopies(() -> moving, segment -> moving && arriving);

    private void writeBundle(byte[] value) {
        if (copies.mayArriveIn(SEGMENT)) {
            assertThat(copies.write(KEY, value, null, this::put)).isCompleted();
        } else {
            assertThat(put(value)).isCompleted();
        }
    }

    private void writeState(Deliveries state) {
        assertThat(copies.write(KEY, bytes(state), () -> disk.get(KEY), this::put))
                .isCompleted();
    }

    private Deliveries onDisk() {
        return Deliveries.of(Objects.requireNonNull(disk.get(KEY)));
    }

    private static byte[] bytes(Deliveries state) {
        return Objects.requireNonNull(state.stored());
    }

    private CompletableFuture<Void> put(byte[] value) {
        disk.put(KEY, value);
        return CompletableFuture.completedFuture(null);
    }

    private void remove() {
        if (copies.mayArriveIn(SEGMENT)) {
            assertThat(copies.remove(KEY, this::removeFromDisk)).isCompleted();
        } else {
            assertThat(removeFromDisk()).isCompleted();
        }
    }

    private CompletableFuture<Void> removeFromDisk() {
        disk.remove(KEY);
        return CompletableFuture.completedFuture(null);
    }

    @Test
    void aCopyThatArrivesAfterTheRemovalIsNotWritten() {
        remove();
        writeBundle(new byte[] {7});

        assertThat(disk).isEmpty();
    }

    @Test
    void anOlderStateThatArrivesDoesNotUndoADeletion() {
        writeState(deleted(NONE, 1));
        writeState(received(NONE, 1, 5));

        assertThat(onDisk().isAlive(1)).isFalse();
        assertThat(onDisk().isAlive(0)).isTrue();
    }

    @Test
    void aShortenedVisibilityIsKept() {
        Deliveries received = received(NONE, 0, 5);
        Deliveries.Change shorter = received.change();
        shorter.set(0, new Deliveries.Delivery(1, 1_800_000_000_000L, 1_800_000_002_000L, 5));
        Deliveries shortened = shorter.done();

        writeState(received);
        writeState(shortened);
        writeState(received);

        assertThat(disk.get(KEY)).isEqualTo(shortened.stored());
    }

    @Test
    void aStateThatIsOnItsWayToTheDiskCountsAsThere() {
        Deliveries received = received(NONE, 0, 5);
        Deliveries deleted = deleted(received, 0);
        CompletableFuture<Void> flush = new CompletableFuture<>();
        List<byte[]> written = new ArrayList<>();
        CompletionStage<Void> first = copies.write(KEY, bytes(deleted), () -> null, value -> {
            written.add(value);
            return flush;
        });

        CompletionStage<Void> second = copies.write(KEY, bytes(received), () -> null, value -> {
            written.add(value);
            return flush;
        });

        assertThat(written).containsExactly(bytes(deleted), bytes(deleted));
        assertThat(first).isNotDone();
        flush.complete(null);
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        disk.put(KEY, bytes(deleted));
        writeState(deleted(deleted, 1));
        assertThat(onDisk().alive()).isZero();
    }

    @Test
    void aStateOnDiskThatCannotBeReadIsReplaced() {
        disk.put(KEY, new byte[] {9, 9});

        writeState(received(NONE, 0, 5));

        assertThat(disk.get(KEY)).isEqualTo(received(NONE, 0, 5).stored());
    }

    @Test
    void aSegmentOfWhichNothingArrivesForgetsNothingOfTheOthers() {
        remove();
        arriving = false;
        assertThat(copies.mayArriveIn(SEGMENT)).isFalse();
        arriving = true;
        writeBundle(new byte[] {7});

        assertThat(disk).isEmpty();
    }

    @Test
    void aNewerStateIsWritten() {
        writeState(received(NONE, 0, 5));
        writeState(deleted(received(NONE, 0, 5), 0));

        assertThat(onDisk().isAlive(0)).isFalse();
    }

    @Test
    void whenNothingIsMovedEveryWriteIsAsItIs() {
        moving = false;
        remove();
        writeBundle(new byte[] {7});

        assertThat(disk).containsKey(KEY);
    }

    @Test
    void whatWasRemovedIsForgottenWhenTheMoveIsOver() {
        remove();
        moving = false;
        writeBundle(new byte[] {7});
        moving = true;
        writeBundle(new byte[] {8});

        assertThat(disk.get(KEY)).containsExactly(8);
    }
}
