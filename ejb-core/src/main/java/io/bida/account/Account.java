package io.bida.account;

import java.time.Instant;

/**
 * A tenant, as it is in the catalogue.
 *
 * @param id its number
 * @param label what its people call it, 1 to 255 characters
 * @param createdAt when it was opened
 */
public record Account(AccountId id, String label, Instant createdAt) {}
