package io.bida.sdk.captured;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.sdk.wire.WireRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the captures are read right: what we would sign is what the library signed. */
class CapturedRequestTest {

    /** The invented secret with which the captures were made. */
    private static final String CAPTURED_WITH = "TestSecretForVectors0123456789";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python-batch-delete-message",
                "python-change-message-visibility",
                "python-get-account-attributes",
                "python-receive-message",
                "python-send-message",
                "php-delete-message",
                "php-list-queue",
                "php-send-message"
            })
    void weWouldSignWhatTheLibrarySigned(String name) {
        CapturedRequest captured = CapturedRequest.named(name);

        assertThat(captured.request().stringToSign()).isEqualTo(captured.stringToSign());
        assertThat(captured.request().signature(CAPTURED_WITH)).isEqualTo(captured.signature());
    }

    @ParameterizedTest
    @ValueSource(strings = {"python-batch-delete-message", "python-send-message", "php-send-message"})
    void theBodyIsAsLongAsTheLibrarySaid(String name) {
        WireRequest request = CapturedRequest.named(name).request();

        assertThat(request.find("content-length")).contains(String.valueOf(request.body().getBytes(UTF_8).length));
    }
}
