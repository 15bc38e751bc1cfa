package io.bida.catalogue;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The database itself: H2 in a file by default, PostgreSQL where {@code bida.db.url} says so.
 *
 * <p>Safe for use by any thread.
 */
@ApplicationScoped
public class CatalogueDatabase {

    @Resource(lookup = "java:jboss/datasources/BidaDS")
    DataSource database;

    private volatile boolean commitsLazily;

    /**
     * Brings the schema to this release's form. Nodes that start at the same moment take turns; runs before the first
     * use of a row.
     */
    public void migrate() {
        Flyway.configure(CatalogueDatabase.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        try (Connection connection = database.getConnection()) {
            commitsLazily = connection.getMetaData().getDatabaseProductName().equals("H2");
        } catch (SQLException e) {
            throw new IllegalStateException("The catalogue's database was migrated and does not answer any more", e);
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
