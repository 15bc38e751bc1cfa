package io.bida.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.topic.NotifyStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryScheduleTest {

    private final RetrySchedule schedule = new RetrySchedule(new Random(1));

    @Test
    void backoffTriesThreeTimesMoreEachAfterTenToTwentySeconds() {
        TreeSet<Long> seconds = new TreeSet<>();

        for (int i = 0; i < 1000; i++) {
            List<Duration> pauses = pauses(NotifyStrategy.BACKOFF_RETRY);
            assertThat(pauses).hasSize(3);
            pauses.forEach(pause -> seconds.add(pause.toSeconds()));
        }

        assertThat(seconds).containsExactly(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
    }

    @Test
    void decayDoublesUpToTheTenthPauseAndStaysThere() {
        List<Duration> pauses = pauses(NotifyStrategy.EXPONENTIAL_DECAY_RETRY);

        assertThat(pauses).hasSize(176);
        assertThat(pauses.subList(0, 9).stream().map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L);
        assertThat(pauses.subList(9, 176)).containsOnly(Duration.ofSeconds(512));
        assertThat(pauses.stream().mapToLong(Duration::toSeconds).sum()).isEqualTo(86_015);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasGivenUpStaysGivenUp(NotifyStrategy strategy) {
        assertThat(schedule.pauseAfter(strategy, 177)).isEmpty();
        assertThat(schedule.pauseAfter(strategy, Integer.MAX_VALUE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void thereIsNoPauseBeforeTheFirstTry(NotifyStrategy strategy) {
        assertThatThrownBy(() -> schedule.pauseAfter(strategy, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Duration> pauses(NotifyStrategy strategy) {
        List<Duration> pauses = new ArrayList<>();
        Optional<Duration> pause = schedule.pauseAfter(strategy, 1);
        while (pause.isPresent()) {
            pauses.add(pause.get());
            pause = schedule.pauseAfter(strategy, pauses.size() + 1);
        }
        return pauses;
    }
}
