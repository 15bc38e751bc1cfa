package io.bida.api.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.message.ChangedVisibility;
import io.bida.message.DeleteOutcome;
import io.bida.message.MessageBody;
import io.bida.message.MessageId;
import io.bida.message.MessageNotExistException;
import io.bida.message.MessageProperties;
import io.bida.message.MessageProperty;
import io.bida.message.PeekedMessage;
import io.bida.message.Priority;
import io.bida.message.ReceiptHandle;
import io.bida.message.ReceiptHandleException;
import io.bida.message.ReceivedMessage;
import io.bida.message.SendOutcome;
import io.bida.message.SentMessage;
import io.bida.queue.QueueNotExistException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageDocumentTest {

    private static final String ROOT =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<%s xmlns=\"http://mns.aliyuncs.com/doc/v1\">";
    private static final MessageId ID = new MessageId(0xA7, 0, 0x40);
    private static final String ID_TEXT = "00000000000000A7-0-0000000000000040";
    private static final MessageBody BODY = MessageBody.of("aGVsbG8=");
    private static final String MD5 = "0733351879B2FA9BD05C7CA3061529C0";

    private static String root(String name) {
        return ROOT.replace("%s", name);
    }

    private static ReceivedMessage received(MessageBody body, MessageProperties properties) {
        return new ReceivedMessage(
                ID,
                new ReceiptHandle("1-h"),
                body,
                properties,
                Priority.DEFAULT,
                Instant.ofEpochMilli(1795406200001L),
                Instant.ofEpochMilli(1795406276002L),
                Instant.ofEpochMilli(1795406246003L),
                1);
    }

    private static final String RECEIVED = "<MessageId>" + ID_TEXT + "</MessageId><ReceiptHandle>1-h</ReceiptHandle>"
            + "<MessageBodyMD5>" + MD5 + "</MessageBodyMD5><MessageBody>aGVsbG8=</MessageBody>"
            + "<EnqueueTime>1795406200001</EnqueueTime><NextVisibleTime>1795406276002</NextVisibleTime>"
            + "<FirstDequeueTime>1795406246003</FirstDequeueTime><DequeueCount>1</DequeueCount><Priority>8</Priority>";

    private static String text(byte[] document) {
        return new String(document, StandardCharsets.UTF_8);
    }

    @Test
    void aReceiverGetsNineElementsInOrder() {
        assertThat(text(MessageDocument.write(received(BODY, MessageProperties.NONE))))
                .isEqualTo(root("Message") + RECEIVED + "</Message>");
    }

    @Test
    void anOnlookerGetsNeitherHandleNorNextVisibleTime() {
        PeekedMessage peeked = new PeekedMessage(
                ID,
                BODY,
                MessageProperties.NONE,
                Priority.DEFAULT,
                Instant.ofEpochMilli(1795406200000L),
                Instant.ofEpochMilli(1795406200000L),
                0);

        String message = "<MessageId>" + ID_TEXT + "</MessageId><MessageBodyMD5>" + MD5
                + "</MessageBodyMD5><MessageBody>aGVsbG8=</MessageBody><EnqueueTime>1795406200000</EnqueueTime>"
                + "<FirstDequeueTime>1795406200000</FirstDequeueTime><DequeueCount>0</DequeueCount><Priority>8</Priority>";
        assertThat(text(MessageDocument.write(peeked))).isEqualTo(root("Message") + message + "</Message>");
        assertThat(text(MessagesDocument.writePeeked(List.of(peeked))))
                .isEqualTo(root("Messages") + "<Message>" + message + "</Message></Messages>");
    }

    @Test
    void propertiesComeLastWithALineFeedAfterEveryTag() {
        MessageProperties properties = new MessageProperties(
                Optional.of("group-1"),
                List.of(new MessageProperty("traceparent", "00-abc", MessageProperty.Type.STRING)),
                List.of(
                        new MessageProperty("k", "a<b", MessageProperty.Type.STRING),
                        new MessageProperty("n", "5", MessageProperty.Type.NUMBER)));

        assertThat(text(MessageDocument.write(received(BODY, properties)))).isEqualTo(root("Message") + RECEIVED + """

                <MessageGroupId>group-1</MessageGroupId>
                <SystemProperties>
                <SystemPropertyValue>
                <Name>traceparent</Name>
                <Value>00-abc</Value>
                <Type>STRING</Type>
                </SystemPropertyValue>
                </SystemProperties>
                <UserProperties>
                <PropertyValue>
                <Name>k</Name>
                <Value>a&lt;b</Value>
                <Type>STRING</Type>
                </PropertyValue>
                <PropertyValue>
                <Name>n</Name>
                <Value>5</Value>
                <Type>NUMBER</Type>
                </PropertyValue>
                </UserProperties>
                </Message>""");
    }

    @Test
    void textsAreEscapedAndWhatXMLCannotCarryIsReplaced() {
        MessageBody body = MessageBody.of("<a&b>\"'\r\n\t\0\u001F]]>必达\uFFFE\uFFFFä😀\u007F");

        String written = text(MessageDocument.write(received(body, MessageProperties.NONE)));

        assertThat(written)
                .contains(
                        "<MessageBody>&lt;a&amp;b&gt;\"'&#13;\n\t\uFFFD\uFFFD]]&gt;必达\uFFFD\uFFFDä😀\u007F</MessageBody>");
    }

    @Test
    void whatWasSentComesBackTheSame() {
        String text = "line\r\nline\rline\n <&>]]> 必达 😀 \t";
        byte[] written = MessageDocument.write(received(MessageBody.of(text), MessageProperties.NONE));

        assertThat(SendDocument.read(written).messages().get(0).body()).hasToString(text);
    }

    @Test
    void largeBodiesAreWrittenWhole() {
        String text = "<".repeat(65_536);
        byte[] written = MessageDocument.write(received(MessageBody.of(text), MessageProperties.NONE));

        assertThat(SendDocument.read(written).messages().get(0).body()).hasToString(text);
    }

    @Test
    void aSenderGetsAHandleForADelayedMessageOnly() {
        SentMessage sent = new SentMessage(ID, MD5, Optional.empty());
        SentMessage delayed = new SentMessage(ID, MD5, Optional.of(new ReceiptHandle("1-h")));

        assertThat(text(MessageDocument.write(sent)))
                .isEqualTo(root("Message") + "<MessageId>" + ID_TEXT + "</MessageId><MessageBodyMD5>" + MD5
                        + "</MessageBodyMD5></Message>");
        assertThat(text(MessageDocument.write(delayed)))
                .isEqualTo(root("Message") + "<MessageId>" + ID_TEXT + "</MessageId><MessageBodyMD5>" + MD5
                        + "</MessageBodyMD5><ReceiptHandle>1-h</ReceiptHandle></Message>");
    }

    @Test
    void aBatchThatFailedInPartSaysWhichInTheOrderOfTheRequest() {
        assertThat(text(MessagesDocument.writeSent(List.of(
                        new SendOutcome.Failed(new QueueNotExistException()),
                        new SendOutcome.Sent(new SentMessage(ID, MD5, Optional.empty()))))))
                .isEqualTo(root("Messages") + "<Message><ErrorCode>QueueNotExist</ErrorCode>"
                        + "<ErrorMessage>The queue name you provided is not exist.</ErrorMessage></Message>"
                        + "<Message><MessageId>" + ID_TEXT + "</MessageId><MessageBodyMD5>" + MD5
                        + "</MessageBodyMD5></Message></Messages>");
    }

    @Test
    void severalReceivedMessagesStandInAList() {
        ReceivedMessage message = received(BODY, MessageProperties.NONE);

        assertThat(text(MessagesDocument.writeReceived(List.of(message, message))))
                .isEqualTo(root("Messages") + "<Message>" + RECEIVED + "</Message><Message>" + RECEIVED
                        + "</Message></Messages>");
    }

    @Test
    void failedDeletesAreListedAndTheOthersLeftOut() {
        assertThat(text(ErrorsDocument.write(List.of(
                        new DeleteOutcome.Deleted("h1"),
                        new DeleteOutcome.Failed("h<2", new ReceiptHandleException()),
                        new DeleteOutcome.Failed("h3", new MessageNotExistException())))))
                .isEqualTo(root("Errors") + "<Error><ErrorCode>ReceiptHandleError</ErrorCode>"
                        + "<ErrorMessage>The receipt handle you provide is not valid.</ErrorMessage>"
                        + "<ReceiptHandle>h&lt;2</ReceiptHandle></Error><Error><ErrorCode>MessageNotExist</ErrorCode>"
                        + "<ErrorMessage>Message not exist.</ErrorMessage><ReceiptHandle>h3</ReceiptHandle></Error>"
                        + "</Errors>");
    }

    @Test
    void aChangeOfVisibilityAnswersWithANewHandle() {
        ChangedVisibility changed =
                new ChangedVisibility(new ReceiptHandle("1-h"), Instant.ofEpochMilli(1795406296000L));

        assertThat(text(ChangeVisibilityDocument.write(changed)))
                .isEqualTo(root("ChangeVisibility")
                        + "<ReceiptHandle>1-h</ReceiptHandle><NextVisibleTime>1795406296000</NextVisibleTime>"
                        + "</ChangeVisibility>");
    }
}
