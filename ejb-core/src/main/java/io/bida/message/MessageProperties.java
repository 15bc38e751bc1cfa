package io.bida.message;

import java.util.List;
import java.util.Optional;

/**
 * What a message carries beside its body.
 *
 * @param messageGroupId stored and returned, without effect on a normal queue (wire specification 11.3)
 * @param system set by tracing clients: traceparent, tracestate, baggage
 * @param user the sender's own
 */
public record MessageProperties(
        Optional<String> messageGroupId, List<MessageProperty> system, List<MessageProperty> user) {

    /** Nothing beside the body. */
    public static final MessageProperties NONE = new MessageProperties(Optional.empty(), List.of(), List.of());

    /** Keeps its own copies. */
    public MessageProperties {
        system = List.copyOf(system);
        user = List.copyOf(user);
    }

    /** Whether there is nothing beside the body. */
    public boolean isEmpty() {
        return messageGroupId.isEmpty() && system.isEmpty() && user.isEmpty();
    }

    /**
     * UTF-8 bytes of all names and values, which count into the message's size (wire specification 11.2, our choice).
     */
    public int length() {
        int length = messageGroupId.map(MessageProperties::utf8Length).orElse(0);
        for (MessageProperty p : system) {
            length += utf8Length(p.name()) + utf8Length(p.value());
        }
        for (MessageProperty p : user) {
            length += utf8Length(p.name()) + utf8Length(p.value());
        }
        return length;
    }

    private static int utf8Length(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }
}
