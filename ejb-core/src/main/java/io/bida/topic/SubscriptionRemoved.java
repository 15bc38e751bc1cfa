package io.bida.topic;

/**
 * CDI event, fired within the transaction that removes a subscription: observers forget it after the commit.
 *
 * @param id the subscription's
 */
public record SubscriptionRemoved(long id) {}
