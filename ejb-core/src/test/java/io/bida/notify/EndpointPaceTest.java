package io.bida.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointPaceTest {

    private final EndpointPace pace = new EndpointPace();

    private void failDownToOne() {
        while (pace.allowed() > 1) {
            pace.failed(0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void anEndpointThatNeverFailedIsNotPaused(long now) {
        assertThat(pace.pauseLeft(now)).isZero();
    }

    @Test
    void anEndpointOfWhichNothingIsKnownGetsFour() {
        assertThat(pace.allowed()).isEqualTo(4);
    }

    @Test
    void failuresHalveWhatIsAllowedDownToOne() {
        for (int i = 0; i < 3; i++) {
            pace.succeeded();
        }
        List<Integer> allowed = new ArrayList<>(List.of(pace.allowed()));
        for (int i = 0; i < 6; i++) {
            pace.failed(0);
            allowed.add(pace.allowed());
        }

        assertThat(allowed).containsExactly(32, 16, 8, 4, 2, 1, 1);
    }

    @Test
    void thenPausesDoubleFromHalfASecondToAMinute() {
        failDownToOne();
        List<Long> pauses = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 9; i++) {
            pace.failed(now);
            pauses.add(pace.pauseLeft(now));
            now += pace.pauseLeft(now);
        }

        assertThat(pauses).containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 32000L, 60000L, 60000L);
    }

    @Test
    void failuresOfOneMomentBringOnePause() {
        failDownToOne();
        pace.failed(1000);
        pace.failed(1001);

        assertThat(pace.pauseLeft(1001)).isEqualTo(499);
    }

    @Test
    void successesDoubleWhatIsAllowedAndEndThePause() {
        failDownToOne();
        pace.failed(1000);

        pace.succeeded();

        assertThat(pace.allowed()).isEqualTo(2);
        assertThat(pace.pauseLeft(1000)).isZero();
        for (int i = 0; i < 9; i++) {
            pace.succeeded();
        }
        assertThat(pace.allowed()).isEqualTo(32);
    }
}
