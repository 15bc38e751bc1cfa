package io.bida.api.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestIdTest {

    @Test
    void anIdHas24HexDigitsInCapitalsAndComesOnce() {
        Set<String> ids = new HashSet<>();

        for (int i = 0; i < 10_000; i++) {
            String id = RequestId.next();
            assertThat(id).matches("[0-9A-F]{24}");
            ids.add(id);
        }

        assertThat(ids).hasSize(10_000);
    }
}
