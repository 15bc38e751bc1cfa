package io.bida.cluster.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OpenedNumbersTest {

    private final OpenedNumbers opened = new OpenedNumbers();

    @Test
    void eachNumberIsTakenOnce() {
        assertThat(opened.add(1)).isTrue();
        assertThat(opened.add(1)).isFalse();
        assertThat(opened.add(2)).isTrue();
        assertThat(opened.add(1)).isFalse();
    }

    @Test
    void numbersComeInAnyOrder() {
        assertThat(opened.add(64)).isTrue();
        assertThat(opened.add(63)).isTrue();
        assertThat(opened.add(1)).isTrue();
        assertThat(opened.add(65)).isTrue();
        assertThat(LongStream.of(1, 63, 64, 65)).noneMatch(opened::add);
        assertThat(LongStream.rangeClosed(2, 62)).allMatch(opened::add);
    }

    @Test
    void numberBelowOneIsRefused() {
        assertThat(opened.add(0)).isFalse();
        assertThat(opened.add(-1)).isFalse();
        assertThat(opened.add(Long.MIN_VALUE)).isFalse();
    }

    @Test
    void theOldestRememberedNumberIsTakenAndTheOneBeforeItRefused() {
        opened.add(1 + OpenedNumbers.REMEMBERED);

        assertThat(opened.add(1)).isFalse();
        assertThat(opened.add(2)).isTrue();
        assertThat(opened.add(2)).isFalse();
    }

    @Test
    void placesOfForgottenNumbersAreFreeForNewOnes() {
        LongStream.rangeClosed(1, 1000).forEach(opened::add);

        assertThat(opened.add(1000 + OpenedNumbers.REMEMBERED)).isTrue();
        assertThat(opened.add(999 + OpenedNumbers.REMEMBERED)).isTrue();
        assertThat(opened.add(1001)).isTrue();
        assertThat(opened.add(1000)).isFalse();
    }

    @Test
    void aJumpBeyondEverythingRememberedForgetsAll() {
        LongStream.rangeClosed(1, OpenedNumbers.REMEMBERED).forEach(opened::add);
        long far = 10L * OpenedNumbers.REMEMBERED + 17;

        assertThat(opened.add(far)).isTrue();
        assertThat(LongStream.range(far - 1000, far)).allMatch(opened::add);
    }
}
