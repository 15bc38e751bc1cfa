package io.bida.message;

import java.time.Duration;
import java.util.OptionalInt;

/** A message for a test; what the test does not name is left to its default. Immutable. */
public record MessageToSend(String body, int priority, OptionalInt delaySeconds, MessageProperties properties) {

    /** Priority 8, the queue's delay, no properties. */
    public static MessageToSend aMessage(String body) {
        return new MessageToSend(body, 8, OptionalInt.empty(), MessageProperties.NONE);
    }

    /** With this priority, 1 to 16. */
    public MessageToSend ofPriority(int wanted) {
        return new MessageToSend(body, wanted, delaySeconds, properties);
    }

    /** With a delay of its own, in whole seconds. */
    public MessageToSend delayedBy(Duration delay) {
        return new MessageToSend(body, priority, OptionalInt.of((int) delay.toSeconds()), properties);
    }

    /** With these properties. */
    public MessageToSend with(MessageProperties wanted) {
        return new MessageToSend(body, priority, delaySeconds, wanted);
    }

    /** As the service takes it. */
    public NewMessage build() {
        return new NewMessage(MessageBody.of(body), new Priority(priority), delaySeconds, properties);
    }
}
