package io.bida.api.xml;

import io.bida.error.InvalidArgumentException;
import io.bida.message.MessageBody;
import io.bida.message.MessageProperties;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the elements that a message has whether it is sent or published: body, group and properties. Source:
 * wire specification 7.1, 8.6, 11.2.
 */
final class ContentTexts {

    private @Nullable String body;
    private @Nullable String group;
    private final PropertyTexts system = new PropertyTexts("SystemProperties", "SystemPropertyValue");
    private final PropertyTexts user = new PropertyTexts("UserProperties", "PropertyValue");

    /** Reads the element the reader is in, or skips it if it is none of these, and leaves it. */
    void take(XMLReader xml) {
        switch (xml.name()) {
            case "MessageBody" -> body = xml.text();
            case "MessageGroupId" -> group = xml.text();
            case "SystemProperties" -> system.read(xml);
            case "UserProperties" -> user.read(xml);
            default -> xml.skip();
        }
    }

    /**
     * The body.
     *
     * @throws InvalidArgumentException if there is none, or nothing in it (InvalidArgument)
     */
    MessageBody body() {
        if (body == null || body.isEmpty()) {
            throw InvalidArgumentException.causedBy("MessageBody");
        }
        return MessageBody.of(body);
    }

    /**
     * What is carried beside the body.
     *
     * @throws InvalidArgumentException as {@link PropertyTexts#toProperties} does (InvalidArgument)
     */
    MessageProperties properties() {
        if (group == null && system.isEmpty() && user.isEmpty()) {
            return MessageProperties.NONE;
        }
        return new MessageProperties(
                Optional.ofNullable(group).filter(id -> !id.isEmpty()),
                system.toProperties(PropertyTexts::isSetByClients),
                user.toProperties(name -> true));
    }
}
