package io.bida.it.rest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Which error is answered where several are due: the earlier check wins. Wire specification 2.6. */
@Execution(ExecutionMode.CONCURRENT)
class CheckOrderIT {

    private static final String BAD_XML = "<Message>";

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void pathBeforeVersion() {
        server.exchange(server.get("/nothing").without("x-mns-version")).assertError(400, "InvalidRequestURL");
    }

    @Test
    void methodBeforeVersion() {
        server.exchange(server.post("/queues").without("x-mns-version")).assertError(400, "InvalidRequestURL");
    }

    @Test
    void versionBeforeDate() {
        server.exchange(server.get("/queues").without("x-mns-version").without("Date"))
                .assertError(400, "MissingVersionHeader");
        server.exchange(server.get("/queues").replacing("x-mns-version", "x").without("Date"))
                .assertError(400, "InvalidVersionHeader");
    }

    @Test
    void dateBeforeAuthorization() {
        server.exchange(server.get("/queues").without("Date")).assertError(400, "MissingDateHeader");
        server.exchange(server.get("/queues").replacing("Date", "x")).assertError(400, "InvalidDateHeader");
    }

    @Test
    void keyBeforeClock() {
        Credentials unknown = new Credentials("1", "NoSuchKey", "x");

        server.exchange(expired(server.get("/queues")).signedV2(unknown)).assertError(403, "InvalidAccessKeyId");
    }

    @Test
    void signatureBeforeClock() {
        WireRequest request = expired(server.get("/queues"));

        server.exchange(request.header("Authorization", "MNS " + server.key().accessKeyId() + ":x"))
                .assertError(403, "SignatureDoesNotMatch");
    }

    @Test
    void clockBeforeDigest() {
        TestQueue queue = server.createQueue("order");

        server.call(expired(server.post(queue.messages())).body(BAD_XML).header("Content-MD5", "wrong"))
                .assertError(408, "TimeExpired");
    }

    @Test
    void digestBeforeXml() {
        TestQueue queue = server.createQueue("order");

        server.call(server.post(queue.messages()).body(BAD_XML).header("Content-MD5", "wrong"))
                .assertError(400, "InvalidDegist");
    }

    @Test
    void xmlBeforeExistence() {
        server.call(server.post("/queues/it-no-such-queue/messages").body(BAD_XML))
                .assertError(400, "MalformedXML");
    }

    @Test
    void rangesBeforeExistence() {
        String document = Documents.message("a", Documents.element("Priority", 17));

        server.call(server.post("/queues/it-no-such-queue/messages").body(document))
                .assertError(400, "InvalidArgument");
    }

    private WireRequest expired(WireRequest request) {
        return request.replacing("Date", WireRequest.httpDate(server.now().minusSeconds(3600)));
    }
}
