package io.bida.catalogue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** The databases that the catalogue runs on; each call gives a new, empty one. */
public enum TestDatabase {
    /** In memory, otherwise as the default. */
    H2 {
        @Override
        public DataSource empty() {
            return JdbcConnectionPool.create(
                    "jdbc:h2:mem:catalogue" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1", "sa", "sa");
        }
    },
    /** A real server on loopback, one for all tests. */
    POSTGRESQL {
        @Override
        public DataSource empty() {
            String name = "catalogue" + NUMBER.incrementAndGet();
            EmbeddedPostgres server = Server.RUNNING;
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return server.getDatabase("postgres", name);
        }
    };

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** A new database without tables. */
    public abstract DataSource empty();

    private static final class Server {

        private static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                // Ends with the virtual machine: the builder registers a shutdown hook.
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
