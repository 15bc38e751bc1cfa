package io.bida.account;

import java.util.Arrays;

/**
 * What an account signs its requests with: a public id and a secret shared with the service.
 *
 * <p>Immutable, held in memory by {@link AccessKeys} with the secret in clear, because an HMAC needs it; at rest the
 * secret is encrypted. Never printed.
 */
public final class AccessKey {

    private final String id;
    private final AccountId accountId;
    private final byte[] secret;
    private final boolean enabled;

    /** A key with the UTF-8 bytes of its secret. */
    public AccessKey(String id, AccountId accountId, byte[] secret, boolean enabled) {
        this.id = id;
        this.accountId = accountId;
        this.secret = secret.clone();
        this.enabled = enabled;
    }

    /** The public part, as in the Authorization header. */
    public String id() {
        return id;
    }

    /** The account whose requests it signs. */
    public AccountId accountId() {
        return accountId;
    }

    /** A copy of the UTF-8 bytes of the secret. */
    public byte[] secret() {
        return secret.clone();
    }

    /** Whether it may be used; a disabled key is answered like an unknown one. */
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccessKey key
                && id.equals(key.id)
                && accountId.equals(key.accountId)
                && enabled == key.enabled
                && Arrays.equals(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "AccessKey[" + id + "]";
    }
}
