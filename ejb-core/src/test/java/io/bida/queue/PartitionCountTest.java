package io.bida.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionCountTest {

    private final PartitionCount partitions = new PartitionCount();

    @AfterEach
    void unset() {
        System.clearProperty("bida.queue.partitions");
    }

    @Test
    void oneUnlessSet() {
        assertThat(partitions.ofNewQueue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "8", "256"})
    void setNumberIsTaken(String set) {
        System.setProperty("bida.queue.partitions", set);

        assertThat(partitions.ofNewQueue()).isEqualTo(Integer.parseInt(set));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "257", "-1", "", "many", "99999999999"})
    void anythingElseIsRefused(String set) {
        System.setProperty("bida.queue.partitions", set);

        assertThatThrownBy(partitions::ofNewQueue)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bida.queue.partitions");
    }
}
