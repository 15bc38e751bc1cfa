package io.bida.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.AccessKeyRow;
import io.bida.account.ConsoleUserRow;
import io.bida.account.SecretVault;
import io.bida.account.VaultInTests;
import io.bida.catalogue.CatalogueWithoutContainer;
import io.bida.catalogue.TestDatabase;
import io.bida.queue.PartitionCount;
import io.bida.time.ClockMovedByHand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FirstStartTest {

    private static final Map<String, String> ALL_SET = Map.of(
            "BIDA_BOOTSTRAP_ACCOUNT_ID", "1234567890",
            "BIDA_BOOTSTRAP_ACCESS_KEY_ID", "theKey",
            "BIDA_BOOTSTRAP_ACCESS_KEY_SECRET", "theSecret",
            "BIDA_BOOTSTRAP_ADMIN_PASSWORD", "the password");

    @TempDir
    Path data;

    private final CatalogueWithoutContainer catalogue = new CatalogueWithoutContainer(TestDatabase.H2.empty());

    @AfterEach
    void close() {
        catalogue.close();
    }

    @Test
    void emptyCatalogueGetsWhatTheFileSays() throws IOException {
        node(data, Map.of()).completeOnce();

        Map<String, String> file = fileIn(data).read();
        assertThat(file).containsOnlyKeys("adminPassword", "accountId", "accessKeyId", "accessKeySecret");
        assertThat(worksInTheCatalogue(file)).isTrue();
        assertThat(countOf("QueueRow")).isEqualTo(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("first-start.properties"))))
                .isEqualTo("rw-------");
    }

    @Test
    void secondStartCreatesNothingAndKeepsTheFile() {
        node(data, Map.of()).completeOnce();
        Map<String, String> file = fileIn(data).read();

        node(data, Map.of()).completeOnce();

        assertThat(fileIn(data).read()).isEqualTo(file);
        assertThat(countOf("AccountRow")).isEqualTo(1);
    }

    @Test
    void emptyCatalogueIsRefusedWhereMessagesOfAnotherOneAre() throws IOException {
        Files.createDirectory(data.resolve("messages"));

        assertThatThrownBy(() -> node(data, Map.of()).completeOnce())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(data.resolve("messages").toString());

        assertThat(countOf("AccountRow")).isZero();
        assertThat(data.resolve("first-start.properties")).doesNotExist();
        assertThat(data.resolve("secret")).doesNotExist();
    }

    @Test
    void setValuesAreTakenAndNotWrittenToTheFile() {
        node(data, ALL_SET).completeOnce();

        assertThat(data.resolve("first-start.properties")).doesNotExist();
        assertThat(worksInTheCatalogue(Map.of(
                        "accountId", "1234567890",
                        "accessKeyId", "theKey",
                        "accessKeySecret", "theSecret",
                        "adminPassword", "the password")))
                .isTrue();
    }

    @Test
    void onlyWhatWasNotSetIsInTheFile() {
        node(data, Map.of("BIDA_BOOTSTRAP_ACCOUNT_ID", "77", "BIDA_BOOTSTRAP_ADMIN_PASSWORD", ""))
                .completeOnce();

        assertThat(fileIn(data).read()).containsOnlyKeys("adminPassword", "accessKeyId", "accessKeySecret");
    }

    @Test
    void wrongFormIsRefusedByNameAndCreatesNothing() {
        Map<String, String> wrong = Map.of(
                "BIDA_BOOTSTRAP_ACCOUNT_ID", "not-digits",
                "BIDA_BOOTSTRAP_ACCESS_KEY_ID", "with:colon",
                "BIDA_BOOTSTRAP_ACCESS_KEY_SECRET", "short",
                "BIDA_BOOTSTRAP_ADMIN_PASSWORD", "1234567");

        wrong.forEach((variable, value) -> assertThatThrownBy(
                        () -> node(data, Map.of(variable, value)).completeOnce())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(variable)
                .hasMessageNotContaining(value));
        assertThat(countOf("AccountRow")).isZero();
        assertThat(data.resolve("first-start.properties")).doesNotExist();
    }

    @Test
    void firstStartThatDiedBeforeItsCommitIsRepeatedWithTheValuesAlreadyShown() {
        Map<String, String> shown = Map.of(
                "adminPassword", "shownPassword",
                "accountId", "4242",
                "accessKeyId", "shownKey",
                "accessKeySecret", "shownSecret");
        fileIn(data).write(shown);

        node(data, Map.of()).completeOnce();

        assertThat(fileIn(data).read()).isEqualTo(shown);
        assertThat(worksInTheCatalogue(shown)).isTrue();
    }

    @Test
    void fileThatDoesNotFitTheCatalogueIsDeleted() {
        node(data, ALL_SET).completeOnce();

        for (Map<String, String> wrong : List.of(
                Map.of("accountId", "1"),
                Map.of("accessKeyId", "unknown", "accessKeySecret", "theSecret"),
                Map.of("accessKeyId", "theKey", "accessKeySecret", "another"),
                Map.of("adminPassword", "another password"))) {
            fileIn(data).write(wrong);
            node(data, Map.of()).completeOnce();
            assertThat(data.resolve("first-start.properties")).doesNotExist();
        }
    }

    @Test
    void fileThatFitsTheCatalogueIsKept() {
        node(data, ALL_SET).completeOnce();
        fileIn(data).write(Map.of("adminPassword", "the password", "accessKeySecret", "theSecret"));

        node(data, ALL_SET).completeOnce();

        assertThat(data.resolve("first-start.properties")).exists();
    }

    @Test
    void secondNodeNeedsTheMasterKeyOfTheFirst(@TempDir Path other) throws IOException {
        node(data, Map.of()).completeOnce();

        assertThatThrownBy(() -> node(other, Map.of()).completeOnce())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("missing");
        VaultInTests.openIn(other);
        assertThatThrownBy(() -> node(other, Map.of()).completeOnce())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not the one");

        Files.write(other.resolve("secret/master.key"), Files.readAllBytes(data.resolve("secret/master.key")));
        node(other, Map.of()).completeOnce();
        assertThat(countOf("AccountRow")).isEqualTo(1);
    }

    @Test
    void nodeThatWasSecondOnAnEmptyCatalogueLeavesNoFileThatDoesNotWork(@TempDir Path other) throws IOException {
        Files.createDirectories(other.resolve("secret"));
        VaultInTests.openIn(data);
        Files.write(other.resolve("secret/master.key"), Files.readAllBytes(data.resolve("secret/master.key")));
        // The other node dies before its commit, and this one completes the first start meanwhile.
        fileIn(other).write(Map.of("accountId", "4242"));
        node(data, Map.of()).completeOnce();

        node(other, Map.of()).completeOnce();

        assertThat(other.resolve("first-start.properties")).doesNotExist();
        assertThat(countOf("AccountRow")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void ofNodesThatStartAtTheSameMomentOneCompletesTheFirstStart(TestDatabase database, @TempDir Path other)
            throws Exception {
        VaultInTests.openIn(data);
        Files.createDirectories(other.resolve("secret"));
        Files.copy(data.resolve("secret/master.key"), other.resolve("secret/master.key"));
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try (CatalogueWithoutContainer shared = new CatalogueWithoutContainer(database.empty())) {
            Callable<Boolean> first = () -> start(node(shared, data, Map.of()));
            Callable<Boolean> second = () -> start(node(shared, other, Map.of()));

            for (Future<Boolean> started : nodes.invokeAll(List.of(first, second))) {
                assertThat(started.get()).isTrue();
            }

            long accounts = shared.transactions()
                    .transact(entities -> entities.createQuery("select count(a) from AccountRow a", Long.class)
                            .getSingleResult());
            assertThat(accounts).isEqualTo(1);
            assertThat(List.of(
                            fileIn(data).read().isEmpty(), fileIn(other).read().isEmpty()))
                    .containsExactlyInAnyOrder(true, false);
        } finally {
            nodes.shutdown();
        }
    }

    private static boolean start(FirstStart node) {
        node.completeOnce();
        return true;
    }

    private boolean worksInTheCatalogue(Map<String, String> values) {
        SecretVault vault = VaultInTests.openIn(data);
        String secret = values.getOrDefault("accessKeySecret", "");
        return catalogue
                .transactions()
                .transact(entities -> AccessKeyRow.isKnown(
                                entities, vault, values.getOrDefault("accessKeyId", ""), secret)
                        && ConsoleUserRow.find(entities, "admin")
                                .orElseThrow()
                                .hasPassword(values.getOrDefault("adminPassword", ""))
                        && entities.createQuery(
                                        "select q.accountId from QueueRow q where q.name = 'demo'", String.class)
                                .getSingleResult()
                                .equals(values.get("accountId")));
    }

    private long countOf(String entity) {
        return catalogue
                .transactions()
                .transact(entities -> entities.createQuery("select count(e) from " + entity + " e", Long.class)
                        .getSingleResult());
    }

    private FirstStart node(Path directory, Map<String, String> environment) {
        return node(catalogue, directory, environment);
    }

    @SuppressWarnings("UnnecessaryAssignment") // no framework is there to inject
    private static FirstStart node(
            CatalogueWithoutContainer catalogue, Path directory, Map<String, String> environment) {
        FirstStart start = new FirstStart();
        start.catalogue = catalogue.transactions();
        start.vault = VaultInTests.closedIn(directory);
        start.data = VaultInTests.directoryAt(directory);
        start.file = fileIn(directory);
        start.partitions = new PartitionCount();
        start.clock = new ClockMovedByHand();
        start.environment = environment;
        return start;
    }

    @SuppressWarnings("UnnecessaryAssignment") // no framework is there to inject
    private static FirstStartFile fileIn(Path directory) {
        FirstStartFile file = new FirstStartFile();
        file.data = VaultInTests.directoryAt(directory);
        return file;
    }
}
