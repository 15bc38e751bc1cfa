package io.bida.topic;

/** CDI event, fired when this node learns of a subscription that is new, changed or gone: look at all again. */
public record SubscriptionsChanged() {}
