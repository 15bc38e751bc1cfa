package io.bida.notify;

import static io.bida.topic.NotifyContentFormat.JSON;
import static io.bida.topic.NotifyContentFormat.SIMPLIFIED;
import static io.bida.topic.NotifyContentFormat.XML;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.message.MessageBody;
import io.bida.topic.NotifyContentFormat;
import io.bida.topic.Publication;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class NotificationDocumentTest {

    @Test
    void xmlHasTheSpecificationsElementsInTheirOrder() {
        assertThat(document(XML, APublication.of("hello", "red")).toString()).isEqualTo("""
                        <?xml version="1.0" encoding="utf-8"?>
                        <Notification xmlns="http://mns.aliyuncs.com/doc/v1/"><TopicOwner>1234567890123456</TopicOwner>\
                        <TopicName>news</TopicName><Subscriber>1234567890123456</Subscriber>\
                        <SubscriptionName>mine</SubscriptionName><MessageId>0A-1-2B</MessageId><Message>hello</Message>\
                        <MessageMD5>5D41402ABC4B2A76B9719D911017C592</MessageMD5><MessageTag>red</MessageTag>\
                        <PublishTime>1767323045678</PublishTime></Notification>""");
    }

    @Test
    void jsonHasTheSameAsTexts() {
        assertThat(document(JSON, APublication.of("hello", "red")).toString())
                .isEqualTo("{\"TopicOwner\":\"1234567890123456\",\"TopicName\":\"news\","
                        + "\"Subscriber\":\"1234567890123456\",\"SubscriptionName\":\"mine\",\"MessageId\":\"0A-1-2B\","
                        + "\"Message\":\"hello\",\"MessageMD5\":\"5D41402ABC4B2A76B9719D911017C592\","
                        + "\"MessageTag\":\"red\",\"PublishTime\":\"1767323045678\"}");
    }

    @Test
    void messageWithoutATagHasNoMessageTag() {
        assertThat(document(XML, APublication.of("hello")).toString()).doesNotContain("MessageTag");
        assertThat(document(JSON, APublication.of("hello")).toString()).doesNotContain("MessageTag");
    }

    @Test
    void simplifiedIsTheBodyByteForByte() {
        byte[] bytes = {0, 1, (byte) 0xFF, '<', '\r', '\n'};

        MessageBody delivered = document(SIMPLIFIED, APublication.of(MessageBody.ofBytes(bytes), Optional.empty()));

        assertThat(delivered.bytes()).containsExactly(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<a b='c'>&amp;</a>]]>",
                "line\r\nline\rline\n\ttab \"",
                " 中文 \uD83D\uDE00 \u0085\u2028",
                "\\u0041"
            })
    void everyTextThatXmlKnowsArrivesAsItWas(String text) throws Exception {
        assertThat(messageInXml(document(XML, APublication.of(text, "<&>")))).isEqualTo(text);
        assertThat(messageInJson(document(JSON, APublication.of(text, "<&>")))).isEqualTo(text);
    }

    @Test
    void charactersThatXmlDoesNotKnowAreReplacedAndTheDigestTells() throws Exception {
        Publication publication = APublication.of("a\u0000b\u0008c\uFFFEd\u001Fe\uFFFFf");

        MessageBody xml = document(XML, publication);

        assertThat(messageInXml(xml)).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf");
        assertThat(xml.toString()).contains(publication.body().md5());
        assertThat(messageInJson(document(JSON, publication))).isEqualTo("a\u0000b\u0008c\uFFFEd\u001Fe\uFFFFf");
    }

    @Test
    void bytesThatAreNoUtf8DoNotBreakTheDocument() throws Exception {
        MessageBody broken = MessageBody.ofBytes(new byte[] {'a', (byte) 0xC3, (byte) 0xED, (byte) 0xA0, (byte) 0x80});

        MessageBody xml = document(XML, APublication.of(broken, Optional.empty()));
        MessageBody json = document(JSON, APublication.of(broken, Optional.empty()));

        assertThat(messageInXml(xml)).startsWith("a\uFFFD");
        assertThat(messageInJson(json)).startsWith("a\uFFFD");
    }

    private static MessageBody document(NotifyContentFormat format, Publication publication) {
        return NotificationDocument.of(APublication.wantedAs(format), publication);
    }

    private static String messageInXml(MessageBody body) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(body.bytes()));
        return document.getElementsByTagNameNS("http://mns.aliyuncs.com/doc/v1/", "Message")
                .item(0)
                .getTextContent();
    }

    private static String messageInJson(MessageBody body) {
        JsonObject object = Json.createReader(new StringReader(body.toString())).readObject();
        return object.getString("Message");
    }
}
