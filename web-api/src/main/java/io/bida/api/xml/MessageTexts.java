package io.bida.api.xml;

import io.bida.error.InvalidArgumentException;
import io.bida.message.NewMessage;
import io.bida.message.Priority;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the elements of one message to be sent, kept as text until the whole document is known to be
 * well-formed: that comes before any complaint about a value (wire specification 2.6).
 */
final class MessageTexts {

    private final ContentTexts content = new ContentTexts();
    private @Nullable String priority;
    private @Nullable String delay;

    private MessageTexts() {}

    /** Reads the element {@code Message} the reader is in, and leaves it. */
    static MessageTexts read(XMLReader xml) {
        MessageTexts texts = new MessageTexts();
        while (xml.nextChild()) {
            switch (xml.name()) {
                case "Priority" -> texts.priority = xml.text();
                case "DelaySeconds" -> texts.delay = xml.text();
                default -> texts.content.take(xml);
            }
        }
        return texts;
    }

    /**
     * The message these texts describe.
     *
     * @throws InvalidArgumentException if an element is missing, not of its type or out of its range (InvalidArgument)
     */
    NewMessage toMessage() {
        return new NewMessage(
                content.body(),
                priority == null ? Priority.DEFAULT : new Priority(Values.integer("Priority", priority)),
                Values.optionalInteger("DelaySeconds", delay),
                content.properties());
    }
}
