package io.bida.api.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.error.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @ParameterizedTest
    @CsvSource({
        "/,/",
        "//,/",
        "/queues,/queues",
        "/queues/,/queues/",
        "///queues/q,/queues/q",
        "/queues/q/messages,/queues/q/messages",
        "/queues/a.b,/queues/a.b",
        "/queues/%71,/queues/%71",
        "/queues/%C3%A4,/queues/%C3%A4"
    })
    void oneLeadingSlashIsLeft(String raw, String path) {
        assertThat(RequestPath.normalize(raw)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "queues",
                "/queues//messages",
                "/queues/q//",
                "/queues/../queues/q",
                "/queues/./q",
                "/queues/..",
                "/queues/%2e%2e/x",
                "/queues/.%2E/x",
                "/queues/q/..;/x",
                "/queues/q;a=b",
                "/queues/q%2Fmessages",
                "/queues/q%2fmessages",
                "/queues/q%5Cmessages",
                "/queues/q\\messages",
                "/queues/q%00",
                "/queues/q%",
                "/queues/q%4",
                "/queues/q%zz",
                "/queues/%FF",
                "/queues/%C3"
            })
    void whatCouldBeReadInTwoWaysIsRefused(String raw) {
        assertThatThrownBy(() -> RequestPath.normalize(raw))
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_REQUEST_URL);
    }
}
