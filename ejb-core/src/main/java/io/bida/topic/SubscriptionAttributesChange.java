package io.bida.topic;

import java.util.Optional;

/**
 * What a client names when it changes a subscription; what it leaves out keeps its value.
 *
 * @param filterTag if named
 * @param strategy if named
 */
public record SubscriptionAttributesChange(Optional<Tag> filterTag, Optional<NotifyStrategy> strategy) {

    /** The attributes after this change. */
    SubscriptionAttributes applyTo(SubscriptionAttributes before) {
        return new SubscriptionAttributes(
                before.endpoint(),
                filterTag.isPresent() ? filterTag : before.filterTag(),
                strategy.orElse(before.strategy()),
                before.format());
    }
}
