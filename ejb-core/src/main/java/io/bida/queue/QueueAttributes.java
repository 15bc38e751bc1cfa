package io.bida.queue;

import java.time.Duration;

/**
 * How a queue treats its messages. Ranges are in {@link io.bida.limits.ServiceLimits}.
 *
 * <p>Source of ranges and defaults: wire specification 5.2, API 2015-06-06.
 *
 * @param delay how long a new message waits before it can be received: 0 to 604800 s, default 0
 * @param maximumMessageSize largest body as transmitted, in bytes: 1024 to 65536, default 65536
 * @param retentionPeriod life of a message from its sending: 60 to 604800 s, default 345600 s (4 days)
 * @param visibilityTimeout how long a received message stays hidden: 1 to 43200 s, default 30 s
 * @param pollingWait wait of a receive that names none: 0 to 30 s, default 0
 * @param loggingEnabled stored and returned; default false
 */
public record QueueAttributes(
        Duration delay,
        int maximumMessageSize,
        Duration retentionPeriod,
        Duration visibilityTimeout,
        Duration pollingWait,
        boolean loggingEnabled) {

    /** What a queue gets where its creator says nothing. */
    public static final QueueAttributes DEFAULT = new QueueAttributes(
            Duration.ZERO, 65536, Duration.ofSeconds(345600), Duration.ofSeconds(30), Duration.ZERO, false);
}
