package io.bida.catalogue;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * The database itself: H2 in a file by default, PostgreSQL where {@code bida.db.url} says so.
 *
 * <p>Safe for use by any thread.
 */
@ApplicationScoped
public class CatalogueDatabase {

    private static final Logger LOG = Logger.getLogger(CatalogueDatabase.class);

    /**
     * What H2 (2.2.224) answers when it stumbles over itself, such as by a ConcurrentModificationException in the list
     * of tables while another session makes one; the statement had no effect.
     */
    private static final int H2_STUMBLED = 50_000;

    /**
     * What H2 answers to the second of two sessions that both found no history of migrations and noted the same step in
     * it: the lock that lets migrations take turns is a lock on that table, which had to be made first.
     */
    private static final int H2_NOTED_TWICE = 23_505;

    /** How often a migration is tried at most: 5, our choice; the others that migrate are few. */
    private static final int TRIES = 5;

    @Resource(lookup = "java:jboss/datasources/BidaDS")
    DataSource database;

    private volatile boolean commitsLazily;

    /**
     * Brings the schema to this release's form. Nodes that start at the same moment take turns; runs before the first
     * use of a row.
     */
    public void migrate() {
        Flyway flyway = Flyway.configure(CatalogueDatabase.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:db/migration")
                .load();
        migrate(flyway, TRIES);
        try (Connection connection = database.getConnection()) {
            commitsLazily = connection.getMetaData().getDatabaseProductName().equals("H2");
        } catch (SQLException e) {
            throw new IllegalStateException("The catalogue's database was migrated and does not answer any more", e);
        }
    }

    private static void migrate(Flyway flyway, int tries) {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            boolean again = tries > 1
                    && CatalogueFailure.source(e) instanceof SQLException refused
                    && (refused.getErrorCode() == H2_STUMBLED || refused.getErrorCode() == H2_NOTED_TWICE);
            if (!again) {
                throw e;
            }
            LOG.infof("The schema is migrated by another node at this moment; once more: %s", e.getMessage());
            migrate(flyway, tries - 1);
        }
    }

    /**
     * Returns when everything committed so far survives a power cut.
     *
     * <p>PostgreSQL has flushed by the time a commit returns. H2 has not: its store writes what was committed up to
     * half a second later and has no setting to wait for that (2.2.224, {@code MVStore}), so a killed server would
     * forget an acknowledged queue and, worse, hand out its id again.
     */
    void flush() throws SQLException {
        if (!commitsLazily) {
            return;
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint sync");
        }
    }
}
