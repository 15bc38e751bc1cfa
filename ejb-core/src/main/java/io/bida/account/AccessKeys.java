package io.bida.account;

import io.bida.catalogue.CatalogueTransactions;
import io.bida.catalogue.KnownRows;
import io.bida.cluster.ClusterNews;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * All access keys as this node knows them, in memory: what the signature check reads instead of the database.
 *
 * <p>Filled at start, changed after each commit of this node, compared with the database from time to time. Goes on
 * when the database is down. Safe for use by any thread.
 */
@ApplicationScoped
public class AccessKeys {

    @Inject
    CatalogueTransactions catalogue;

    @Inject
    SecretVault vault;

    @Inject
    ClusterNews news;

    private final KnownRows<String, AccessKey> known = new KnownRows<>();

    /**
     * The key with this id, enabled or not.
     *
     * @throws io.bida.error.ServiceUnavailableException before the keys are read at start (ServiceUnavailable)
     */
    public Optional<AccessKey> findAccessKey(String id) {
        return known.find(id);
    }

    /** Learns from other nodes what they change. */
    @PostConstruct
    void listen() {
        news.listen(
                ClusterNews.Kind.ACCESS_KEY,
                id -> known.readAgain(catalogue, AccessKeyRow.class, id, row -> row.picture(vault)));
    }

    void remember(KnownRows.Row<String, AccessKey> row) {
        known.remember(row);
        news.tell(ClusterNews.Kind.ACCESS_KEY, row.id());
    }

    void forget(long id) {
        known.forget(id);
        news.tell(ClusterNews.Kind.ACCESS_KEY, id);
    }

    /**
     * Compares with the database, reads everything where something differs, and returns how much did.
     *
     * @throws io.bida.error.ServiceUnavailableException if the database does not answer (ServiceUnavailable)
     */
    public int readAgain() {
        return known.readAgain(catalogue, AccessKeyRow.class, row -> row.picture(vault));
    }
}
