package io.bida.message.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LongHeapTest {

    private final LongHeap heap = new LongHeap();

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.bida.message.lifecycle.DeliveryOrderTest#seeds")
    void agreesWithAPriorityQueue(long seed) {
        Random random = new Random(seed);
        PriorityQueue<Long> model = new PriorityQueue<>();
        for (int step = 0; step < 5_000; step++) {
            int kind = random.nextInt(100);
            if (kind < 55) {
                long value = random.nextInt(1_000);
                heap.add(value);
                model.add(value);
            } else if (kind < 99) {
                if (!model.isEmpty()) {
                    assertThat(heap.first()).isEqualTo(model.element());
                    assertThat(heap.removeFirst()).isEqualTo(model.remove());
                }
            } else {
                int remainder = random.nextInt(3);
                heap.removeIf(v -> v % 3 == remainder);
                model.removeIf(v -> v % 3 == remainder);
            }
            assertThat(heap.size()).isEqualTo(model.size());
            assertThat(heap.isEmpty()).isEqualTo(model.isEmpty());
            if (step % 100 == 0) {
                int shown = random.nextInt(40);
                assertThat(heap.firstOf(shown))
                        .containsExactly(model.stream()
                                .sorted()
                                .limit(shown)
                                .mapToLong(v -> v)
                                .toArray());
            }
        }
    }
}
