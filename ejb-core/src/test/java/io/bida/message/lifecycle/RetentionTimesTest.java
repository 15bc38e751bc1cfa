package io.bida.message.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetentionTimesTest {

    private final RetentionTimes times = new RetentionTimes();

    @Test
    void bundleLivesAsLongAsThePeriodThatWasInForceWhenItWasMade() {
        times.note(bundle(1_000), 60);
        times.note(bundle(2_000), 120);
        times.note(bundle(3_000), 60);

        assertThat(times.endsAtMillis(bundle(1_000))).isEqualTo(madeAt(1_000) + 60_000);
        assertThat(times.endsAtMillis(bundle(2_000))).isEqualTo(madeAt(2_000) + 120_000);
        assertThat(times.endsAtMillis(bundle(3_000))).isEqualTo(madeAt(3_000) + 60_000);
    }

    @Test
    void bundlesReadAgainAfterANewOneKeepTheirOwnPeriod() {
        times.note(bundle(9_000), 345_600);

        times.note(bundle(1_000), 345_600);
        times.note(bundle(2_000), 60);
        times.note(bundle(3_000), 345_600);

        assertThat(times.endsAtMillis(bundle(1_000))).isEqualTo(madeAt(1_000) + 345_600_000L);
        assertThat(times.endsAtMillis(bundle(2_000))).isEqualTo(madeAt(2_000) + 60_000);
        assertThat(times.endsAtMillis(bundle(3_000))).isEqualTo(madeAt(3_000) + 345_600_000L);
        assertThat(times.endsAtMillis(bundle(9_000))).isEqualTo(madeAt(9_000) + 345_600_000L);
    }

    @Test
    void firstEndIsThatOfTheBundleWhoseLifeEndsFirst() {
        assertThat(times.firstEndMillis()).isEqualTo(Long.MAX_VALUE);

        times.note(bundle(1_000), 345_600);
        times.note(bundle(2_000), 60);
        times.note(bundle(3_000), 345_600);

        assertThat(times.firstEndMillis()).isEqualTo(madeAt(2_000) + 60_000);
    }

    @Test
    void shortPeriodWhoseBundlesAreOverNoLongerBringsTheFirstEndForward() {
        times.note(bundle(1_000), 345_600);
        times.note(bundle(2_000), 60);
        times.note(bundle(3_000), 345_600);

        times.forget(bundle(1_000), madeAt(2_000) + 60_000);

        assertThat(times.firstEndMillis()).isEqualTo(madeAt(1_000) + 345_600_000L);
        assertThat(times.endsAtMillis(bundle(3_000))).isEqualTo(madeAt(3_000) + 345_600_000L);
    }

    @Test
    void bundleIsKeptUntilTheLastMillisecondOfItsLife() {
        times.note(bundle(1_000), 60);

        times.forget(bundle(0), madeAt(1_000) + 59_999);
        assertThat(times.endsAtMillis(bundle(1_000))).isEqualTo(madeAt(1_000) + 60_000);
        times.forget(bundle(0), madeAt(1_000) + 60_000);

        assertThat(times.firstEndMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void bundlesBeforeTheOldestAreForgotten() {
        times.note(bundle(1_000), 60);
        times.note(bundle(2_000), 60);
        times.note(bundle(3_000), 60);

        times.forget(bundle(2_000), madeAt(3_000));

        assertThat(times.firstEndMillis()).isEqualTo(madeAt(2_000) + 60_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.bida.message.lifecycle.DeliveryOrderTest#seeds")
    void everyNotedBundleKeepsItsPeriodInWhateverOrderTheyAreNoted(long seed) {
        Random random = new Random(seed);
        List<Noted> order = new ArrayList<>();
        int seconds = 60;
        for (int i = 0; i < 200; i++) {
            seconds = random.nextInt(5) == 0 ? 60 + random.nextInt(3) : seconds;
            order.add(new Noted(bundle(i * 10L), seconds));
        }
        Collections.shuffle(order, random);

        for (int i = 0; i < order.size(); i++) {
            times.note(order.get(i).bundle(), order.get(i).seconds());
            for (Noted each : order.subList(0, i + 1)) {
                assertThat(times.endsAtMillis(each.bundle()))
                        .isEqualTo(BundleNumbers.madeAtMillis(each.bundle()) + each.seconds() * 1000L);
            }
        }
    }

    private record Noted(long bundle, int seconds) {}

    private static long bundle(long millisAfterStart) {
        return BundleNumbers.firstAt(madeAt(millisAfterStart));
    }

    private static long madeAt(long millisAfterStart) {
        return 1_800_000_000_000L + millisAfterStart;
    }
}
