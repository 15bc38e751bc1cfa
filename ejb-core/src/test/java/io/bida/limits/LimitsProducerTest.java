package io.bida.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsProducerTest {

    private final LimitsProducer producer = new LimitsProducer();

    @AfterEach
    void unset() {
        System.clearProperty("bida.limits");
    }

    @Test
    void strictUnlessSet() {
        assertThat(producer.limits()).isEqualTo(ServiceLimits.STRICT);
    }

    @Test
    void choiceIsTakenInAnyCase() {
        System.setProperty("bida.limits", "Relaxed");

        assertThat(producer.limits()).isEqualTo(ServiceLimits.RELAXED);
    }

    @Test
    void nonsenseIsRefused() {
        System.setProperty("bida.limits", "none");

        assertThatThrownBy(producer::limits)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("none");
    }
}
