package io.bida.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaTest {

    @ParameterizedTest
    @EnumSource
    void everyEntityFitsTheMigratedSchema(TestDatabase database) {
        DataSource source = database.empty();

        try (CatalogueWithoutContainer catalogue = new CatalogueWithoutContainer(source)) {
            long entities = catalogue.transactions().transact(open ->
                    (long) open.getMetamodel().getEntities().size());
            assertThat(entities).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecondStartFindsNothingToMigrate(TestDatabase database) {
        DataSource source = database.empty();
        migrate(source);

        migrate(source);

        try (CatalogueWithoutContainer catalogue = new CatalogueWithoutContainer(source)) {
            assertThat(catalogue.transactions()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nodesThatMigrateAtTheSameMomentTakeTurns(TestDatabase database) throws Exception {
        DataSource source = database.empty();
        Callable<Boolean> node = () -> {
            migrate(source);
            return true;
        };
        ExecutorService nodes = Executors.newFixedThreadPool(3);

        List<Future<Boolean>> ends = nodes.invokeAll(List.of(node, node, node));

        nodes.shutdown();
        for (Future<Boolean> end : ends) {
            assertThat(end.get()).isTrue();
        }
    }

    private static void migrate(DataSource source) {
        CatalogueDatabase database = new CatalogueDatabase();
        database.database = source;
        database.migrate();
    }
}
