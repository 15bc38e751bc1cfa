package io.bida.it.rest;

import static io.bida.it.rest.Documents.element;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent comes back as it was. Wire specification 3, 5.4, 11.2; RELIABILITY 4.3 rows 39, 40, 42, 84. */
@Execution(ExecutionMode.CONCURRENT)
class MessageContentIT {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "aGVsbG8=",
                "not base64 !?=",
                " ",
                "  blanks around  ",
                "\n\tlines\n\n",
                "\r",
                "a\r\nb\rc\nd",
                "<tag>&amp;</tag>",
                "]]>",
                "&",
                "'\"",
                "äöü ß é",
                "必达",
                "😀 \uD834\uDD1E",
                "\u0085\u2028\u00A0",
                "\uFFFD\uE000",
                "<script>alert(1)</script>",
                "{{7*7}} ${jndi:ldap://127.0.0.1:1/x} #{1+1}",
                "'; DROP TABLE queue; --",
                "%s %n %d \\u0041 \\",
                "a\u007F\u0080b"
            })
    void aBodyIsStoredAndReturnedAsItIs(String body) {
        TestQueue queue = server.createQueue("content");

        Answer sent = queue.send(body).assertStatus(201);

        Answer peeked = queue.peek().assertStatus(200);
        Answer received = queue.receive().assertStatus(200);
        for (Answer answer : List.of(peeked, received)) {
            assertThat(answer.value("MessageBody")).isEqualTo(body);
            assertThat(answer.value("MessageBodyMD5")).isEqualTo(md5(body));
            assertThat(answer.value("MessageId")).isEqualTo(sent.value("MessageId"));
        }
        assertThat(sent.value("MessageBodyMD5")).isEqualTo(md5(body));
    }

    @Test
    void sectionsOfCharacterDataAndReferencesAreRead() {
        TestQueue queue = server.createQueue("content");

        queue.post("<Message><MessageBody>a<![CDATA[<b>&amp;]]>c&#65;&#x1F600;&lt;<!-- no -->d<?no no?>e"
                        + "</MessageBody></Message>")
                .assertStatus(201);

        assertThat(queue.receive().value("MessageBody")).isEqualTo("a<b>&amp;cA😀<de");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Message><MessageBody>a</MessageBody></Message>",
                "<Message xmlns=\"http://mns.aliyuncs.com/doc/v1\"><MessageBody>a</MessageBody></Message>",
                "<Message xmlns=\"http://mns.aliyuncs.com/doc/v1/\"><MessageBody>a</MessageBody></Message>",
                "<m:Message xmlns:m=\"http://mns.aliyuncs.com/doc/v1\"><m:MessageBody>a</m:MessageBody></m:Message>",
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><Message><MessageBody>a</MessageBody></Message>",
                "<?xml version='1.0' encoding='UTF-8' standalone='no'?>\n<Message>\n <MessageBody>a</MessageBody>\n</Message>\n",
                BYTE_ORDER_MARK + "<Message><MessageBody>a</MessageBody></Message>",
                BYTE_ORDER_MARK
                        + "<?xml version=\"1.0\" encoding=\"utf-8\"?><Message><MessageBody>a</MessageBody></Message>"
            })
    void namespaceDeclarationAndByteOrderMarkAreOptional(String document) {
        TestQueue queue = server.createQueue("form");

        queue.post(document).assertStatus(201);

        assertThat(queue.receive().value("MessageBody")).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/xml", "text/xml;charset=utf-8", "text/xml; charset=UTF-8", "application/xml", "TEXT/XML"})
    void everyContentTypeThatClientsUseIsAccepted(String type) {
        TestQueue queue = server.createQueue("type");

        server.call(server.post(queue.messages()).header("Content-Type", type).body(Documents.message("ä")))
                .assertStatus(201);

        assertThat(queue.receive().value("MessageBody")).isEqualTo("ä");
    }

    @Test
    void aMissingContentTypeIsAccepted() {
        TestQueue queue = server.createQueue("type");
        byte[] document = Documents.message("a").getBytes(StandardCharsets.UTF_8);

        server.call(server.post(queue.messages()).bareBody(document)).assertStatus(201);
    }

    @Test
    void contentTypeOnGetAndDeleteIsOrdinary() {
        TestQueue queue = server.createQueue("type");

        server.call(server.get(queue.path()).header("content-type", "text/xml;charset=UTF-8"))
                .assertStatus(200);
        server.call(server.delete(queue.path()).header("content-type", "text/xml;charset=UTF-8"))
                .assertStatus(204);
    }

    @Test
    void anotherEncodingIsReadRightOrRefusedButNeverGarbled() {
        TestQueue queue = server.createQueue("encoding");
        String declared = "<?xml version=\"1.0\" encoding=\"%s\"?><Message><MessageBody>ä中</MessageBody></Message>";

        for (String encoding : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "GBK", "GB18030")) {
            byte[] document = String.format(declared, encoding).getBytes(java.nio.charset.Charset.forName(encoding));
            assertNeverGarbled(queue, document);
        }
        assertNeverGarbled(queue, String.format(declared, "UTF-7").getBytes(StandardCharsets.UTF_8));
        assertNeverGarbled(queue, String.format(declared, "US-ASCII").getBytes(StandardCharsets.UTF_8));
        assertNeverGarbled(queue, String.format(declared, "UTF-16").getBytes(StandardCharsets.UTF_8));
        assertNeverGarbled(queue, String.format(declared, "no-such").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bytesThatAreNotUtf8AreMalformed() {
        TestQueue queue = server.createQueue("encoding");
        for (String bytes : List.of("c328", "a0a1", "e28228", "f0288cbc", "ff", "eda080", "c080")) {
            byte[] inner = HexFormat.of().parseHex(bytes);
            byte[] start = "<Message><MessageBody>".getBytes(StandardCharsets.US_ASCII);
            byte[] end = "</MessageBody></Message>".getBytes(StandardCharsets.US_ASCII);
            byte[] document = new byte[start.length + inner.length + end.length];
            System.arraycopy(start, 0, document, 0, start.length);
            System.arraycopy(inner, 0, document, start.length, inner.length);
            System.arraycopy(end, 0, document, start.length + inner.length, end.length);

            server.call(server.post(queue.messages()).body(document)).assertError(400, "MalformedXML");
        }

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void propertiesAndGroupComeBackWithALineFeedAroundEveryTag() {
        TestQueue queue = server.createQueue("properties");
        String user = "<UserProperties>" + property("s", "v1 <&>", "STRING") + property("n", "5", "NUMBER")
                + property("b", "true", "BOOLEAN") + property("bin", "QUI=", "BINARY") + "</UserProperties>";
        String system = "<SystemProperties><SystemPropertyValue><Name>traceparent</Name><Value>00-abc</Value>"
                + "<Type>STRING</Type></SystemPropertyValue></SystemProperties>";

        queue.send("a", user, system, element("MessageGroupId", "group-1")).assertStatus(201);

        for (Answer answer : List.of(queue.peek(), queue.receive())) {
            answer.assertStatus(200);
            List<String> names = answer.xml().names();
            assertThat(names.subList(names.size() - 3, names.size()))
                    .containsExactly("MessageGroupId", "SystemProperties", "UserProperties");
            assertThat(answer.value("MessageGroupId")).isEqualTo("group-1");
            assertThat(answer.raw().text().replace('\n', '|'))
                    .contains("<SystemProperties>|<SystemPropertyValue>|<Name>traceparent</Name>|"
                            + "<Value>00-abc</Value>|<Type>STRING</Type>|</SystemPropertyValue>|</SystemProperties>")
                    .contains("<UserProperties>|<PropertyValue>|<Name>")
                    .contains("</Type>|</PropertyValue>|<PropertyValue>|<Name>")
                    .contains("</Type>|</PropertyValue>|</UserProperties>");
            XmlElement properties = answer.xml().find("UserProperties").orElseThrow();
            assertThat(properties.children().stream()
                            .map(p -> p.value("Name") + "|" + p.value("Value") + "|" + p.value("Type"))
                            .toList())
                    .containsExactlyInAnyOrder("s|v1 <&>|STRING", "n|5|NUMBER", "b|true|BOOLEAN", "bin|QUI=|BINARY");
        }
    }

    @Test
    void propertiesOfABatchBelongToTheirEntry() {
        TestQueue queue = server.createQueue("properties");
        String user = "<UserProperties>" + property("k", "v", "STRING") + "</UserProperties>";

        queue.sendBatch(Documents.entry("with", user), Documents.entry("without"))
                .assertStatus(201);

        List<XmlElement> received =
                queue.receive("numOfMessages=2").assertStatus(200).xml().children();
        assertThat(received.get(0).names()).contains("UserProperties").doesNotContain("SystemProperties");
        assertThat(received.get(1).names()).doesNotContain("UserProperties", "SystemProperties", "MessageGroupId");
    }

    @Test
    void emptyPropertiesAreNotAnswered() {
        TestQueue queue = server.createQueue("properties");

        queue.send("a", "<UserProperties></UserProperties>", "<SystemProperties/>")
                .assertStatus(201);

        assertThat(queue.receive().xml().names()).doesNotContain("UserProperties", "SystemProperties");
    }

    @Test
    void aSystemPropertyThatClientsChokeOnNeverComesBack() {
        TestQueue queue = server.createQueue("properties");
        String system = "<SystemProperties><SystemPropertyValue><Name>somethingElse</Name><Value>x</Value>"
                + "<Type>STRING</Type></SystemPropertyValue></SystemProperties>";

        Answer sent = queue.send("a", system);

        assertThat(sent.status()).as("%s", sent).isIn(201, 400);
        assertThat(queue.receive().raw().text()).doesNotContain("somethingElse");
    }

    @Test
    void propertiesCountIntoTheSize() {
        TestQueue queue = server.createQueue("properties", element("MaximumMessageSize", 1024));
        String user = "<UserProperties>" + property("name", "v".repeat(96), "STRING") + "</UserProperties>";

        queue.send("x".repeat(900), user).assertStatus(201);
        queue.send("x".repeat(1024), user).assertError(400, "InvalidArgument");
    }

    private void assertNeverGarbled(TestQueue queue, byte[] document) {
        Answer answer = server.call(server.post(queue.messages()).body(document));
        if (answer.status() == 201) {
            assertThat(queue.receive().value("MessageBody")).isEqualTo("ä中");
        } else {
            answer.assertError(400, "MalformedXML");
        }
    }

    private static String property(String name, String value, String type) {
        return "<PropertyValue>" + element("Name", name) + element("Value", value) + element("Type", type)
                + "</PropertyValue>";
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}
