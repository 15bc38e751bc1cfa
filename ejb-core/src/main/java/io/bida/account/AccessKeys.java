package io.bida.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * All access keys as this node knows them, in memory: what the signature check reads instead of the database.
 *
 * <p>Filled at start, changed after each commit. Safe for use by any thread.
 */
@ApplicationScoped
public class AccessKeys {

    /** The key with this id, enabled or not. */
    public Optional<AccessKey> findAccessKey(String id) {
        throw new UnsupportedOperationException();
    }
}
