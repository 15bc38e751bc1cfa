package io.bida.message.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PositionTest {

    @Test
    void positionTellsBundleAndSlot() {
        long bundle = BundleNumbers.firstAt(1_800_000_000_000L) + 7;
        for (int slot = 0; slot < Position.SLOTS; slot++) {
            assertThat(Position.bundle(Position.of(bundle, slot))).isEqualTo(bundle);
            assertThat(Position.slot(Position.of(bundle, slot))).isEqualTo(slot);
        }
    }

    @Test
    void laterBundleComesAfterTheLastSlotOfTheOneBefore() {
        assertThat(Position.of(8, 0)).isGreaterThan(Position.of(7, 63));
    }
}
