package io.bida.console.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.console.ConsoleTester;
import org.apache.wicket.protocol.http.mock.MockHttpServletRequest;
import org.apache.wicket.protocol.http.mock.MockHttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecurityHeadersFilterTest {

    private final ConsoleTester tester = ConsoleTester.start();
    private final MockHttpServletRequest request = tester.getRequest();
    private final MockHttpServletResponse response = new MockHttpServletResponse(request);

    @AfterEach
    void stop() {
        tester.destroy();
    }

    @Test
    void everyAnswerForbidsFramesSniffingAndLeakingAddresses() throws Exception {
        new SecurityHeadersFilter().doFilter(request, response, (ask, answer) -> {});

        assertThat(response.getHeader("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getHeader("X-Frame-Options")).isEqualTo("DENY");
        assertThat(response.getHeader("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(response.getHeader("Strict-Transport-Security")).isNull();
    }

    @Test
    void overTlsBrowsersAreToldToStayThere() throws Exception {
        request.setSecure(true);

        new SecurityHeadersFilter().doFilter(request, response, (ask, answer) -> {});

        assertThat(response.getHeader("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    }
}
