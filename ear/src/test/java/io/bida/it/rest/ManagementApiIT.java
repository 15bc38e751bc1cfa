package io.bida.it.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bida.it.ServerUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The management API below {@code /api/v1}: who may ask, what a node that stands alone says, and its refusals. */
@Execution(ExecutionMode.CONCURRENT)
class ManagementApiIT {

    private static final String CLUSTER = "/api/v1/cluster";

    @RegisterExtension
    final TestServer server = TestServer.shared();

    private Answer askAsAdministrator(String method, String target) {
        return server.exchange(server.request(method, target)
                .header("Authorization", Credentials.basic("admin", ServerUnderTest.adminPassword())));
    }

    private static void assertProblem(Answer answer, int status, String title) {
        answer.assertStatus(status);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.raw().text())
                .startsWith("{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status)
                .contains("\"requestId\":\"" + answer.header("x-mns-request-id").orElseThrow() + "\"");
    }

    @Test
    void aNodeThatStandsAloneSaysSo() {
        Answer answer = askAsAdministrator("GET", CLUSTER).assertStatus(200);

        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.raw().text())
                .contains("\"standsAlone\":true")
                .contains("\"canLoseANode\":false,\"reasonCode\":\"STANDS_ALONE\"")
                .contains("\"minimum\":1,\"wanted\":1,\"fewest\":1,\"segments\":256")
                .containsPattern("\"name\":\"bida\",\"state\":\"SERVING\",\"detail\":\"\"")
                .contains("\"address\":\"http://" + server.host() + "\"")
                .containsPattern("\"version\":\"[0-9]+\\.[0-9]+\\.[0-9]+[^\"]*\"")
                .containsPattern("\"disk\":\\{\"freeBytes\":[1-9][0-9]*,\"reserveBytes\":[0-9]+}")
                .containsPattern("\"heap\":\\{\"usedBytes\":[1-9][0-9]*,\"maxBytes\":[1-9][0-9]*}");
    }

    @Test
    void messagesAreCounted() {
        TestQueue queue = server.createQueue("counted");
        for (int i = 0; i < 16; i++) {
            queue.sendBatch(Documents.entry("a"), Documents.entry("b")).assertStatus(201);
        }

        // Who asked up to a second ago is answered what is known from then.
        await().untilAsserted(() -> assertThat(messages()).isGreaterThanOrEqualTo(32));
    }

    private long messages() {
        String node = askAsAdministrator("GET", CLUSTER + "/nodes/bida")
                .assertStatus(200)
                .raw()
                .text();
        return Long.parseLong(node.replaceAll(".*\"messages\":([0-9]+).*", "$1"));
    }

    @Test
    void aNodeThatNobodyKnowsIsNotFound() {
        assertProblem(askAsAdministrator("GET", CLUSTER + "/nodes/nobody"), 404, "Not Found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/v1", "/api/v2/cluster", "/api/v1/clusters", "//api/v1/nothing"})
    void anUnknownAddressIsNotFound(String target) {
        assertProblem(askAsAdministrator("GET", target), 404, "Not Found");
    }

    @ParameterizedTest
    @CsvSource({"POST, /api/v1/cluster", "DELETE, /api/v1/cluster/nodes/bida", "PATCH, /api/v1/cluster"})
    void aMethodThatTheAddressDoesNotHaveIsRefused(String method, String target) {
        assertProblem(askAsAdministrator(method, target), 405, "Method Not Allowed");
    }

    @Test
    void nobodyAsksWithoutAName() {
        for (String target : new String[] {CLUSTER, CLUSTER + "/nodes/bida", "/api/v1/openapi.json"}) {
            Answer answer = server.exchange(server.get(target));

            assertProblem(answer, 401, "Unauthorized");
            assertThat(answer.header("WWW-Authenticate")).contains("Basic realm=\"Bida\", charset=\"UTF-8\"");
            assertThat(answer.raw().text()).doesNotContain("SERVING");
        }
    }

    @Test
    void aKeyOfAnAccountIsNoPerson() {
        assertProblem(server.call(server.get(CLUSTER)), 401, "Unauthorized");
    }

    @Test
    void aWrongPasswordIsRefusedAsAnUnknownNameIs() {
        Answer unknown = server.exchange(
                server.get(CLUSTER).header("Authorization", Credentials.basic("nobody-of-this-name", "x")));

        assertProblem(unknown, 401, "Unauthorized");
        assertThat(unknown.raw().text()).contains("The name or the password is wrong, or the user is locked.");
    }

    @Test
    void aPageOfAnotherSiteMayNotAsk() {
        WireRequest request = server.get(CLUSTER)
                .header("Authorization", Credentials.basic("admin", ServerUnderTest.adminPassword()))
                .header("Sec-Fetch-Site", "cross-site");

        assertProblem(server.exchange(request), 403, "Forbidden");
    }

    @Test
    void itsDescriptionIsServed() {
        Answer answer = askAsAdministrator("GET", "/api/v1/openapi.json").assertStatus(200);

        assertThat(answer.raw().text()).contains("\"openapi\": \"3.1.0\"").contains("\"/api/v1/cluster\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/apis", "/API/v1/cluster", "/queues/api/v1/cluster"})
    void whatIsNotBelowItsRootIsTheWires(String target) {
        server.call(server.get(target)).assertError(400, "InvalidRequestURL");
    }

    @Test
    void whatEverybodyMaySeeIsNoMoreThanBefore() {
        String open = server.exchange(server.get("/health/cluster"))
                .assertStatus(200)
                .raw()
                .text();

        assertThat(open).doesNotContain("version", "address", "disk", "heap", "uptime");
    }
}
