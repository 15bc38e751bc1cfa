package io.bida.console.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.console.ConsoleTester;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.wicket.protocol.http.mock.MockHttpServletRequest;
import org.apache.wicket.protocol.http.mock.MockHttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceUrlFilterTest {

    private static final String FILE = "wicket/resource/io.bida.console.ConsolePage/console.css";

    private final ConsoleTester tester = ConsoleTester.start();
    private final MockHttpServletRequest request = tester.getRequest();
    private final MockHttpServletResponse response = new MockHttpServletResponse(request);
    private boolean passed;

    @AfterEach
    void stop() {
        tester.destroy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "?en", "?zh_CN"})
    void fileAndLanguagePass(String query) throws Exception {
        ask(FILE + query);

        assertThat(passed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?en-style", "?en-style-variation", "?-..%2F..%2Fsecret", "?a=b", "?en_US_and_much_more"})
    void styleAndVariationAreNotFound(String query) throws Exception {
        ask(FILE + query);

        assertThat(passed).isFalse();
        assertThat(response.getStatus()).isEqualTo(404);
    }

    @Test
    void pathThatClimbsIsNotFound() throws Exception {
        ask("wicket/resource/io.bida.console.ConsolePage/..%2Fweb.xml");

        assertThat(passed).isFalse();
        assertThat(response.getStatus()).isEqualTo(404);
    }

    private void ask(String address) throws IOException, ServletException {
        request.setURL("./" + address);
        new ResourceUrlFilter().doFilter(request, response, (it, answer) -> passed = true);
    }
}
