package io.bida.account;

import java.time.Instant;

/**
 * An access key without its secret, for pages.
 *
 * @param id the public part
 * @param accountId whose requests it signs
 * @param enabled whether it may be used
 * @param createdAt when it was made
 */
public record AccessKeyDescription(String id, AccountId accountId, boolean enabled, Instant createdAt) {}
