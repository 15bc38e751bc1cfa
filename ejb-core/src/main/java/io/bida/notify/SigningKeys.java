package io.bida.notify;

import io.bida.account.SecretVault;
import io.bida.catalogue.CatalogueTransactions;
import io.bida.error.ServiceUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's one key that pushes are signed with: made when it is first asked for, the same on every node and after
 * every start.
 *
 * <p>Usable when the catalogue is started; safe for use by any thread.
 */
@ApplicationScoped
public class SigningKeys {

    /** Where the API gives the certificate to anybody. */
    public static final String CERTIFICATE_PATH = "/notification/certificate.pem";

    private static final Logger LOG = Logger.getLogger(SigningKeys.class);

    @Inject
    CatalogueTransactions catalogue;

    @Inject
    SecretVault vault;

    @Inject
    Clock clock;

    private final AtomicBoolean isAsked = new AtomicBoolean();
    private volatile @Nullable SigningKey known;

    /**
     * The key.
     *
     * @throws ServiceUnavailableException if the database does not answer and the key is not known yet
     *     (ServiceUnavailable)
     * @throws IllegalStateException if the stored key cannot be read; the text says what to do
     */
    public SigningKey get() {
        SigningKey key = known;
        return key != null ? key : readOrMake();
    }

    /** Whether the key is known; if not, that it becomes so is seen to by this executor. Never blocks. */
    boolean isKnown(Executor executor) {
        if (known != null) {
            return true;
        }
        if (isAsked.compareAndSet(false, true)) {
            try {
                executor.execute(this::ask);
            } catch (RejectedExecutionException e) {
                isAsked.set(false); // who asks again has more luck, or the node is stopping
            }
        }
        return false;
    }

    private void ask() {
        try {
            LOG.debugf("The key that pushes are signed with is valid until %s", get().validUntil());
        } catch (ServiceUnavailableException e) {
            LOG.debugf("The key that pushes are signed with is not known yet: %s", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Nothing can be pushed", e);
        } finally {
            isAsked.set(false);
        }
    }

    private synchronized SigningKey readOrMake() {
        SigningKey key = known;
        if (key == null) {
            key = catalogue.transact(SigningKeyRow::find).orElseGet(this::make).key(vault);
            known = key;
        }
        return key;
    }

    private SigningKeyRow make() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        // Outside the transaction, which may be repeated.
        SigningKey made = SigningKey.make(now);
        SigningKeyRow row = catalogue.transact(entities -> keepUnlessKept(entities, made, now));
        LOG.infof("The key that pushes are signed with is %s", row);
        return row;
    }

    private SigningKeyRow keepUnlessKept(EntityManager entities, SigningKey made, Instant now) {
        return SigningKeyRow.find(entities).orElseGet(() -> {
            SigningKeyRow row = new SigningKeyRow(made, vault, now);
            entities.persist(row);
            // Now and not at the end: of two nodes the later one stops here, and reads at its next attempt.
            entities.flush();
            return row;
        });
    }
}
