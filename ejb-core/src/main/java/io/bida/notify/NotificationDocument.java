package io.bida.notify;

import io.bida.message.MessageBody;
import io.bida.topic.Publication;
import io.bida.topic.Subscription;
import io.bida.topic.Tag;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an endpoint gets: the published message in the form that its subscription asked for.
 *
 * <p>Source: wire specification 10.3, API 2015-06-06.
 */
public final class NotificationDocument {

    private static final String NAMESPACE = "http://mns.aliyuncs.com/doc/v1/";

    /** Found once: the search goes through all that the class loader sees. */
    private static final JsonProvider JSON = JsonProvider.provider();

    /** Stands for a character that XML 1.0 cannot carry, not even as a reference. */
    private static final char REPLACEMENT = '\uFFFD';

    private NotificationDocument() {}

    /**
     * The message as this subscription wants it, in UTF-8.
     *
     * <p>In XML and JSON, bytes of the published body that are no UTF-8, and in XML also control characters that XML
     * 1.0 does not know, become U+FFFD: the receiver gets a document that it can read, and sees from MessageMD5, which
     * is that of the body as published, that something is missing. SIMPLIFIED carries every byte.
     */
    public static MessageBody of(Subscription subscription, Publication publication) {
        return switch (subscription.attributes().format()) {
            case XML -> MessageBody.of(xml(fields(subscription, publication)));
            case JSON -> MessageBody.of(json(fields(subscription, publication)));
            case SIMPLIFIED -> publication.body();
        };
    }

    /** Names and texts in the order of the document. */
    private static Map<String, String> fields(Subscription subscription, Publication publication) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("TopicOwner", subscription.accountId().value());
        fields.put("TopicName", subscription.topicName().value());
        fields.put("Subscriber", subscription.accountId().value());
        fields.put("SubscriptionName", subscription.name().value());
        fields.put("MessageId", publication.id());
        fields.put("Message", publication.body().toString());
        fields.put("MessageMD5", publication.body().md5());
        publication.tag().map(Tag::value).ifPresent(tag -> fields.put("MessageTag", tag));
        fields.put("PublishTime", Long.toString(publication.publishedAt().toEpochMilli()));
        return fields;
    }

    private static String json(Map<String, String> fields) {
        JsonObjectBuilder object = JSON.createObjectBuilder();
        fields.forEach(object::add);
        return object.build().toString();
    }

    private static String xml(Map<String, String> fields) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        xml.append("<Notification xmlns=\"").append(NAMESPACE).append("\">");
        fields.forEach((name, text) -> {
            xml.append('<').append(name).append('>');
            text.codePoints().forEach(character -> appendEscaped(xml, character));
            xml.append("</").append(name).append('>');
        });
        return xml.append("</Notification>").toString();
    }

    private static void appendEscaped(StringBuilder xml, int character) {
        switch (character) {
            case '&' -> xml.append("&amp;");
            case '<' -> xml.append("&lt;");
            // Only needed after ]], where it must not stand bare.
            case '>' -> xml.append("&gt;");
            // A parser makes a line feed of a bare one.
            case '\r' -> xml.append("&#13;");
            default -> xml.appendCodePoint(isXmlCharacter(character) ? character : REPLACEMENT);
        }
    }

    /** Source: XML 1.0 (fifth edition), section 2.2. */
    private static boolean isXmlCharacter(int character) {
        return character == '\t'
                || character == '\n'
                || (character >= ' ' && character < Character.MIN_SURROGATE)
                || (character > Character.MAX_SURROGATE && character < 0xFFFE)
                || character >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
    }
}
