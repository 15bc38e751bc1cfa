package io.bida.topic;

import java.util.Optional;

/**
 * What a subscriber asks for.
 *
 * <p>Source of forms and defaults: wire specification 8.3, API 2015-06-06.
 *
 * @param endpoint where messages go; never changes
 * @param filterTag only messages with this tag; empty: all
 * @param strategy how a failed delivery is repeated; default {@link NotifyStrategy#BACKOFF_RETRY}
 * @param format the form of what is delivered; never changes; default {@link NotifyContentFormat#XML}
 */
public record SubscriptionAttributes(
        Endpoint endpoint, Optional<Tag> filterTag, NotifyStrategy strategy, NotifyContentFormat format) {

    /** Whether a message with this tag is wanted. */
    public boolean lets(Optional<Tag> messageTag) {
        return filterTag.isEmpty() || filterTag.equals(messageTag);
    }
}
