package io.bida.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.error.InvalidArgumentException;
import io.bida.error.ServiceUnavailableException;
import jakarta.persistence.OptimisticLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTransactionsTest {

    private final JdbcConnectionPool database = (JdbcConnectionPool) TestDatabase.H2.empty();
    private final CatalogueWithoutContainer catalogue = new CatalogueWithoutContainer(database);
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void close() {
        catalogue.close();
        database.dispose();
    }

    @Test
    void workThatMetAnotherOneIsDoneAgain() {
        String result = catalogue.transactions().transact(entities -> {
            if (runs.incrementAndGet() < 3) {
                throw new OptimisticLockException();
            }
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(runs).hasValue(3);
    }

    @Test
    void workThatAlwaysMeetsAnotherOneIsGivenUp() {
        assertThatThrownBy(() -> catalogue.transactions().transact(entities -> {
                    runs.incrementAndGet();
                    throw new OptimisticLockException();
                }))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("busy");
        assertThat(runs).hasValue(8);
    }

    @Test
    void refusalPassesAsItIs() {
        assertThatThrownBy(() -> catalogue.transactions().transact(entities -> {
                    runs.incrementAndGet();
                    throw InvalidArgumentException.causedBy("DelaySeconds");
                }))
                .isInstanceOf(InvalidArgumentException.class);
        assertThat(runs).hasValue(1);
    }

    @Test
    void defectPassesAsItIs() {
        assertThatThrownBy(() -> catalogue.transactions().transact(entities -> {
                    throw new IllegalStateException("wrong");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("wrong");
    }

    @Test
    void whatWasDoneIsInTheFileOfH2AsSoonAsTheWorkReturns(@TempDir Path directory) throws Exception {
        JdbcConnectionPool running =
                JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("running"), "sa", "sa");
        try (CatalogueWithoutContainer onFile = new CatalogueWithoutContainer(running)) {
            onFile.transactions()
                    .transact(entities -> entities.createNativeQuery(
                                    "insert into account (id, label, logging_bucket, queue_count, created_at, version) values ('1', 'kept', '', 0, current_timestamp, 0)")
                            .executeUpdate());

            // What a killed server leaves behind.
            Files.copy(directory.resolve("running.mv.db"), directory.resolve("left.mv.db"));
        } finally {
            running.dispose();
        }

        JdbcConnectionPool left = JdbcConnectionPool.create("jdbc:h2:file:" + directory.resolve("left"), "sa", "sa");
        try (CatalogueWithoutContainer afterTheKill = new CatalogueWithoutContainer(left)) {
            Object label = afterTheKill
                    .transactions()
                    .transact(entities -> entities.createNativeQuery(
                                    "select label from account where id = '1'", String.class)
                            .getSingleResult());
            assertThat(label).isEqualTo("kept");
        } finally {
            left.dispose();
        }
    }

    @Test
    void databaseThatIsDownIsServiceUnavailable() throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("shutdown immediately");
        }

        assertThatThrownBy(() -> catalogue
                        .transactions()
                        .transact(entities ->
                                entities.createNativeQuery("select 1").getSingleResult()))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("the catalogue's database does not answer");
    }
}
