package io.bida.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which request target and method means which operation. Wire specification 1.1, 1.2, 2.6; RELIABILITY 4.3 rows 19 to
 * 22.
 */
@Execution(ExecutionMode.CONCURRENT)
class RoutingIT {

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void oneSlashAtTheEndIsAccepted() {
        TestQueue queue = server.createQueue("slash");

        server.call(server.get("/queues/")).assertStatus(200);
        server.call(server.get(queue.path() + "/")).assertStatus(200);
        server.call(server.post(queue.messages() + "/").body(Documents.message("a")))
                .assertStatus(201);
        server.call(server.get(queue.messages() + "/?waitseconds=0")).assertStatus(200);
    }

    @Test
    void repeatedSlashesAtTheBeginAreAccepted() {
        TestQueue queue = server.createQueue("slash");

        server.call(server.get("//queues")).assertStatus(200);
        server.call(server.get("//" + queue.path())).assertStatus(200);
        server.call(server.post("/" + queue.messages()).body(Documents.message("a")))
                .assertStatus(201);
    }

    @Test
    void theAbsoluteFormIsServedLikeThePathInIt() {
        TestQueue queue = server.createQueue("absolute");
        String base = "http://" + server.host();

        server.call(server.post(base + queue.messages()).body(Documents.message("a")))
                .assertStatus(201);
        server.call(server.get(base + queue.messages() + "?waitseconds=0")).assertStatus(200);
        server.call(server.get(base + "/?accountmeta=true")).assertStatus(200);
    }

    @Test
    void theAbsoluteFormMayNameAnAccountHost() {
        String host = server.key().accountId() + ".mns.cn-hangzhou.example.test";

        server.call(server.get("http://" + host + "/queues").replacing("Host", host))
                .assertStatus(200);
    }

    @Test
    void theAbsoluteFormWorksWithVersionFour() {
        WireRequest request = server.get("http://" + server.host() + "/queues");

        server.exchange(request.signedV4(server.key(), "cn-hangzhou", server.now()))
                .assertStatus(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/",
                "/queue",
                "/Queues",
                "/queues/a/b",
                "/queues/a/messages/b",
                "/queues/a/messages/b/c",
                "/queues//messages",
                "/queues/a//messages",
                "/queues/a/../b",
                "/queues/../queues/a",
                "/queues/%2e%2e/queues",
                "/queues/a/..;/x",
                "/index.html"
            })
    void anUnknownPathIsRefused(String path) {
        Answer answer = server.call(server.get(path));

        answer.assertError(400, "InvalidRequestURL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/queues/a%00b", "/queues/a%2Fmessages", "/queues/a%5cb", "/queues/a;v=1", "/queues/%ff"})
    void aPathWithSmuggledCharactersIsRefused(String path) {
        Answer answer = server.call(server.put(path));

        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.errorCode()).isIn("InvalidRequestURL", "InvalidQueueName");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /queues",
        "PUT, /queues",
        "DELETE, /queues",
        "POST, /queues/a",
        "POST, /?accountmeta=true",
        "DELETE, /?accountmeta=true",
        "GET, /commonbuy/openservice",
        "PUT, /commonbuy/openservice"
    })
    void aMethodThatThePathDoesNotHaveIsRefused(String method, String path) {
        server.call(server.request(method, path)).assertError(400, "InvalidRequestURL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "TRACE", "OPTIONS", "PROPFIND", "FOO", "get"})
    void aMethodThisServiceDoesNotHaveIsRefusedAndNotEchoed(String method) {
        TestQueue queue = server.createQueue("method");
        WireRequest request = server.request(method, queue.path()).header("X-Echo", "must-not-come-back");

        Answer answer = server.call(request);

        assertThat(answer.status()).as("%s", answer).isIn(400, 405);
        assertThat(answer.raw().toString()).doesNotContain("must-not-come-back");
        assertThat(queue.attributes().value("QueueName")).isEqualTo(queue.name());
    }

    @Test
    void connectIsRefused() {
        try (RawHttp connection = server.connect()) {
            connection.write("CONNECT example.test:80 HTTP/1.1\r\nHost: example.test:80\r\n\r\n");

            assertThat(connection.read().status()).isBetween(400, 499);
        }
        server.assertStillServes();
    }

    @Test
    void headHasNoBodyAndLeavesTheConnectionInStep() {
        TestQueue queue = server.createQueue("head");
        WireRequest head = server.request("HEAD", queue.path()).signedV2(server.key());

        try (RawHttp connection = server.connect()) {
            RawResponse answer = connection.write(head.toBytes()).read("HEAD");
            assertThat(answer.status()).isIn(200, 400, 403, 405);
            if (!answer.closesConnection()) {
                server.exchange(connection, server.get(queue.path()).signedV2(server.key()))
                        .assertStatus(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown=1", "unknown", "waitseconds=0&foo=bar", "__proto__=1"})
    void anUnknownQueryItemIsRefusedByName(String query) {
        TestQueue queue = server.createQueue("query");

        Answer answer = queue.receive(query);

        answer.assertError(400, "InvalidQueryString");
        String item = query.substring(query.indexOf('&') + 1).split("=", 2)[0];
        assertThat(answer.value("Message")).contains("invalid querystring item \"" + item);
    }

    @Test
    void anUnknownQueryItemOnAQueueIsRefusedAndCreatesNothing() {
        String name = server.freshName("query");

        server.call(server.put("/queues/" + name + "?unknown=1")).assertError(400, "InvalidQueryString");

        server.call(server.get("/queues/" + name)).assertError(404, "QueueNotExist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metaoverride", "Metaoverride", "metaOverride", "METAOVERRIDE"})
    void metaoverrideIsKnownInAnyLetterCase(String name) {
        TestQueue queue = server.createQueue("meta");
        WireRequest request = server.put(queue.path() + "?" + name + "=true")
                .body(Documents.queue(Documents.element("DelaySeconds", 3)));

        server.call(request).assertStatus(204);

        assertThat(queue.attributes().number("DelaySeconds")).isEqualTo(3);
    }

    @Test
    void queryNamesAreKnownInAnyLetterCase() {
        TestQueue queue = server.createQueue("query");
        queue.send("a").assertStatus(201);

        queue.receive("PEEKONLY=true&NUMOFMESSAGES=1").assertStatus(200);
        Answer received = queue.receive("WaitSeconds=0&numofmessages=1").assertStatus(200);
        String handle = received.xml().children().get(0).value("ReceiptHandle");
        WireRequest change = server.put(queue.messages() + "?receiptHandle=" + handle + "&visibilitytimeout=50");
        String changed = server.call(change).assertStatus(200).value("ReceiptHandle");
        server.call(server.delete(queue.messages() + "?RECEIPTHANDLE=" + changed))
                .assertStatus(204);
    }

    @Test
    void queryValuesArePercentDecoded() {
        TestQueue queue = server.createQueue("query");
        queue.send("a").assertStatus(201);
        String handle = queue.receive().assertStatus(200).value("ReceiptHandle");
        StringBuilder escaped = new StringBuilder();
        handle.chars().forEach(c -> escaped.append('%').append(Integer.toHexString(c)));

        queue.delete(escaped.toString()).assertStatus(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s+", "+%s", "%s%%20", "%s==", "%s%%3D%%3D"})
    void aQueryValueIsTakenLiterallyAndAPlusIsNoBlank(String pattern) {
        TestQueue queue = server.createQueue("query");
        queue.send("a").assertStatus(201);
        String handle = queue.receive().assertStatus(200).value("ReceiptHandle");

        queue.delete(String.format(pattern, handle)).assertError(400, "ReceiptHandleError");

        queue.delete(handle).assertStatus(204);
    }

    @Test
    void theHandleOfAnotherServiceIsUnderstoodAsAHandleInBothSpellings() {
        TestQueue queue = server.createQueue("query");

        queue.delete("1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==").assertError(400, "ReceiptHandleError");
        queue.delete("1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg%3D%3D").assertError(400, "ReceiptHandleError");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ReceiptHandle=%zz", "ReceiptHandle=%", "ReceiptHandle=%e4%b", "%zz=1", "ReceiptHandle=%ff"})
    void aBrokenPercentEscapeIsRefused(String query) {
        TestQueue queue = server.createQueue("query");

        Answer answer = server.call(server.delete(queue.messages() + "?" + query));

        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        server.assertStillServes();
    }

    @Test
    void aVeryLongTargetIsRefused() {
        Answer answer = server.call(server.get("/queues/" + "a".repeat(20 << 10)));

        assertThat(answer.status()).as("%s", answer).isIn(400, 414);
        server.assertStillServes();
    }

    @Test
    void thousandsOfQueryItemsAreRefused() {
        TestQueue queue = server.createQueue("query");
        String query = "waitseconds=0" + "&a=1".repeat(5_000);

        assertThat(queue.receive(query).status()).isIn(400, 414);
        server.assertStillServes();
    }
}
