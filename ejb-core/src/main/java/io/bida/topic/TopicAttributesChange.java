package io.bida.topic;

import io.bida.error.InvalidArgumentException;
import io.bida.limits.ServiceLimits;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The attributes a client names when it creates or changes a topic; those it leaves out keep their value.
 *
 * @param maximumMessageSize in bytes, if named
 * @param loggingEnabled if named
 */
public record TopicAttributesChange(OptionalInt maximumMessageSize, Optional<Boolean> loggingEnabled) {

    /** Names nothing. */
    public static final TopicAttributesChange NONE = new TopicAttributesChange(OptionalInt.empty(), Optional.empty());

    /**
     * The attributes after this change.
     *
     * @throws InvalidArgumentException if a named value is out of its range (InvalidArgument)
     */
    public TopicAttributes applyTo(TopicAttributes before, ServiceLimits limits) {
        maximumMessageSize.ifPresent(size -> {
            if (size < limits.minMessageSize() || size > limits.maxMessageSize()) {
                throw InvalidArgumentException.outOfRange(
                        "MaximumMessageSize", limits.minMessageSize(), limits.maxMessageSize(), "bytes");
            }
        });
        return new TopicAttributes(
                maximumMessageSize.orElse(before.maximumMessageSize()), loggingEnabled.orElse(before.loggingEnabled()));
    }
}
