package io.bida.message.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HiddenMessagesTest {

    /** Undoes the multiplication of the table's hash, so that positions of any hash can be made. */
    private static final long INVERSE_OF_HASH = inverse(0x9E3779B97F4A7C15L);

    private final HiddenMessages hidden = new HiddenMessages();

    @Test
    void earliestIsFirstWhateverTheOrderOfAdding() {
        hidden.add(1, 8, 30, false);
        hidden.add(2, 8, 10, true);
        hidden.add(3, 8, 20, false);

        assertThat(hidden.first()).isEqualTo(2);
        assertThat(hidden.firstDue()).isEqualTo(10);
    }

    @Test
    void askingForWhatIsNotHiddenIsAMistake() {
        hidden.add(1, 8, 30, false);

        assertThatThrownBy(() -> hidden.priority(2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> hidden.remove(2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyPriorityIsKeptBesideTheMarkOfDelay() {
        for (int priority = 1; priority <= 16; priority++) {
            hidden.add(priority, priority, 0, priority % 2 == 0);
        }

        for (int priority = 1; priority <= 16; priority++) {
            assertThat(hidden.priority(priority)).isEqualTo(priority);
        }
        assertThat(hidden.delayed()).isEqualTo(8);
    }

    @Test
    void isUsedAgainAfterItsRowsWereGivenBack() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5_000; i++) {
                hidden.add(i, 8, 5_000 - i, true);
            }
            for (int i = 4_999; i >= 0; i--) {
                assertThat(hidden.first()).isEqualTo(i);
                hidden.remove(i);
            }
            assertThat(hidden.firstDue()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.bida.message.lifecycle.DeliveryOrderTest#seeds")
    void agreesWithAMapWhenAllPositionsShareOneCell(long seed) {
        agreesWithAMap(seed, n -> ofHash(12345, n));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.bida.message.lifecycle.DeliveryOrderTest#seeds")
    void agreesWithAMapWhenRunsGoOverTheEndOfTheTable(long seed) {
        agreesWithAMap(seed, n -> ofHash(-1 - (int) (n % 3), n));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.bida.message.lifecycle.DeliveryOrderTest#seeds")
    void agreesWithAMapWhenNeighbouringRunsMeet(long seed) {
        agreesWithAMap(seed, n -> ofHash((int) (n % 7), n));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.bida.message.lifecycle.DeliveryOrderTest#seeds")
    void agreesWithAMapForOrdinaryPositions(long seed) {
        agreesWithAMap(seed, n -> Position.of(BundleNumbers.firstAt(1_800_000_000_000L + n / 64), (int) n % 64));
    }

    private void agreesWithAMap(long seed, LongUnaryOperator positionOf) {
        Random random = new Random(seed);
        Map<Long, Long> model = new HashMap<>();
        List<Long> present = new ArrayList<>();
        long next = 0;
        for (int step = 0; step < 2_000; step++) {
            boolean growing = step % 800 < 500;
            if (present.isEmpty() || random.nextInt(10) < (growing ? 6 : 2)) {
                long position = positionOf.applyAsLong(next++);
                long due = random.nextInt(50);
                hidden.add(position, 1 + random.nextInt(16), due, random.nextBoolean());
                model.put(position, due);
                present.add(position);
            } else if (random.nextInt(3) == 0) {
                long position = present.get(random.nextInt(present.size()));
                long due = random.nextInt(50);
                hidden.changeDue(position, due);
                model.put(position, due);
            } else {
                Collections.swap(present, random.nextInt(present.size()), present.size() - 1);
                long position = present.remove(present.size() - 1);
                hidden.remove(position);
                model.remove(position);
                assertThat(hidden.contains(position)).isFalse();
            }
            assertThat(hidden.size()).isEqualTo(model.size());
            assertThat(hidden.firstDue())
                    .isEqualTo(model.values().stream().mapToLong(d -> d).min().orElse(Long.MAX_VALUE));
            if (step % 50 == 0) {
                model.forEach(
                        (position, due) -> assertThat(hidden.due(position)).isEqualTo(due));
                assertThat(LongStream.of(hidden.matching(any -> true)).boxed())
                        .containsExactlyInAnyOrderElementsOf(present);
            }
        }
        long before = Long.MIN_VALUE;
        while (hidden.size() > 0) {
            assertThat(hidden.firstDue()).isGreaterThanOrEqualTo(before);
            before = hidden.firstDue();
            assertThat(model.remove(hidden.first())).isEqualTo(before);
            hidden.remove(hidden.first());
        }
        assertThat(model).isEmpty();
        assertThat(hidden.delayed()).isZero();
    }

    private static long ofHash(int hash, long number) {
        return ((long) hash << 32 | number) * INVERSE_OF_HASH;
    }

    /** The inverse modulo 2 to the power of 64, by Newton's method. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
