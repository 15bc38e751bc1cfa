package io.bida.api.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/v1/cluster", "//api/v1", "///api", "/api/v9/anything"})
    void everythingBelowTheRootIsTheManagementApis(String path) {
        assertThat(ManagementPath.has(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "", "/apis", "/ap", "/API", "/queues/api", "/queues", "api", "/%61pi", "//queues/api/v1"})
    void whateverElseIsTheWires(String path) {
        assertThat(ManagementPath.has(path)).isFalse();
    }
}
