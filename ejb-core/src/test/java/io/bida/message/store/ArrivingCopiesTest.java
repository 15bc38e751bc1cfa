package io.bida.message.store;

import static io.bida.message.MessageToSend.aMessage;
import static io.bida.message.store.MessageStoreContract.deleted;
import static io.bida.message.store.MessageStoreContract.received;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.infinispan.commons.marshall.WrappedByteArray;
import org.junit.jupiter.api.Test;

class ArrivingCopiesTest {

    private static final WrappedByteArray KEY = new WrappedByteArray(new byte[] {1});
    private static final Bundle BUNDLE =
            Bundle.pack(List.of(aMessage("x").build(), aMessage("y").build()), new int[2], 0, 60);
    private static final Deliveries NONE = Deliveries.none(BUNDLE);

    private final Map<WrappedByteArray, byte[]> disk = new HashMap<>();
    private boolean moving = true;
    private final ArrivingCopies copies = new ArrivingCopies(() -> moving);

    private void writeBundle(byte[] value) {
        assertThat(copies.write(KEY, value, null, this::put)).isCompleted();
    }

    private void writeState(Deliveries state) {
        byte[] value = Objects.requireNonNull(state.stored());
        assertThat(copies.write(KEY, value, disk::get, this::put)).isCompleted();
    }

    private CompletableFuture<Void> put(byte[] value) {
        disk.put(KEY, value);
        return CompletableFuture.completedFuture(null);
    }

    private void remove() {
        copies.remove(KEY, () -> disk.remove(KEY));
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

        Deliveries now = Deliveries.of(Objects.requireNonNull(disk.get(KEY)));
        assertThat(now.isAlive(1)).isFalse();
        assertThat(now.isAlive(0)).isTrue();
    }

    @Test
    void aNewerStateIsWritten() {
        writeState(received(NONE, 0, 5));
        writeState(deleted(received(NONE, 0, 5), 0));

        assertThat(Deliveries.of(Objects.requireNonNull(disk.get(KEY))).isAlive(0))
                .isFalse();
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
