package io.bida.topic;

import io.bida.account.AccountId;

/** Says whether this service delivers to an endpoint. Safe for use by any thread. */
public interface EndpointPolicy {

    /**
     * Returns if it does, as far as can be told now; may ask the name service, so it may take seconds.
     *
     * @param subscriber who wants it
     * @throws InvalidEndpointException if it never would: a forbidden address, a kind that is not configured
     *     (EndpointInvalid)
     */
    void check(AccountId subscriber, Endpoint endpoint);
}
