package io.bida.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XML that is broken or made to do harm. RELIABILITY 4.3 rows 31 to 40. */
@Execution(ExecutionMode.CONCURRENT)
class HostileXmlIT {

    private static final String BODY = "<Message><MessageBody>&e;</MessageBody></Message>";

    /** Generous: the goal is 100 ms on a quiet machine, an exponential blow-up takes minutes. */
    private static final Duration SOON = Duration.ofSeconds(3);

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text only",
                "<",
                "<Message>",
                "<Message><MessageBody>a</Message>",
                "<Message><MessageBody>a</MessageBody></Message",
                "<Message><MessageBody>a</MessageBody></Message><Message/>",
                "<Message><MessageBody>a</MessageBody></Message>trailing",
                "leading<Message><MessageBody>a</MessageBody></Message>",
                "<Message a=1><MessageBody>a</MessageBody></Message>",
                "<Message a='1' a='2'><MessageBody>a</MessageBody></Message>",
                "<m:Message><m:MessageBody>a</m:MessageBody></m:Message>",
                "<Message><MessageBody>a & b</MessageBody></Message>",
                "<Message><MessageBody>&unknown;</MessageBody></Message>",
                "<Message><MessageBody>a ]]> b</MessageBody></Message>",
                "<Message><MessageBody>&#x0;</MessageBody></Message>",
                "<Message><MessageBody>&#xD800;</MessageBody></Message>",
                "<Message><MessageBody>&#xFFFE;</MessageBody></Message>",
                "<Message><MessageBody>&#x110000;</MessageBody></Message>",
                "<Message><MessageBody>\u0000</MessageBody></Message>",
                "<Message><MessageBody>\u0008</MessageBody></Message>",
                "<Message><MessageBody>\uFFFE</MessageBody></Message>",
                "<Message><MessageBody><![CDATA[a</MessageBody></Message>",
                "<Message><MessageBody><!-- -- --></MessageBody></Message>",
                " <?xml version=\"1.0\"?><Message><MessageBody>a</MessageBody></Message>",
                "<?xml version=\"1.0\"?><?xml version=\"1.0\"?><Message><MessageBody>a</MessageBody></Message>",
                "{\"MessageBody\": \"a\"}"
            })
    void whatIsNotWellFormedIsMalformedAndStoresNothing(String document) {
        TestQueue queue = server.createQueue("xml");

        queue.post(document).assertError(400, "MalformedXML");

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Message><Message><MessageBody>a</MessageBody></Message>",
                "<!DOCTYPE Message SYSTEM \"http://127.0.0.1:9/x.dtd\"><Message><MessageBody>a</MessageBody></Message>",
                "<!DOCTYPE m [<!ENTITY e \"x\">]>" + BODY,
                "<!DOCTYPE m [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + BODY,
                "<!DOCTYPE m [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]>" + BODY,
                "<!DOCTYPE m [<!ATTLIST Message a CDATA \"x\">]><Message><MessageBody>a</MessageBody></Message>",
                "<?xml version=\"1.0\"?>\n<!-- x -->\n<!DOCTYPE m>\n<Message><MessageBody>a</MessageBody></Message>"
            })
    void aDoctypeOfAnyKindIsMalformed(String document) {
        TestQueue queue = server.createQueue("doctype");

        Answer answer = queue.post(document).assertError(400, "MalformedXML");

        assertThat(answer.raw().text()).doesNotContain("root:");
        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void entitiesThatBlowUpAreRefusedSoon() {
        TestQueue queue = server.createQueue("blowup");
        StringBuilder laughs = new StringBuilder("<!DOCTYPE m [<!ENTITY e0 \"lol\">");
        for (int i = 1; i <= 10; i++) {
            laughs.append("<!ENTITY e")
                    .append(i)
                    .append(" \"")
                    .append(("&e" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        laughs.append("]><Message><MessageBody>&e10;</MessageBody></Message>");
        String quadratic = "<!DOCTYPE m [<!ENTITY e \"" + "x".repeat(50_000) + "\">]><Message><MessageBody>"
                + "&e;".repeat(20_000) + "</MessageBody></Message>";

        for (String document : List.of(laughs.toString(), quadratic)) {
            assertThat(queue.post(document).assertError(400, "MalformedXML").elapsed())
                    .isLessThan(SOON);
        }
    }

    @Test
    void nothingMakesTheServerOpenAConnection() throws IOException {
        TestQueue queue = server.createQueue("probe");
        try (ServerSocket probe = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            probe.setSoTimeout(500);
            String url = "http://127.0.0.1:" + probe.getLocalPort() + "/x";
            for (String document : List.of(
                    "<!DOCTYPE m [<!ENTITY e SYSTEM \"" + url + "\">]>" + BODY,
                    "<!DOCTYPE m [<!ENTITY % p SYSTEM \"" + url + "\"> %p;]>" + BODY,
                    "<!DOCTYPE m SYSTEM \"" + url + "\">" + BODY,
                    "<!DOCTYPE m PUBLIC \"-//x//y\" \"" + url + "\">" + BODY,
                    "<?xml-stylesheet type=\"text/xsl\" href=\"" + url
                            + "\"?><Message><MessageBody>a</MessageBody></Message>",
                    "<Message xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"" + url + " "
                            + url + "\"><MessageBody>a</MessageBody></Message>",
                    "<Message xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"" + url
                            + "\"/><MessageBody>${jndi:ldap://127.0.0.1:" + probe.getLocalPort()
                            + "/x}</MessageBody></Message>")) {
                assertThat(queue.post(document).status()).isIn(201, 400);
            }

            assertThat(hasVisitor(probe)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 10_000, 40_000})
    void deepNestingIsRefusedOrIgnoredSoon(int depth) {
        TestQueue queue = server.createQueue("deep");
        String document =
                "<Message><MessageBody>a</MessageBody>" + "<a>".repeat(depth) + "</a>".repeat(depth) + "</Message>";

        Answer answer = queue.post(document);

        assertThat(answer.status()).as("%s", answer.raw().text()).isIn(201, 400);
        assertThat(answer.elapsed()).isLessThan(SOON);
        server.assertStillServes();
    }

    @Test
    void elementsInsideABodyAreRefused() {
        TestQueue queue = server.createQueue("deep");

        Answer answer = queue.post("<Message><MessageBody>a<b>c</b></MessageBody></Message>");

        assertThat(answer.assertStatus(400).errorCode()).isIn("InvalidArgument", "MalformedXML");
        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void aHundredThousandAttributesAreRefusedSoon() {
        TestQueue queue = server.createQueue("attributes");
        StringBuilder document = new StringBuilder("<Message");
        for (int i = 0; i < 40_000; i++) {
            document.append(" a").append(i).append("=''");
        }
        document.append("><MessageBody>a</MessageBody></Message>");

        Answer answer = queue.post(document.toString());

        assertThat(answer.status()).isIn(400, 413);
        assertThat(answer.elapsed()).isLessThan(SOON);
        server.assertStillServes();
    }

    @Test
    void aNameOfHundredsOfKilobytesIsRefusedSoon() {
        TestQueue queue = server.createQueue("name");
        String name = "a".repeat(400_000);

        Answer answer = queue.post("<Message><MessageBody>a</MessageBody><" + name + "/></Message>");

        assertThat(answer.status()).isIn(201, 400, 413);
        assertThat(answer.elapsed()).isLessThan(SOON);
        server.assertStillServes();
    }

    @Test
    void brokenXmlLeavesTheConnectionUsable() {
        TestQueue queue = server.createQueue("xml");
        try (RawHttp connection = server.connect()) {
            for (String document : List.of("<", "<Message>", "<!DOCTYPE m>" + BODY, "<Message a='1' a='2'/>")) {
                server.exchange(
                                connection,
                                server.post(queue.messages()).body(document).signedV2(server.key()))
                        .assertError(400, "MalformedXML");
            }

            server.exchange(
                            connection,
                            server.post(queue.messages())
                                    .body(Documents.message("after"))
                                    .signedV2(server.key()))
                    .assertStatus(201);
        }
        assertThat(queue.drainBodies()).containsExactly("after");
    }

    @Test
    void brokenXmlIsRefusedWhereverADocumentIsExpected() {
        TestQueue queue = server.createQueue("xml");
        byte[] broken = "<Queue><DelaySeconds>1</Queue>".getBytes(StandardCharsets.UTF_8);

        server.call(server.put("/queues/" + server.freshName("xml")).body(broken))
                .assertError(400, "MalformedXML");
        server.call(server.put(queue.path() + "?metaoverride=true").body(broken))
                .assertError(400, "MalformedXML");
        server.call(server.post(queue.messages()).body(broken)).assertError(400, "MalformedXML");
        server.call(server.delete(queue.messages()).body(broken)).assertError(400, "MalformedXML");
    }

    private static boolean hasVisitor(ServerSocket probe) throws IOException {
        try {
            probe.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
