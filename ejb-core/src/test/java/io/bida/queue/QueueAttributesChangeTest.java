package io.bida.queue;

import static io.bida.queue.AnAttributesChange.naming;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.error.InvalidArgumentException;
import io.bida.limits.ServiceLimits;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QueueAttributesChangeTest {

    @Test
    void whatIsNotNamedKeepsItsValue() {
        QueueAttributes before = naming().delay(7)
                .visibility(8)
                .logging(true)
                .build()
                .applyTo(QueueAttributes.DEFAULT, ServiceLimits.STRICT);

        QueueAttributes after = naming().visibility(9).build().applyTo(before, ServiceLimits.STRICT);

        assertThat(after)
                .isEqualTo(new QueueAttributes(
                        Duration.ofSeconds(7), 65536, Duration.ofDays(4), Duration.ofSeconds(9), Duration.ZERO, true));
    }

    @Test
    void namingNothingChangesNothing() {
        assertThat(QueueAttributesChange.NONE.applyTo(QueueAttributes.DEFAULT, ServiceLimits.STRICT))
                .isEqualTo(QueueAttributes.DEFAULT);
    }

    @ParameterizedTest(name = "{0}: {1} to {2}")
    @MethodSource("ranges")
    void bothEndsOfTheRangeAreAccepted(
            String element, int low, int high, IntFunction<QueueAttributesChange> change, ServiceLimits limits) {
        assertThat(change.apply(low).applyTo(QueueAttributes.DEFAULT, limits)).isNotNull();
        assertThat(change.apply(high).applyTo(QueueAttributes.DEFAULT, limits)).isNotNull();
    }

    @ParameterizedTest(name = "{0}: {1} to {2}")
    @MethodSource("ranges")
    void oneBeyondEitherEndIsRefusedWithTheRange(
            String element, int low, int high, IntFunction<QueueAttributesChange> change, ServiceLimits limits) {
        for (int wrong : new int[] {low - 1, high + 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> change.apply(wrong).applyTo(QueueAttributes.DEFAULT, limits))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("The value of " + element + " should between " + low + " and " + high);
        }
    }

    static Stream<Arguments> ranges() {
        ServiceLimits strict = ServiceLimits.STRICT;
        ServiceLimits relaxed = ServiceLimits.RELAXED;
        return Stream.of(
                range("DelaySeconds", 0, 604800, v -> naming().delay(v).build(), strict),
                range("MaximumMessageSize", 1024, 65536, v -> naming().size(v).build(), strict),
                range("MaximumMessageSize", 1024, 4 << 20, v -> naming().size(v).build(), relaxed),
                range(
                        "MessageRetentionPeriod",
                        60,
                        604800,
                        v -> naming().retention(v).build(),
                        strict),
                range(
                        "MessageRetentionPeriod",
                        1,
                        1296000,
                        v -> naming().retention(v).build(),
                        relaxed),
                range("VisibilityTimeout", 1, 43200, v -> naming().visibility(v).build(), strict),
                range("PollingWaitSeconds", 0, 30, v -> naming().pollingWait(v).build(), strict));
    }

    private static Arguments range(
            String element, int low, int high, IntFunction<QueueAttributesChange> change, ServiceLimits limits) {
        return Arguments.of(element, low, high, change, limits);
    }
}
