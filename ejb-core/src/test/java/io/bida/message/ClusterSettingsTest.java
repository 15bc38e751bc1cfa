package io.bida.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.cluster.UnsafeConfigurationException;
import io.bida.cluster.formation.FormationSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSettingsTest {

    @AfterEach
    void clear() {
        System.clearProperty("bida.cluster.hosts");
        System.clearProperty("bida.cluster.size");
        System.clearProperty("bida.cluster.go-without");
        System.clearProperty("bida.min-copies");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,2", "4,3", "5,3"})
    void copiesNeededFollowFromTheNumberOfNodes(String size, int copies) {
        System.setProperty("bida.cluster.size", size);

        FormationSettings settings = ClusterSettings.read(Path.of("data"));

        assertThat(settings.hosts()).isEqualTo(Integer.parseInt(size));
        assertThat(settings.minCopies()).isEqualTo(copies);
    }

    @Test
    void hostsAreCountedAndNodesGivenUpAreNamed() {
        System.setProperty("bida.cluster.hosts", "a[7600],b[7600], c[7600]");
        System.setProperty("bida.cluster.go-without", "n1, n2");

        FormationSettings settings = ClusterSettings.read(Path.of("data"));

        assertThat(settings.hosts()).isEqualTo(3);
        assertThat(settings.goWithout()).containsExactlyInAnyOrder("n1", "n2");
    }

    @ParameterizedTest
    @CsvSource({
        "bida.min-copies,0",
        "bida.min-copies,4",
        "bida.cluster.size,0",
        "bida.cluster.size,none",
        "bida.cluster.size,1000"
    })
    void valuesOutOfRangeAreRefusedWithTheirRange(String property, String value) {
        System.setProperty(property, value);

        assertThatThrownBy(() -> ClusterSettings.read(Path.of("data")))
                .isInstanceOf(UnsafeConfigurationException.class)
                .hasMessageContaining(property + " is " + value + "; it must be a number from 1 to");
    }

    @Test
    void moreCopiesThanNodesAreRefused() {
        System.setProperty("bida.cluster.size", "2");
        System.setProperty("bida.min-copies", "3");

        assertThatThrownBy(() -> ClusterSettings.read(Path.of("data")))
                .isInstanceOf(UnsafeConfigurationException.class)
                .hasMessage("bida.min-copies is 3; it must be a number from 1 to 2");
    }
}
