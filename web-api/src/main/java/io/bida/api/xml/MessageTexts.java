package io.bida.api.xml;

import io.bida.error.InvalidArgumentException;
import io.bida.message.MessageBody;
import io.bida.message.MessageProperties;
import io.bida.message.NewMessage;
import io.bida.message.Priority;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the elements of one message to be sent, kept as text until the whole document is known to be
 * well-formed: that comes before any complaint about a value (wire specification 2.6).
 */
final class MessageTexts {

    private @Nullable String body;
    private @Nullable String priority;
    private @Nullable String delay;
    private @Nullable String group;
    private final PropertyTexts system = new PropertyTexts("SystemProperties", "SystemPropertyValue");
    private final PropertyTexts user = new PropertyTexts("UserProperties", "PropertyValue");

    private MessageTexts() {}

    /** Reads the element {@code Message} the reader is in, and leaves it. */
    static MessageTexts read(XMLReader xml) {
        MessageTexts texts = new MessageTexts();
        while (xml.nextChild()) {
            switch (xml.name()) {
                case "MessageBody" -> texts.body = xml.text();
                case "Priority" -> texts.priority = xml.text();
                case "DelaySeconds" -> texts.delay = xml.text();
                case "MessageGroupId" -> texts.group = xml.text();
                case "SystemProperties" -> texts.system.read(xml);
                case "UserProperties" -> texts.user.read(xml);
                default -> xml.skip();
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
        if (body == null || body.isEmpty()) {
            throw InvalidArgumentException.causedBy("MessageBody");
        }
        return new NewMessage(
                MessageBody.of(body),
                priority == null ? Priority.DEFAULT : new Priority(Values.integer("Priority", priority)),
                delay == null ? OptionalInt.empty() : OptionalInt.of(Values.integer("DelaySeconds", delay)),
                properties());
    }

    private MessageProperties properties() {
        if (group == null && system.isEmpty() && user.isEmpty()) {
            return MessageProperties.NONE;
        }
        return new MessageProperties(
                Optional.ofNullable(group).filter(id -> !id.isEmpty()),
                system.toProperties(PropertyTexts::isSetByClients),
                user.toProperties(name -> true));
    }
}
