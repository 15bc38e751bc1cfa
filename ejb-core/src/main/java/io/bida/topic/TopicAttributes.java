package io.bida.topic;

import java.time.Duration;

/**
 * How a topic treats its messages.
 *
 * <p>Source of ranges and defaults: wire specification 8.1, API 2015-06-06.
 *
 * @param maximumMessageSize largest body as transmitted, in bytes: 1024 to 65536, default 65536
 * @param loggingEnabled stored and returned; default false
 */
public record TopicAttributes(int maximumMessageSize, boolean loggingEnabled) {

    /** What a topic gets where its creator says nothing. */
    public static final TopicAttributes DEFAULT = new TopicAttributes(65536, false);

    /** How long a message waits for its delivery at most, counted from its publishing: one day, not changeable. */
    public static final Duration RETENTION = Duration.ofDays(1);
}
