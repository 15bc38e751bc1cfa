package io.bida.message.store;

import static io.bida.message.MessageToSend.aMessage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.message.MessageToSend;
import io.bida.message.store.Deliveries.Delivery;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

    private static final Delivery ONCE = new Delivery(1, 1_800_000_000_000L, 1_800_000_030_000L, 77);

    private final Bundle bundle = BundleTest.bundleOf(aMessage("a"), aMessage("b"), aMessage("c"));
    private final Deliveries none = Deliveries.none(bundle);

    @Test
    void everyMessageOfABundleIsAliveUntilSomethingHappens() {
        assertThat(none.alive()).isEqualTo(0b111);
        assertThat(none.isAlive(2)).isTrue();
        assertThat(none.isAlive(3)).isFalse();
        assertThat(none.delivery(0)).isNull();
        assertThat(none.stored()).isNull();
    }

    @Test
    void noMessageOfABundleThatIsGoneIsAlive() {
        assertThat(Deliveries.gone().alive()).isZero();
        assertThat(Deliveries.gone().change().isEmpty()).isTrue();
        assertThat(Deliveries.gone().change().isAlive(0)).isFalse();
    }

    @Test
    void whatIsSetIsReadBack() {
        Deliveries.Change change = none.change();
        change.set(1, ONCE);

        Deliveries next = stored(change.done());

        assertThat(next.delivery(1)).isEqualTo(ONCE);
        assertThat(next.delivery(0)).isNull();
        assertThat(next.alive()).isEqualTo(0b111);
    }

    @Test
    void extremeValuesAreReadBack() {
        Delivery extreme = new Delivery(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MIN_VALUE);
        Deliveries.Change change = Deliveries.none(BundleTest.bundleOf(
                        IntStream.range(0, 64).mapToObj(i -> aMessage("m")).toArray(MessageToSend[]::new)))
                .change();
        for (int slot = 0; slot < 64; slot++) {
            change.set(slot, extreme);
        }

        Deliveries next = stored(change.done());

        assertThat(next.delivery(0)).isEqualTo(extreme);
        assertThat(next.delivery(63)).isEqualTo(extreme);
        assertThat(next.alive()).isEqualTo(-1L);
    }

    @Test
    void deletedMessageIsNotAliveAndItsReceiveIsForgotten() {
        Deliveries.Change receive = none.change();
        receive.set(1, ONCE);
        Deliveries.Change delete = stored(receive.done()).change();
        delete.delete(1);

        assertThat(delete.isAlive(1)).isFalse();
        Deliveries next = stored(delete.done());

        assertThat(next.isAlive(1)).isFalse();
        assertThat(next.delivery(1)).isNull();
        assertThat(next.alive()).isEqualTo(0b101);
    }

    @Test
    void deletesAddUpUntilNothingIsLeft() {
        Deliveries.Change first = none.change();
        first.delete(0);
        first.delete(2);
        assertThat(first.isEmpty()).isFalse();

        Deliveries.Change second = stored(first.done()).change();
        second.delete(1);

        assertThat(second.isEmpty()).isTrue();
        assertThat(stored(second.done()).alive()).isZero();
    }

    @Test
    void onlyAStateThatDeletesAMessageMustBeFlushed() {
        Deliveries.Change receive = none.change();
        receive.set(1, ONCE);
        assertThat(mustBeFlushed(receive.done())).isFalse();

        Deliveries.Change delete = stored(receive.done()).change();
        delete.delete(1);
        assertThat(mustBeFlushed(delete.done())).isTrue();

        Deliveries.Change receiveAfterwards = stored(delete.done()).change();
        receiveAfterwards.set(2, ONCE);
        assertThat(mustBeFlushed(receiveAfterwards.done())).isFalse();
    }

    @Test
    void stateThatReceivesAndDeletesMustBeFlushed() {
        Deliveries.Change both = none.change();
        both.set(2, ONCE);
        both.delete(0);

        assertThat(mustBeFlushed(both.done())).isTrue();
    }

    @Test
    void changeLeavesTheStateBeforeAsItWas() {
        Deliveries.Change receive = none.change();
        assertThat(receive.isChanged()).isFalse();
        receive.set(1, ONCE);
        receive.delete(0);

        assertThat(receive.isChanged()).isTrue();
        assertThat(none.delivery(1)).isNull();
        assertThat(none.isAlive(0)).isTrue();
    }

    @Test
    void stateKeepsTheSlotsOfTheWholeBundleWhenTheBundleIsWrittenSmaller() {
        Deliveries.Change delete = none.change();
        delete.delete(0);
        Deliveries state = stored(delete.done());

        assertThat(state.alive()).isEqualTo(0b110);
        assertThat(bundle.retain(state.alive()).slots()).isEqualTo(0b110);
    }

    @Test
    void newerOfTwoStatesIsTheOneThatIsKeptThoughItHidesForAShorterTime() {
        Deliveries longer = withDelivery(none, ONCE);
        Deliveries shorter = withDelivery(longer, new Delivery(1, ONCE.firstDequeuedAtMillis(), 5, 77));

        assertThat(longer.mergedWith(shorter)).isSameAs(shorter);
        assertThat(shorter.mergedWith(longer)).isSameAs(shorter);
    }

    @Test
    void deletionOfTheOlderStateStaysOnTopWhereStoresWentApart() {
        Deliveries.Change delete = none.change();
        delete.delete(0);
        Deliveries older = stored(delete.done());
        Deliveries newer = withDelivery(withDelivery(none, ONCE), new Delivery(2, 1, 2, 78));

        Deliveries both = stored(older.mergedWith(newer));

        assertThat(both.isAlive(0)).isFalse();
        assertThat(both.delivery(1)).isEqualTo(new Delivery(2, 1, 2, 78));
        assertThat(mustBeFlushed(both)).isTrue();
        assertThat(both.mergedWith(older)).as("is newer than both").isSameAs(both);
        assertThat(both.mergedWith(newer)).isSameAs(both);
    }

    @Test
    void ofTwoEquallyOldStatesTheHigherCountHolds() {
        Deliveries once = withDelivery(none, ONCE);
        Deliveries twice = withDelivery(none, new Delivery(2, 1, 2, 78));

        assertThat(once.mergedWith(twice).delivery(1)).isEqualTo(twice.delivery(1));
        assertThat(twice.mergedWith(once).delivery(1)).isEqualTo(twice.delivery(1));
    }

    @Test
    void stateWithADeletionCanBeMadeToBeFlushed() {
        Deliveries.Change delete = none.change();
        delete.delete(0);
        Deliveries receivedAfterwards = withDelivery(stored(delete.done()), ONCE);
        assertThat(mustBeFlushed(receivedAfterwards)).isFalse();

        assertThat(mustBeFlushed(receivedAfterwards.flushed())).isTrue();
        assertThat(receivedAfterwards.flushed().isSameAs(receivedAfterwards)).isTrue();
        assertThat(withDelivery(none, ONCE).flushed().stored())
                .isEqualTo(withDelivery(none, ONCE).stored());
    }

    private static Deliveries withDelivery(Deliveries before, Delivery delivery) {
        Deliveries.Change change = before.change();
        change.set(1, delivery);
        return stored(change.done());
    }

    @Test
    void damagedBytesAreRefused() {
        Deliveries.Change change = none.change();
        change.set(1, ONCE);
        byte[] whole = bytes(change.done());
        byte[] noSlot = whole.clone();
        noSlot[26] = 64;

        assertThat(Deliveries.isReadable(whole)).isTrue();
        assertThat(Deliveries.isReadable(noSlot)).isFalse();
        for (int length = 0; length < whole.length; length++) {
            assertThat(Deliveries.isReadable(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isEqualTo(length == 26);
        }
    }

    @Test
    void bytesOfAnotherVersionAreRefused() {
        Deliveries.Change change = none.change();
        change.set(1, ONCE);
        byte[] later = bytes(change.done()).clone();
        later[0] = 3;

        assertThatThrownBy(() -> Deliveries.of(later)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Deliveries.of(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    private static Deliveries stored(Deliveries state) {
        return Deliveries.of(bytes(state));
    }

    private static boolean mustBeFlushed(Deliveries state) {
        return Deliveries.mustBeFlushed(bytes(state));
    }

    private static byte[] bytes(Deliveries state) {
        byte[] bytes = state.stored();
        assertThat(bytes).isNotNull();
        return Objects.requireNonNull(bytes);
    }
}
