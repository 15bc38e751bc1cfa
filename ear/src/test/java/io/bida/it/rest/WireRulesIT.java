package io.bida.it.rest;

import static io.bida.it.rest.Documents.element;
import static io.bida.it.rest.Documents.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rules that hold for every answer, tried on one answer of each kind. Wire specification 1.5, 3 and 4.1. */
class WireRulesIT {

    private static final String NAMESPACE = "http://mns.aliyuncs.com/doc/v1";
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @TestFactory
    Stream<DynamicTest> everyAnswerHasAFreshRequestIdAndTheVersionInExactCase() {
        List<String> ids = new ArrayList<>();
        return each(answer -> {
            String id = answer.header("x-mns-request-id").orElse("none in exactly this case: " + answer.raw());
            assertThat(id).matches("[0-9A-F]{24}");
            assertThat(ids).doesNotContain(id);
            ids.add(id);
            assertThat(answer.header("x-mns-version")).contains("2015-06-06");
        });
    }

    @TestFactory
    Stream<DynamicTest> noHeaderComesTwice() {
        return each(answer -> assertThat(answer.raw().headers().stream()
                        .map(h -> h.name().toLowerCase(Locale.ROOT))
                        .toList())
                .doesNotHaveDuplicates());
    }

    @TestFactory
    Stream<DynamicTest> everyAnswerSaysWhenItWasGiven() {
        return each(answer -> assertThat(answer.header("Date")).isPresent());
    }

    @TestFactory
    Stream<DynamicTest> noAnswerTellsProductOrPlace() {
        return each(answer -> assertThat(answer.raw().toString())
                .doesNotContainIgnoringCase("wildfly")
                .doesNotContainIgnoringCase("undertow")
                .doesNotContainIgnoringCase("resteasy")
                .doesNotContainIgnoringCase("exception")
                .doesNotContain("io.bida")
                .doesNotContain("\tat "));
    }

    @TestFactory
    Stream<DynamicTest> aBodyIsNamedTextXmlInUtf8() {
        return each(answer -> {
            if (answer.raw().body().length > 0) {
                assertThat(answer.header("Content-Type")).contains("text/xml;charset=utf-8");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> status204HasNeitherBodyNorLength() {
        return each(answer -> {
            if (answer.status() == 204) {
                assertThat(answer.raw().header("Content-Length")).isEmpty();
                assertThat(answer.raw().header("Transfer-Encoding")).isEmpty();
                assertThat(answer.raw().body()).isEmpty();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aDocumentBeginsWithTheDeclaration() {
        return eachDocument((text, root) -> assertThat(text).startsWith(DECLARATION));
    }

    @TestFactory
    Stream<DynamicTest> aDocumentHasTheNamespaceWithoutFinalSlashAndNoPrefixes() {
        return eachDocument((text, root) -> {
            assertThat(text).contains("<" + root.name() + " xmlns=\"" + NAMESPACE + "\"");
            assertThat(text.split("xmlns", -1)).as("declared once").hasSize(2);
            assertThat(root.withDescendants()).allSatisfy(e -> {
                assertThat(e.namespace()).isEqualTo(NAMESPACE);
                assertThat(e.prefix()).isEmpty();
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> noElementIsEmptyButTheLoggingBucketAndAnEmptyList() {
        return eachDocument((text, root) -> assertThat(root.withDescendants().stream()
                        .filter(e -> e.children().isEmpty() && e.text().isEmpty())
                        .map(XmlElement::name)
                        .toList())
                .as("empty elements of %s", text)
                .isSubsetOf("LoggingBucket", "Queues"));
    }

    @TestFactory
    Stream<DynamicTest> thereAreNoBlanksBetweenElements() {
        return eachDocument((text, root) -> {
            String content = text.substring(DECLARATION.length()).strip();
            assertThat(content).doesNotContainPattern("<(Queues|Queue|Messages|Message|Errors|Error|Account)[^>]*>\\s");
            assertThat(content).doesNotContainPattern("</[A-Za-z]+>\\s+<");
        });
    }

    @TestFactory
    Stream<DynamicTest> truthsAreWrittenTrueAndFalse() {
        return eachDocument((text, root) -> assertThat(root.withDescendants().stream()
                        .filter(e -> e.name().equals("LoggingEnabled"))
                        .map(XmlElement::text)
                        .toList())
                .isSubsetOf("True", "False"));
    }

    @TestFactory
    Stream<DynamicTest> anErrorHasItsFourChildrenInOrder() {
        return each(answer -> {
            if (answer.status() >= 400 && answer.xml().name().equals("Error")) {
                assertThat(answer.xml().names()).startsWith("Code", "Message", "RequestId", "HostId");
                assertThat(Optional.of(answer.value("RequestId"))).isEqualTo(answer.header("x-mns-request-id"));
                assertThat(answer.value("HostId")).isEqualTo("http://" + server.host());
                if (!answer.errorCode().equals("SignatureDoesNotMatch")) {
                    assertThat(answer.xml().names()).hasSize(4);
                }
            }
        });
    }

    @Test
    void theWordingOfErrorsIsTheOneClientsMayCompare() {
        Map<String, String> wording = Map.ofEntries(
                Map.entry("InvalidAccessKeyId", "The AccessKey Id you provided is not exist."),
                Map.entry(
                        "SignatureDoesNotMatch",
                        "The request signature we calculated does not match the signature you provided. "
                                + "Check your key and signing method."),
                Map.entry("InvalidAuthorizationHeader", "The Authorization header format is invalid."),
                Map.entry("MissingAuthorizationHeader", "Authorization header is required."),
                Map.entry("InvalidDateHeader", "The Date header format is invalid."),
                Map.entry("MissingDateHeader", "Date header is required."),
                Map.entry("TimeExpired", "The http request you sent is expired."),
                Map.entry("InvalidDegist", "The Content-MD5 you specified is invalid."),
                Map.entry("InvalidRequestURL", "Http request URL format invalid."),
                Map.entry("MalformedXML", "The XML you provided was not well-formed."),
                Map.entry("MissingReceiptHandle", "ReceiptHandle is required."),
                Map.entry("MissingVisibilityTimeout", "VisibilityTimeout is required."),
                Map.entry("ReceiptHandleError", "The receipt handle you provide is not valid."),
                Map.entry("MessageNotExist", "Message not exist."),
                Map.entry("QueueNotExist", "The queue name you provided is not exist."),
                Map.entry("QueueAlreadyExist", "The queue you want to create is already exist."));
        Map<String, String> seen = new LinkedHashMap<>();

        answers().values().stream()
                .filter(a -> a.status() >= 400 && a.xml().name().equals("Error"))
                .forEach(a -> seen.put(a.errorCode(), a.value("Message")));

        assertThat(seen).containsAllEntriesOf(wording);
        assertThat(seen.get("InvalidQueryString"))
                .isEqualTo("Http request URL contains invalid querystring item \"unknown\".");
        assertThat(seen.get("InvalidArgument"))
                .isEqualTo("The value of DelaySeconds should between 0 and 604800 seconds.");
    }

    private Stream<DynamicTest> each(Consumer<Answer> rule) {
        return answers().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> rule.accept(e.getValue())));
    }

    private Stream<DynamicTest> eachDocument(BiConsumer<String, XmlElement> rule) {
        return answers().entrySet().stream()
                .filter(e -> e.getValue().raw().body().length > 0)
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(),
                        () -> rule.accept(
                                e.getValue().raw().text(), e.getValue().xml())));
    }

    /** One answer of each kind, by a name that says which. */
    private Map<String, Answer> answers() {
        Map<String, Answer> all = new LinkedHashMap<>();
        TestQueue queue = new TestQueue(server, server.freshName("rules"));
        addQueueAnswers(queue, all);
        addMessageAnswers(queue, all);
        addErrors(queue, all);
        all.put("account", server.call(server.get("/?accountmeta=true")));
        all.put("account id", server.call(server.get("/?account")));
        all.put("open service", server.call(server.post("/commonbuy/openservice")));
        all.put("delete queue", queue.drop());
        return all;
    }

    private void addQueueAnswers(TestQueue queue, Map<String, Answer> all) {
        all.put("create queue", server.call(server.put(queue.path()).body(Documents.queue())));
        all.put("create it again", server.call(server.put(queue.path()).body(Documents.queue())));
        all.put(
                "create it otherwise",
                server.call(server.put(queue.path()).body(Documents.queue(element("DelaySeconds", 1)))));
        all.put("set queue", queue.set(element("LoggingEnabled", "true")));
        all.put("set queue wrongly", queue.set(element("DelaySeconds", -1)));
        all.put("get queue", server.call(server.get(queue.path())));
        all.put("list queues", server.call(server.get("/queues").header("x-mns-prefix", queue.name())));
        all.put("list no queues", server.call(server.get("/queues").header("x-mns-prefix", "it-no-such")));
        all.put(
                "list queues with meta",
                server.call(server.get("/queues")
                        .header("x-mns-prefix", queue.name())
                        .header("x-mns-with-meta", "true")));
    }

    private void addMessageAnswers(TestQueue queue, Map<String, Answer> all) {
        all.put("send", queue.send("a"));
        Answer delayed = queue.send("b", element("DelaySeconds", 600));
        all.put("send delayed", delayed);
        all.put("send batch", queue.sendBatch(entry("c"), entry("d", element("DelaySeconds", 600)), entry("e")));
        all.put("peek", queue.peek());
        all.put("peek several", queue.receive("peekonly=true&numOfMessages=2"));
        Answer received = queue.receive();
        all.put("receive", received);
        Answer several = queue.receive("numOfMessages=2");
        all.put("receive several", several);
        String handle = received.value("ReceiptHandle");
        all.put("change visibility", queue.changeVisibility(handle, 60));
        all.put("delete", queue.delete(handle));
        all.put("delete again", queue.delete(handle));
        all.put(
                "delete several",
                queue.deleteBatch(several.xml().all("Message").stream()
                        .map(m -> m.value("ReceiptHandle"))
                        .toArray(String[]::new)));
        all.put("delete several with a wrong one", queue.deleteBatch(delayed.value("ReceiptHandle"), "wrong"));
        all.put("receive nothing", queue.receive());
        all.put("peek nothing", queue.peek());
    }

    private void addErrors(TestQueue queue, Map<String, Answer> all) {
        WireRequest get = server.get("/queues");
        String key = "MNS " + server.key().accessKeyId();
        all.put("no authorization", server.exchange(get));
        all.put("unreadable authorization", server.exchange(get.header("Authorization", "x")));
        all.put("unknown key", server.exchange(get.header("Authorization", "MNS nobody:x")));
        all.put("wrong signature", server.exchange(get.header("Authorization", key + ":x")));
        all.put("no date", server.call(get.without("Date")));
        all.put("unreadable date", server.call(get.replacing("Date", "x")));
        all.put(
                "expired",
                server.call(
                        get.replacing("Date", WireRequest.httpDate(server.now().minusSeconds(960)))));
        all.put("no version", server.call(get.without("x-mns-version")));
        all.put("wrong version", server.call(get.replacing("x-mns-version", "x")));
        all.put("wrong digest", server.call(get.header("Content-MD5", "x")));
        all.put("unknown path", server.call(server.get("/x/y/z")));
        all.put("unknown query item", queue.receive("unknown=1"));
        all.put("malformed", queue.post("<"));
        all.put("missing handle", server.call(server.delete(queue.messages())));
        all.put("missing timeout", server.call(server.put(queue.messages() + "?ReceiptHandle=x")));
        all.put("wrong handle", queue.delete("x"));
        all.put("missing queue", server.call(server.get("/queues/it-no-such-queue")));
        all.put("wrong queue name", server.call(server.put("/queues/a_b")));
        all.put("too long queue name", server.call(server.put("/queues/" + "a".repeat(256))));
    }
}
