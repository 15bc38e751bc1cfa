package io.bida.api.xml;

import io.bida.error.InvalidArgumentException;
import io.bida.queue.Queue;
import io.bida.queue.QueueAttributesChange;
import io.bida.queue.QueueDescription;
import io.bida.queue.QueueStatistics;
import org.jspecify.annotations.Nullable;

/**
 * {@code <Queue>}: the attributes a client sets and the ones it is told. Source: wire specification 5.2, 6.1 to 6.3.
 */
public final class QueueDocument {

    private static final Element ROOT = Element.root("Queue");
    private static final Element QUEUE_NAME = Element.of("QueueName");
    private static final Element CREATE_TIME = Element.of("CreateTime");
    private static final Element LAST_MODIFY_TIME = Element.of("LastModifyTime");
    private static final Element DELAY_SECONDS = Element.of("DelaySeconds");
    private static final Element MAXIMUM_MESSAGE_SIZE = Element.of("MaximumMessageSize");
    private static final Element MESSAGE_RETENTION_PERIOD = Element.of("MessageRetentionPeriod");
    private static final Element VISIBILITY_TIMEOUT = Element.of("VisibilityTimeout");
    private static final Element POLLING_WAIT_SECONDS = Element.of("PollingWaitSeconds");
    private static final Element ACTIVE_MESSAGES = Element.of("ActiveMessages");
    private static final Element INACTIVE_MESSAGES = Element.of("InactiveMessages");
    private static final Element DELAY_MESSAGES = Element.of("DelayMessages");
    private static final Element LOGGING_ENABLED = Element.of("LoggingEnabled");

    private QueueDocument() {}

    /**
     * The attributes a client names; an empty body names none.
     *
     * @throws MalformedXMLException if it is not XML (MalformedXML)
     * @throws InvalidArgumentException if the root is another or a value is not of its type (InvalidArgument)
     */
    public static QueueAttributesChange read(byte[] body) {
        if (body.length == 0) {
            return QueueAttributesChange.NONE;
        }
        Texts texts = new Texts();
        XMLReader.readChildren(body, "Queue", texts::take);
        return texts.toChange();
    }

    /** The whole of a queue: every element, since one client needs each. */
    public static byte[] write(QueueDescription queue) {
        XMLWriter xml = new XMLWriter(1024).start(ROOT);
        writeAttributes(queue.queue(), queue.statistics(), xml);
        return xml.end(ROOT).toByteArray();
    }

    static void writeAttributes(Queue queue, QueueStatistics statistics, XMLWriter xml) {
        xml.element(QUEUE_NAME, queue.name().value())
                .element(CREATE_TIME, queue.createdAt().getEpochSecond())
                .element(LAST_MODIFY_TIME, queue.lastModifiedAt().getEpochSecond())
                .element(DELAY_SECONDS, queue.attributes().delay().toSeconds())
                .element(MAXIMUM_MESSAGE_SIZE, queue.attributes().maximumMessageSize())
                .element(
                        MESSAGE_RETENTION_PERIOD,
                        queue.attributes().retentionPeriod().toSeconds())
                .element(
                        VISIBILITY_TIMEOUT,
                        queue.attributes().visibilityTimeout().toSeconds())
                .element(POLLING_WAIT_SECONDS, queue.attributes().pollingWait().toSeconds())
                .element(ACTIVE_MESSAGES, statistics.active())
                .element(INACTIVE_MESSAGES, statistics.inactive())
                .element(DELAY_MESSAGES, statistics.delayed())
                .element(LOGGING_ENABLED, queue.attributes().loggingEnabled());
    }

    /** What stands in the elements, kept until the document is known to be well-formed. */
    private static final class Texts {

        private @Nullable String delay;
        private @Nullable String size;
        private @Nullable String retention;
        private @Nullable String visibility;
        private @Nullable String pollingWait;
        private @Nullable String logging;

        void take(XMLReader xml) {
            switch (xml.name()) {
                case "DelaySeconds" -> delay = xml.text();
                case "MaximumMessageSize" -> size = xml.text();
                case "MessageRetentionPeriod" -> retention = xml.text();
                case "VisibilityTimeout" -> visibility = xml.text();
                case "PollingWaitSeconds" -> pollingWait = xml.text();
                case "LoggingEnabled" -> logging = xml.text();
                default -> xml.skip();
            }
        }

        QueueAttributesChange toChange() {
            return new QueueAttributesChange(
                    Values.optionalInteger("DelaySeconds", delay),
                    Values.optionalInteger("MaximumMessageSize", size),
                    Values.optionalInteger("MessageRetentionPeriod", retention),
                    Values.optionalInteger("VisibilityTimeout", visibility),
                    Values.optionalInteger("PollingWaitSeconds", pollingWait),
                    Values.optionalBool("LoggingEnabled", logging));
        }
    }
}
