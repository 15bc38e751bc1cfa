package io.bida.message.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BundleNumbersTest {

    private static final long NOW = Instant.parse("2026-11-23T10:00:00Z").toEpochMilli();

    private final BundleNumbers numbers = new BundleNumbers(0);

    @Test
    void numberCarriesTheMillisecondOfMaking() {
        assertThat(BundleNumbers.madeAtMillis(numbers.next(NOW))).isEqualTo(NOW);
    }

    @Test
    void numbersGoOnByOneWhileTheClockStandsStill() {
        long first = numbers.next(NOW);

        assertThat(numbers.next(NOW)).isEqualTo(first + 1);
        assertThat(numbers.next(NOW)).isEqualTo(first + 2);
    }

    @Test
    void numbersGoOnByOneWhenTheClockGoesBack() {
        long first = numbers.next(NOW);

        assertThat(numbers.next(NOW - 3_600_000)).isEqualTo(first + 1);
        assertThat(numbers.next(0)).isEqualTo(first + 2);
    }

    @Test
    void moreThan65536InOneMillisecondRunIntoTheNextWithoutAGap() {
        long last = 0;
        for (int i = 0; i < 70_000; i++) {
            long next = numbers.next(NOW);
            assertThat(next).isGreaterThan(last);
            last = next;
        }

        assertThat(BundleNumbers.madeAtMillis(last)).isEqualTo(NOW + 1);
        assertThat(numbers.next(NOW + 1)).isEqualTo(last + 1);
    }

    @Test
    void numbersBeginAfterTheHighestKnown() {
        long known = BundleNumbers.firstAt(NOW + 1_000);

        assertThat(new BundleNumbers(known).next(NOW)).isEqualTo(known + 1);
    }

    @Test
    void clockBeforeTheEpochStillGivesPositiveNumbers() {
        assertThat(numbers.next(-1)).isEqualTo(1);
        assertThat(numbers.next(0)).isEqualTo(2);
    }

    @Test
    void lastPositionOf2089IsStillPositive() {
        long last = BundleNumbers.firstAt(BundleNumbers.madeAtMillis(0) + (1L << 41)) - 1;

        assertThat(Position.of(last, 63)).isPositive();
        assertThat(Position.bundle(Position.of(last, 63))).isEqualTo(last);
        assertThat(Position.slot(Position.of(last, 63))).isEqualTo(63);
    }
}
