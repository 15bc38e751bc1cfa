package io.bida.queue;

import java.util.Optional;
import java.util.OptionalInt;

/** Builds the attributes that a client names. */
final class AnAttributesChange {

    private OptionalInt delay = OptionalInt.empty();
    private OptionalInt size = OptionalInt.empty();
    private OptionalInt retention = OptionalInt.empty();
    private OptionalInt visibility = OptionalInt.empty();
    private OptionalInt pollingWait = OptionalInt.empty();
    private Optional<Boolean> logging = Optional.empty();

    private AnAttributesChange() {}

    static AnAttributesChange naming() {
        return new AnAttributesChange();
    }

    AnAttributesChange delay(int seconds) {
        delay = OptionalInt.of(seconds);
        return this;
    }

    AnAttributesChange size(int bytes) {
        size = OptionalInt.of(bytes);
        return this;
    }

    AnAttributesChange retention(int seconds) {
        retention = OptionalInt.of(seconds);
        return this;
    }

    AnAttributesChange visibility(int seconds) {
        visibility = OptionalInt.of(seconds);
        return this;
    }

    AnAttributesChange pollingWait(int seconds) {
        pollingWait = OptionalInt.of(seconds);
        return this;
    }

    AnAttributesChange logging(boolean enabled) {
        logging = Optional.of(enabled);
        return this;
    }

    QueueAttributesChange build() {
        return new QueueAttributesChange(delay, size, retention, visibility, pollingWait, logging);
    }
}
