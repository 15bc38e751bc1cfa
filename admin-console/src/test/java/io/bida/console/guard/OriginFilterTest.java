package io.bida.console.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.console.ConsoleTester;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.wicket.protocol.http.mock.MockHttpServletRequest;
import org.apache.wicket.protocol.http.mock.MockHttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginFilterTest {

    private static final String OWN = "http://console.example:8080";
    private static final String PAGE = "queues?prefix=a";
    private static final String LISTENER = "queues?-1.-signedIn-signOut";

    private final ConsoleTester tester = ConsoleTester.start();
    private final MockHttpServletRequest request = tester.getRequest();
    private final MockHttpServletResponse response = new MockHttpServletResponse(request);
    private boolean passed;

    @BeforeEach
    void comeFromABrowser() {
        request.setMethod("GET");
        request.setHeader("Host", "console.example:8080");
    }

    @AfterEach
    void stop() {
        tester.destroy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void pageOfOurOwnOrFromABookmarkPasses(String site) throws Exception {
        request.setHeader("Sec-Fetch-Site", site);

        send("GET", PAGE);

        assertThat(passed).isTrue();
    }

    @Test
    void pageForABrowserThatDoesNotSayWhereItComesFromPasses() throws Exception {
        send("GET", PAGE);

        assertThat(passed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void linkFromAnotherSiteLoadsThePageAgainAsOurs(String site) throws Exception {
        navigateFrom(site);

        send("GET", PAGE);

        assertThat(passed).isFalse();
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getDocument()).contains("http-equiv=\"refresh\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void pageInAFrameOrImageOfAnotherSiteIsRefused(String site) throws Exception {
        request.setHeader("Sec-Fetch-Site", site);
        request.setHeader("Sec-Fetch-Mode", "navigate");
        request.setHeader("Sec-Fetch-Dest", "iframe");

        send("GET", PAGE);

        assertRefused();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, cross-site",
        "GET, same-site",
        "POST, cross-site",
        "POST, same-site",
        "POST, none",
    })
    void callFromElsewhereIsRefused(String method, String site) throws Exception {
        navigateFrom(site);

        send(method, LISTENER);

        assertRefused();
    }

    @Test
    void callOpenedFromAMailOrBookmarkBecomesAPlainPage() throws Exception {
        navigateFrom("none");

        send("GET", LISTENER);

        assertThat(passed).isFalse();
        assertThat(response.getRedirectLocation()).endsWith("/queues");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example", "http://console.example", "null", "http://console.example:8080.evil"})
    void callWithAnotherOriginIsRefused(String origin) throws Exception {
        request.setHeader("Origin", origin);

        send("POST", LISTENER);

        assertRefused();
    }

    @Test
    void anotherOriginIsRefusedEvenIfTheBrowserCallsItOurs() throws Exception {
        request.setHeader("Sec-Fetch-Site", "same-origin");
        request.setHeader("Origin", "http://evil.example");

        send("POST", LISTENER);

        assertRefused();
    }

    @ParameterizedTest
    @CsvSource({"GET,Referer", "POST,Referer", "POST,Origin"})
    void callOfOurOwnPasses(String method, String header) throws Exception {
        request.setHeader(header, header.equals("Origin") ? OWN : OWN + "/console/queues");

        send(method, LISTENER);

        assertThat(passed).isTrue();
    }

    @Test
    void originBehindAProxyThatEndsTlsIsOurs() throws Exception {
        request.setHeader("Origin", "https://Console.example:8080");

        send("POST", LISTENER);

        assertThat(passed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void callWithoutAnySignOfItsOriginIsRefused(String method) throws Exception {
        send(method, LISTENER);

        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queues?0-1.-form",
                "queues?prefix=a&-1.-form",
                "queues?%2D1.-form",
                "queues?7-1.0-table-x=",
                "wicket/page?3-1.ILinkListener-a",
                "queues?wicket:interface=1"
            })
    void everyWayToWriteACallIsACall(String address) throws Exception {
        send("GET", address);

        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"queues", "queues?", "queues?3", "queues?prefix=-1.-form&after=x", "login?ended=idle"})
    void ourOwnAddressesAreNoCalls(String address) throws Exception {
        send("GET", address);

        assertThat(passed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "TRACE", "OPTIONS", "get"})
    void otherMethodsAreRefused(String method) throws Exception {
        send(method, PAGE);

        assertThat(passed).isFalse();
        assertThat(response.getStatus()).isEqualTo(405);
    }

    private void navigateFrom(String site) {
        request.setHeader("Sec-Fetch-Site", site);
        request.setHeader("Sec-Fetch-Mode", "navigate");
        request.setHeader("Sec-Fetch-Dest", "document");
    }

    private void send(String method, String address) throws IOException, ServletException {
        request.setMethod(method);
        request.setURL("./" + address);
        FilterChain chain = (ask, answer) -> passed = true;
        new OriginFilter().doFilter(request, response, chain);
    }

    private void assertRefused() {
        assertThat(passed).isFalse();
        assertThat(response.getStatus()).isEqualTo(403);
    }
}
