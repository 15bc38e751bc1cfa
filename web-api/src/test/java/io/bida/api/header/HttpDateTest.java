package io.bida.api.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {

    @Test
    void theFormOfTheWireIsRead() {
        assertThat(HttpDate.parse("Mon, 23 Nov 2026 05:10:18 GMT")).contains(Instant.parse("2026-11-23T05:10:18Z"));
        assertThat(HttpDate.parse("Mon, 23 Nov 2026 05:10:18 GMT")).contains(Instant.parse("2026-11-23T05:10:18Z"));
        assertThat(HttpDate.parse("Tue, 3 Jun 2025 11:23:48 GMT")).contains(Instant.parse("2025-06-03T11:23:48Z"));
    }

    @Test
    void theWeekdayNeedNotBeRight() {
        assertThat(HttpDate.parse("Thu, 17 Mar 2012 18:49:58 GMT")).contains(Instant.parse("2012-03-17T18:49:58Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-11-23T05:10:18Z",
                "Mon, 23 Nov 10000 05:10:18 GMT",
                "Mon, 23 Nov -026 05:10:18 GMT",
                "Mon, 23 Nov 26 05:10:18 GMT",
                "Mon, 31 Nov 2026 05:10:18 GMT",
                "Mon, 23 Nov 2026 24:10:18 GMT",
                "Mon, 23 Nov 2026 05:60:18 GMT",
                "Mon, 23 Nov 2026 05:10:18 CET",
                "Mon, 23 Nov 2026 05:10:18 +0000",
                "Mon, 23 Nov 2026 05:10:18",
                "Mon, 23 Nov 2026 05:10:18 GMT ",
                "Mon, ٢٣ Nov 2026 05:10:18 GMT",
                "1795406000"
            })
    void anythingElseIsNot(String text) {
        assertThat(HttpDate.parse(text)).isEmpty();
    }
}
