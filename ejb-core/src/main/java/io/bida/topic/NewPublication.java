package io.bida.topic;

import io.bida.message.MessageBody;
import io.bida.message.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A message as its publisher hands it over.
 *
 * @param body the body, not empty
 * @param tag by which subscriptions choose
 * @param attributes what only some kinds of endpoints need, for example {@code DirectMail}: each a JSON object as text,
 *     in the order given (wire specification 8.6)
 * @param properties what it carries beside the body
 */
public record NewPublication(
        MessageBody body, Optional<Tag> tag, Map<String, String> attributes, MessageProperties properties) {

    /** Keeps its own copy. */
    public NewPublication {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /**
     * Its bytes in UTF-8: body, properties and attributes. All of them count into the size, our choice, because a copy
     * of all goes to every subscription.
     */
    int length() {
        int length = body.length() + properties.length();
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            length += attribute.getKey().length() + attribute.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        return length;
    }
}
