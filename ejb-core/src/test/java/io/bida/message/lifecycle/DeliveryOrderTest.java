package io.bida.message.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeliveryOrderTest {

    private final DeliveryOrder order = new DeliveryOrder();

    @Test
    void lowerPriorityNumberIsTakenFirst() {
        order.addReady(1, 16);
        order.addReady(2, 8);
        order.addReady(3, 1);

        assertThat(takeAll()).containsExactly(3L, 2L, 1L);
    }

    @Test
    void amongEqualPrioritiesTheOldestIsTakenFirst() {
        order.addReady(5, 8);
        order.addReady(7, 8);
        order.addReady(6, 8);

        assertThat(takeAll()).containsExactly(5L, 6L, 7L);
    }

    @Test
    void nothingIsTakenFromAnEmptyOrder() {
        assertThat(order.takeBest(10)).isEqualTo(Position.NONE);
        assertThat(order.best()).isEqualTo(Position.NONE);
        assertThat(order.bestPriority()).isEqualTo(17);
        assertThat(order.nextDue()).isEqualTo(Long.MAX_VALUE);
        assertThat(order.oldest()).isEqualTo(Position.NONE);
    }

    @Test
    void takenMessageComesBackAtItsOldPlaceWhenItsTimeHasCome() {
        order.addReady(1, 8);
        order.addReady(2, 8);
        order.takeBest(100);

        order.advance(99);
        assertThat(order.best()).isEqualTo(2);
        order.advance(100);

        assertThat(takeAll()).containsExactly(1L, 2L);
    }

    @Test
    void delayedMessageIsCountedAsDelayedUntilItIsDueAndThenAsActive() {
        order.addDelayed(1, 8, 50);
        assertThat(counts()).containsExactly(0, 0, 1);

        order.advance(50);

        assertThat(counts()).containsExactly(1, 0, 0);
    }

    @Test
    void changingTheDueTimeOfADelayedMessageLeavesItDelayed() {
        order.addDelayed(1, 8, 50);

        order.hideUntil(1, 20);

        assertThat(counts()).containsExactly(0, 0, 1);
        assertThat(order.nextDue()).isEqualTo(20);
    }

    @Test
    void hidingOrRemovingWhatIsNotHiddenChangesNothing() {
        order.addReady(1, 8);

        order.hideUntil(1, 20);
        order.removeHidden(1);
        order.removeHidden(99);

        assertThat(counts()).containsExactly(1, 0, 0);
        assertThat(order.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void clockThatGoesBackMakesNothingReceivable() {
        order.addDelayed(1, 8, 50);

        order.advance(Long.MIN_VALUE);

        assertThat(counts()).containsExactly(0, 0, 1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithANaiveModelAfterEveryStep(long seed) {
        Random random = new Random(seed);
        Model model = new Model();
        long now = 0;
        long nextPosition = 1;

        for (int step = 0; step < 2_000; step++) {
            int priority = 1 + random.nextInt(random.nextBoolean() ? 2 : 16);
            long due = now + random.nextInt(60);
            long someone = 1 + random.nextLong(nextPosition);
            switch (random.nextInt(11)) {
                case 0, 1, 2 -> {
                    order.addReady(nextPosition, priority);
                    model.ready(priority).add(nextPosition++);
                }
                case 3 -> {
                    order.addDelayed(nextPosition, priority, due);
                    model.hidden.put(nextPosition++, new Hidden(priority, due, true));
                }
                case 4 -> {
                    order.addInactive(nextPosition, priority, due);
                    model.hidden.put(nextPosition++, new Hidden(priority, due, false));
                }
                case 5, 6 -> assertThat(order.takeBest(due)).isEqualTo(model.takeBest(due));
                case 7 -> {
                    order.hideUntil(someone, due);
                    model.hideUntil(someone, due);
                }
                case 8 -> {
                    order.removeHidden(someone);
                    model.hidden.remove(someone);
                }
                case 9 -> {
                    now += random.nextInt(20);
                    order.advance(now);
                    model.advance(now);
                }
                default -> {
                    if (random.nextInt(20) == 0) {
                        long remainder = random.nextInt(3);
                        assertThat(sorted(order.removeIf(p -> p % 3 == remainder)))
                                .containsExactly(model.removeThirds(remainder));
                    } else if (random.nextInt(10) == 0) {
                        order.removeBundle(Position.bundle(someone));
                        model.removeIf(p -> Position.bundle(p) == Position.bundle(someone));
                    } else {
                        order.remove(someone);
                        model.removeIf(p -> p == someone);
                    }
                }
            }
            model.check(order, random.nextInt(20));
        }
        model.checkWhole(order);
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 10), LongStream.of(new Random().nextLong()));
    }

    private List<Long> takeAll() {
        List<Long> taken = new ArrayList<>();
        for (long next = order.takeBest(Long.MAX_VALUE); next != Position.NONE; next = order.takeBest(Long.MAX_VALUE)) {
            taken.add(next);
        }
        return taken;
    }

    private List<Integer> counts() {
        return List.of(order.active(), order.inactive(), order.delayed());
    }

    private static long[] sorted(long[] positions) {
        Arrays.sort(positions);
        return positions;
    }

    private record Hidden(int priority, long due, boolean isDelayed) {}

    /** The same rules in the plainest way. */
    private static final class Model {

        private final List<TreeSet<Long>> ready = new ArrayList<>();
        private final Map<Long, Hidden> hidden = new HashMap<>();

        Model() {
            for (int priority = 1; priority <= 16; priority++) {
                ready.add(new TreeSet<>());
            }
        }

        SortedSet<Long> ready(int priority) {
            return ready.get(priority - 1);
        }

        long takeBest(long due) {
            for (int priority = 1; priority <= 16; priority++) {
                if (!ready(priority).isEmpty()) {
                    long position = ready(priority).first();
                    ready(priority).remove(position);
                    hidden.put(position, new Hidden(priority, due, false));
                    return position;
                }
            }
            return Position.NONE;
        }

        void hideUntil(long position, long due) {
            hidden.computeIfPresent(position, (p, h) -> new Hidden(h.priority(), due, h.isDelayed()));
        }

        void advance(long now) {
            hidden.forEach((position, how) -> {
                if (how.due() <= now) {
                    ready(how.priority()).add(position);
                }
            });
            hidden.values().removeIf(how -> how.due() <= now);
        }

        long[] removeThirds(long remainder) {
            List<Long> removed = new ArrayList<>();
            ready.forEach(line -> line.removeIf(p -> p % 3 == remainder && removed.add(p)));
            hidden.keySet().removeIf(p -> p % 3 == remainder && removed.add(p));
            return removed.stream().mapToLong(p -> p).sorted().toArray();
        }

        void removeIf(LongPredicate matches) {
            ready.forEach(line -> line.removeIf(matches::test));
            hidden.keySet().removeIf(matches::test);
        }

        List<Long> inOrder() {
            return ready.stream().flatMap(TreeSet::stream).toList();
        }

        void check(DeliveryOrder order, int peeked) {
            List<Long> inOrder = inOrder();
            List<Long> shown = new ArrayList<>();
            order.peekBest(peeked, (position, priority) -> {
                assertThat(ready(priority)).contains(position);
                shown.add(position);
            });
            assertThat(shown).isEqualTo(inOrder.subList(0, Math.min(peeked, inOrder.size())));
            assertThat(order.active()).isEqualTo(inOrder.size());
            assertThat(order.delayed()).isEqualTo((int)
                    hidden.values().stream().filter(Hidden::isDelayed).count());
            assertThat(order.size()).isEqualTo(inOrder.size() + hidden.size());
            assertThat(order.inactive()).isEqualTo(order.size() - order.active() - order.delayed());
            assertThat(order.best()).isEqualTo(inOrder.isEmpty() ? Position.NONE : inOrder.get(0));
            assertThat(order.nextDue())
                    .isEqualTo(hidden.values().stream()
                            .mapToLong(Hidden::due)
                            .min()
                            .orElse(Long.MAX_VALUE));
        }

        void checkWhole(DeliveryOrder order) {
            long oldest = LongStream.concat(
                            inOrder().stream().mapToLong(p -> p),
                            hidden.keySet().stream().mapToLong(p -> p))
                    .min()
                    .orElse(Position.NONE);
            assertThat(order.oldest()).isEqualTo(oldest);
            hidden.keySet().forEach(p -> assertThat(order.isHidden(p)).isTrue());
            advance(Long.MAX_VALUE - 1);
            order.advance(Long.MAX_VALUE - 1);
            List<Long> all = inOrder();
            assertThat(all)
                    .isSortedAccordingTo(
                            Comparator.comparingInt(this::priorityOf).thenComparing(p -> p));
            all.forEach(p -> assertThat(order.takeBest(1)).isEqualTo(p));
            assertThat(order.takeBest(1)).isEqualTo(Position.NONE);
        }

        private int priorityOf(long position) {
            for (int priority = 1; priority <= 16; priority++) {
                if (ready(priority).contains(position)) {
                    return priority;
                }
            }
            throw new IllegalArgumentException("not ready: " + position);
        }
    }
}
