package io.bida.api.xml;

import io.bida.error.InvalidArgumentException;
import io.bida.topic.Topic;
import io.bida.topic.TopicAttributes;
import io.bida.topic.TopicAttributesChange;
import io.bida.topic.TopicDescription;
import org.jspecify.annotations.Nullable;

/** {@code <Topic>}: the attributes a client sets and the ones it is told. Source: wire specification 8.1, 8.2. */
public final class TopicDocument {

    private static final Element ROOT = Element.root("Topic");
    private static final Element TOPIC_NAME = Element.of("TopicName");
    private static final Element CREATE_TIME = Element.of("CreateTime");
    private static final Element LAST_MODIFY_TIME = Element.of("LastModifyTime");
    private static final Element MAXIMUM_MESSAGE_SIZE = Element.of("MaximumMessageSize");
    private static final Element MESSAGE_RETENTION_PERIOD = Element.of("MessageRetentionPeriod");
    private static final Element MESSAGE_COUNT = Element.of("MessageCount");
    private static final Element LOGGING_ENABLED = Element.of("LoggingEnabled");

    private TopicDocument() {}

    /**
     * The attributes a client names; an empty body names none.
     *
     * @throws MalformedXMLException if it is not XML (MalformedXML)
     * @throws InvalidArgumentException if the root is another or a value is not of its type (InvalidArgument)
     */
    public static TopicAttributesChange read(byte[] body) {
        if (body.length == 0) {
            return TopicAttributesChange.NONE;
        }
        Texts texts = new Texts();
        XMLReader.readChildren(body, "Topic", texts::take);
        return texts.toChange();
    }

    /** The whole of a topic: every element, since one client needs each. */
    public static byte[] write(TopicDescription topic) {
        XMLWriter xml = new XMLWriter(768).start(ROOT);
        writeAttributes(topic, xml);
        return xml.end(ROOT).toByteArray();
    }

    static void writeAttributes(TopicDescription described, XMLWriter xml) {
        Topic topic = described.topic();
        xml.element(TOPIC_NAME, topic.name().value())
                .element(CREATE_TIME, topic.createdAt().getEpochSecond())
                .element(LAST_MODIFY_TIME, topic.lastModifiedAt().getEpochSecond())
                .element(MAXIMUM_MESSAGE_SIZE, topic.attributes().maximumMessageSize())
                .element(MESSAGE_RETENTION_PERIOD, TopicAttributes.RETENTION.toSeconds())
                .element(MESSAGE_COUNT, described.messageCount())
                .element(LOGGING_ENABLED, topic.attributes().loggingEnabled());
    }

    /** What stands in the elements, kept until the document is known to be well-formed. */
    private static final class Texts {

        private @Nullable String size;
        private @Nullable String logging;

        void take(XMLReader xml) {
            switch (xml.name()) {
                case "MaximumMessageSize" -> size = xml.text();
                case "LoggingEnabled" -> logging = xml.text();
                default -> xml.skip();
            }
        }

        TopicAttributesChange toChange() {
            return new TopicAttributesChange(
                    Values.optionalInteger("MaximumMessageSize", size), Values.optionalBool("LoggingEnabled", logging));
        }
    }
}
