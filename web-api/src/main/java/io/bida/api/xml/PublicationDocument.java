package io.bida.api.xml;

import io.bida.error.InvalidArgumentException;
import io.bida.topic.NewPublication;
import io.bida.topic.PublishedMessage;
import org.jspecify.annotations.Nullable;

/** {@code <Message>} at a topic: what is published, and what its publisher is told. Source: wire specification 8.6. */
public final class PublicationDocument {

    private PublicationDocument() {}

    /**
     * Reads the body of a publish.
     *
     * @throws MalformedXMLException if it is not XML (MalformedXML)
     * @throws InvalidArgumentException if the root is another, there is no message body, a tag is too long, an
     *     attribute comes twice or is no JSON object, or a property is not of its type (InvalidArgument)
     */
    public static NewPublication read(byte[] body) {
        Texts texts = new Texts();
        XMLReader.readChildren(body, "Message", texts::take);
        return texts.toPublication();
    }

    /** The answer to a publish. */
    public static byte[] write(PublishedMessage message) {
        return MessageDocument.write(message.id(), message.bodyMd5());
    }

    /** What stands in the elements, kept until the document is known to be well-formed. */
    private static final class Texts {

        private final ContentTexts content = new ContentTexts();
        private final AttributeTexts attributes = new AttributeTexts();
        private @Nullable String tag;

        void take(XMLReader xml) {
            switch (xml.name()) {
                case "MessageTag" -> tag = xml.text();
                case "MessageAttributes" -> attributes.read(xml);
                default -> content.take(xml);
            }
        }

        NewPublication toPublication() {
            return new NewPublication(
                    content.body(),
                    Values.optionalTag("MessageTag", tag),
                    attributes.toAttributes(),
                    content.properties());
        }
    }
}
