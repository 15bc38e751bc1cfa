package io.bida.api.xml;

import io.bida.message.MessageBody;
import io.bida.message.MessageId;
import io.bida.message.MessageProperties;
import io.bida.message.MessageProperty;
import io.bida.message.PeekedMessage;
import io.bida.message.ReceivedMessage;
import io.bida.message.SentMessage;

/**
 * {@code <Message>}: what a sender, a receiver and an onlooker are told of one message. Source: wire specification 5.4,
 * 7.1, 7.3, 7.5, 11.2.
 *
 * <p>The order of the elements matters to some clients: plain ones first, then the group, system properties, and user
 * properties last (rule 3.4).
 */
public final class MessageDocument {

    static final Element MESSAGE = Element.of("Message");
    private static final Element ROOT = Element.root("Message");
    private static final Element MESSAGE_ID = Element.of("MessageId");
    private static final Element RECEIPT_HANDLE = Element.of("ReceiptHandle");
    private static final Element MESSAGE_BODY_MD5 = Element.of("MessageBodyMD5");
    private static final Element MESSAGE_BODY = Element.of("MessageBody");
    private static final Element ENQUEUE_TIME = Element.of("EnqueueTime");
    private static final Element NEXT_VISIBLE_TIME = Element.of("NextVisibleTime");
    private static final Element FIRST_DEQUEUE_TIME = Element.of("FirstDequeueTime");
    private static final Element DEQUEUE_COUNT = Element.of("DequeueCount");
    private static final Element PRIORITY = Element.of("Priority");
    private static final Element MESSAGE_GROUP_ID = Element.of("MessageGroupId");
    private static final Element SYSTEM_PROPERTIES = Element.of("SystemProperties");
    private static final Element SYSTEM_PROPERTY_VALUE = Element.of("SystemPropertyValue");
    private static final Element USER_PROPERTIES = Element.of("UserProperties");
    private static final Element PROPERTY_VALUE = Element.of("PropertyValue");
    private static final Element NAME = Element.of("Name");
    private static final Element VALUE = Element.of("Value");
    private static final Element TYPE = Element.of("Type");

    // What the elements around the texts of a message take, roughly, so that the writer need not grow.
    private static final int ENVELOPE = 768;

    private MessageDocument() {}

    /** The answer to a send. */
    public static byte[] write(SentMessage message) {
        XMLWriter xml = new XMLWriter(ENVELOPE).start(ROOT);
        writeContent(message, xml);
        return xml.end(ROOT).toByteArray();
    }

    /** The answer to a publish. */
    static byte[] write(String id, String bodyMd5) {
        XMLWriter xml = new XMLWriter(ENVELOPE).start(ROOT);
        xml.element(MESSAGE_ID, id).element(MESSAGE_BODY_MD5, bodyMd5);
        return xml.end(ROOT).toByteArray();
    }

    /** The answer to a receive. */
    public static byte[] write(ReceivedMessage message) {
        XMLWriter xml = new XMLWriter(expectedLength(message)).start(ROOT);
        writeContent(message, xml);
        return xml.end(ROOT).toByteArray();
    }

    /** The answer to a peek. */
    public static byte[] write(PeekedMessage message) {
        XMLWriter xml = new XMLWriter(expectedLength(message)).start(ROOT);
        writeContent(message, xml);
        return xml.end(ROOT).toByteArray();
    }

    static int expectedLength(ReceivedMessage message) {
        return ENVELOPE + message.body().length();
    }

    static int expectedLength(PeekedMessage message) {
        return ENVELOPE + message.body().length();
    }

    static void writeContent(SentMessage message, XMLWriter xml) {
        xml.element(MESSAGE_ID, message.id().toString()).element(MESSAGE_BODY_MD5, message.bodyMd5());
        message.receiptHandle().ifPresent(handle -> xml.element(RECEIPT_HANDLE, handle.text()));
    }

    static void writeContent(ReceivedMessage message, XMLWriter xml) {
        xml.element(MESSAGE_ID, message.id().toString())
                .element(RECEIPT_HANDLE, message.receiptHandle().text());
        writeBody(message.body(), xml);
        xml.element(ENQUEUE_TIME, message.enqueuedAt().toEpochMilli())
                .element(NEXT_VISIBLE_TIME, message.nextVisibleAt().toEpochMilli())
                .element(FIRST_DEQUEUE_TIME, message.firstDequeuedAt().toEpochMilli())
                .element(DEQUEUE_COUNT, message.dequeueCount())
                .element(PRIORITY, message.priority().value());
        writeProperties(message.properties(), xml);
    }

    static void writeContent(PeekedMessage message, XMLWriter xml) {
        MessageId id = message.id();
        xml.element(MESSAGE_ID, id.toString());
        writeBody(message.body(), xml);
        xml.element(ENQUEUE_TIME, message.enqueuedAt().toEpochMilli())
                .element(FIRST_DEQUEUE_TIME, message.firstDequeuedAt().toEpochMilli())
                .element(DEQUEUE_COUNT, message.dequeueCount())
                .element(PRIORITY, message.priority().value());
        writeProperties(message.properties(), xml);
    }

    private static void writeBody(MessageBody body, XMLWriter xml) {
        xml.element(MESSAGE_BODY_MD5, body.md5()).element(MESSAGE_BODY, body.bytes());
    }

    // Without the line feeds one client fails on the nested elements and another loses the properties (rule 3.4).
    private static void writeProperties(MessageProperties properties, XMLWriter xml) {
        if (properties.isEmpty()) {
            return;
        }
        xml.lineFeed();
        properties
                .messageGroupId()
                .ifPresent(group -> xml.element(MESSAGE_GROUP_ID, group).lineFeed());
        writeProperties(properties.system(), SYSTEM_PROPERTIES, SYSTEM_PROPERTY_VALUE, xml);
        writeProperties(properties.user(), USER_PROPERTIES, PROPERTY_VALUE, xml);
    }

    private static void writeProperties(
            Iterable<MessageProperty> properties, Element all, Element each, XMLWriter xml) {
        if (!properties.iterator().hasNext()) {
            return;
        }
        xml.start(all).lineFeed();
        for (MessageProperty property : properties) {
            xml.start(each).lineFeed();
            xml.element(NAME, property.name()).lineFeed();
            xml.element(VALUE, property.value()).lineFeed();
            xml.element(TYPE, property.type().name()).lineFeed();
            xml.end(each).lineFeed();
        }
        xml.end(all).lineFeed();
    }
}
