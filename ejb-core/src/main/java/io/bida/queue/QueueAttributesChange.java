package io.bida.queue;

import io.bida.error.InvalidArgumentException;
import io.bida.limits.ServiceLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The attributes a client names when it creates or changes a queue; those it leaves out keep their value.
 *
 * @param delaySeconds in seconds, if named
 * @param maximumMessageSize in bytes, if named
 * @param retentionSeconds in seconds, if named
 * @param visibilitySeconds in seconds, if named
 * @param pollingWaitSeconds in seconds, if named
 * @param loggingEnabled if named
 */
public record QueueAttributesChange(
        OptionalInt delaySeconds,
        OptionalInt maximumMessageSize,
        OptionalInt retentionSeconds,
        OptionalInt visibilitySeconds,
        OptionalInt pollingWaitSeconds,
        Optional<Boolean> loggingEnabled) {

    /** Names nothing. */
    public static final QueueAttributesChange NONE = new QueueAttributesChange(
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty());

    /**
     * The attributes after this change.
     *
     * @throws InvalidArgumentException if a named value is out of its range (InvalidArgument)
     */
    public QueueAttributes applyTo(QueueAttributes before, ServiceLimits limits) {
        delaySeconds.ifPresent(v -> check("DelaySeconds", v, 0, limits.maxDelaySeconds(), "seconds"));
        maximumMessageSize.ifPresent(
                v -> check("MaximumMessageSize", v, limits.minMessageSize(), limits.maxMessageSize(), "bytes"));
        retentionSeconds.ifPresent(v -> check(
                "MessageRetentionPeriod", v, limits.minRetentionSeconds(), limits.maxRetentionSeconds(), "seconds"));
        visibilitySeconds.ifPresent(v -> check("VisibilityTimeout", v, 1, limits.maxVisibilitySeconds(), "seconds"));
        pollingWaitSeconds.ifPresent(v -> check("PollingWaitSeconds", v, 0, limits.maxPollingWaitSeconds(), "seconds"));
        return new QueueAttributes(
                seconds(delaySeconds, before.delay()),
                maximumMessageSize.orElse(before.maximumMessageSize()),
                seconds(retentionSeconds, before.retentionPeriod()),
                seconds(visibilitySeconds, before.visibilityTimeout()),
                seconds(pollingWaitSeconds, before.pollingWait()),
                loggingEnabled.orElse(before.loggingEnabled()));
    }

    private static Duration seconds(OptionalInt named, Duration before) {
        return named.isPresent() ? Duration.ofSeconds(named.getAsInt()) : before;
    }

    private static void check(String element, int value, int low, int high, String unit) {
        if (value < low || value > high) {
            throw InvalidArgumentException.outOfRange(element, low, high, unit);
        }
    }
}
