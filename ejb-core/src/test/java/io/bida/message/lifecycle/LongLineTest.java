package io.bida.message.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LongLineTest {

    private final LongLine line = new LongLine();

    @Test
    void onlyALargerValueMayStandAtTheEnd() {
        line.add(10);

        assertThat(line.accepts(10)).isFalse();
        assertThat(line.accepts(9)).isFalse();
        assertThat(line.accepts(11)).isTrue();
    }

    @Test
    void emptiedLineAcceptsAnyValueAgain() {
        line.add(10);
        line.removeFirst();

        assertThat(line.accepts(1)).isTrue();
    }

    @Test
    void valuesAreRemovedFromAmongOthersWithBothEnds() {
        for (long value = 1; value <= 300; value++) {
            line.add(value);
        }

        line.removeBetween(140, 142);
        line.removeBetween(1, 1);
        line.removeBetween(299, 400);
        line.removeBetween(301, 400);

        assertThat(line.size()).isEqualTo(294);
        assertThat(line.first()).isEqualTo(2);
        assertThat(line.accepts(300)).isFalse();
        long[] first = new long[140];
        line.copyFirst(first, 140);
        assertThat(first).containsSequence(138, 139, 143, 144);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.bida.message.lifecycle.DeliveryOrderTest#seeds")
    void agreesWithAQueueOverManyBlocks(long seed) {
        Random random = new Random(seed);
        Deque<Long> model = new ArrayDeque<>();
        long value = 0;
        for (int step = 0; step < 40; step++) {
            for (int i = random.nextInt(3_000); i > 0; i--) {
                value += 1 + random.nextInt(3);
                line.add(value);
                model.add(value);
            }
            for (int i = random.nextInt(3_500); i > 0 && !model.isEmpty(); i--) {
                assertThat(line.first()).isEqualTo(model.getFirst());
                assertThat(line.removeFirst()).isEqualTo(model.removeFirst());
            }
            if (random.nextInt(4) == 0) {
                int remainder = random.nextInt(2);
                line.removeIf(v -> v % 2 == remainder);
                model.removeIf(v -> v % 2 == remainder);
            }
            if (random.nextInt(3) == 0) {
                long from = value - random.nextInt(4_000);
                long to = from + random.nextInt(100);
                line.removeBetween(from, to);
                model.removeIf(v -> from <= v && v <= to);
            }
            checkSame(model, random.nextInt(5_000));
        }
    }

    private void checkSame(Deque<Long> model, int shown) {
        assertThat(line.size()).isEqualTo(model.size());
        assertThat(line.isEmpty()).isEqualTo(model.isEmpty());
        long[] first = new long[shown];
        int copied = line.copyFirst(first, shown);
        assertThat(Arrays.copyOf(first, copied))
                .containsExactly(model.stream().limit(shown).mapToLong(v -> v).toArray());
    }
}
