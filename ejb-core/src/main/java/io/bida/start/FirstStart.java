package io.bida.start;

import io.bida.account.AccessKey;
import io.bida.account.AccessKeyRow;
import io.bida.account.AccountRow;
import io.bida.account.ConsolePerson;
import io.bida.account.ConsoleRole;
import io.bida.account.ConsoleUserRow;
import io.bida.account.SecretVault;
import io.bida.catalogue.CatalogueTransactions;
import io.bida.catalogue.DataDirectory;
import io.bida.queue.PartitionCount;
import io.bida.queue.QueueAttributes;
import io.bida.queue.QueueName;
import io.bida.queue.QueueRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Fills an empty catalogue, once: a console user {@code admin}, an account, an access key and a queue {@code demo}.
 *
 * <p>The operator sees values that work, or the first start is done again; also when the node dies at any point:
 *
 * <ol>
 *   <li>The values are decided, and those made up are written to {@link FirstStartFile} and flushed.
 *   <li>One transaction creates everything, and the row that says so.
 * </ol>
 *
 * Dying before the commit leaves an empty catalogue and perhaps a file: the next start takes the file's values and does
 * both steps again, so even values that somebody has already read come true. Dying after it leaves a complete catalogue
 * and the file that fits it. On any later start a file that does not fit the catalogue (another node was first, or
 * everything was changed meanwhile) is deleted.
 */
@ApplicationScoped
public class FirstStart {

    private static final Logger LOG = Logger.getLogger(FirstStart.class);

    private static final String ADMIN = "admin";
    private static final QueueName DEMO = new QueueName("demo");

    @Inject
    CatalogueTransactions catalogue;

    @Inject
    SecretVault vault;

    @Inject
    DataDirectory data;

    @Inject
    FirstStartFile file;

    @Inject
    PartitionCount partitions;

    @Inject
    Clock clock;

    /** The variables {@code BIDA_BOOTSTRAP_…} are read from here. */
    Map<String, String> environment = System.getenv();

    /**
     * Opens the vault, and completes the first start if no node has.
     *
     * @throws IllegalStateException if the catalogue is empty though this node has messages, the master key is missing,
     *     damaged or not the catalogue's, or a variable has a value of the wrong form; the text says what to do
     */
    void completeOnce() {
        Optional<FirstStartRow> before = catalogue.transact(FirstStartRow::find);
        if (before.isPresent()) {
            vault.open();
        } else {
            requireNoMessages();
            vault.openOrMake();
            FirstStartValues values = FirstStartValues.choose(environment, file.read());
            file.write(values.generated());
            if (catalogue.transact(entities -> createUnlessComplete(entities, values))) {
                LOG.infof("First start: created account %s, an access key, user admin, queue demo", values.accountId());
                return;
            }
        }
        requireSameMasterKey();
        deleteFileUnlessItFits();
    }

    // A new catalogue gives out the ids of the lost one's queues again: their messages would be shown to other
    // people, and dropped later as those of deleted queues.
    private void requireNoMessages() {
        Path messages = data.path().resolve("messages");
        if (Files.exists(messages)) {
            throw new IllegalStateException("The catalogue is empty, but " + messages
                    + " holds messages of another one. Start with the database they belong to, or move that"
                    + " directory away to begin anew.");
        }
    }

    private boolean createUnlessComplete(EntityManager entities, FirstStartValues values) {
        if (FirstStartRow.find(entities).isPresent()) {
            return false;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        entities.persist(new FirstStartRow(vault.masterKeyCheck(), now));
        // Now and not at the end: of two nodes the later one stops here.
        entities.flush();
        AccountRow account = new AccountRow(values.accountId(), "first account", now);
        account.takePlaceForQueue(1);
        entities.persist(account);
        byte[] secret = values.accessKeySecret().getBytes(StandardCharsets.UTF_8);
        AccessKey key = new AccessKey(values.accessKeyId(), values.accountId(), secret, true);
        entities.persist(new AccessKeyRow(key, vault, now));
        ConsolePerson admin = new ConsolePerson(ADMIN, ConsoleRole.PLATFORM_ADMIN, Optional.empty());
        entities.persist(new ConsoleUserRow(admin, values.adminPassword(), now));
        entities.persist(new QueueRow(values.accountId(), DEMO, QueueAttributes.DEFAULT, partitions.ofNewQueue(), now));
        return true;
    }

    private void requireSameMasterKey() {
        boolean same = catalogue
                .transact(FirstStartRow::find)
                .map(row -> row.isSealedWith(vault.masterKeyCheck()))
                .orElse(false);
        if (!same) {
            throw new IllegalStateException("The master key secret/master.key in the data directory is not the one"
                    + " this catalogue's secrets are sealed with. Copy it from another node of this catalogue"
                    + " or from a backup.");
        }
    }

    private void deleteFileUnlessItFits() {
        Map<String, String> content = file.read();
        if (!content.isEmpty() && !catalogue.transact(entities -> fits(entities, content))) {
            file.delete();
            LOG.warn("Deleted first-start.properties: what it says is not in the catalogue (any more)");
        }
    }

    private boolean fits(EntityManager entities, Map<String, String> content) {
        String account = content.get("accountId");
        String password = content.get("adminPassword");
        return (account == null || entities.find(AccountRow.class, account) != null)
                && (password == null || isPasswordOfAdmin(entities, password))
                && isKeyOf(entities, content);
    }

    private boolean isKeyOf(EntityManager entities, Map<String, String> content) {
        // What is not in the file was set by the operator, or the file has nothing about it.
        String key = content.getOrDefault("accessKeyId", environment.getOrDefault("BIDA_BOOTSTRAP_ACCESS_KEY_ID", ""));
        String secret = content.getOrDefault(
                "accessKeySecret", environment.getOrDefault("BIDA_BOOTSTRAP_ACCESS_KEY_SECRET", ""));
        boolean saysNothing = !content.containsKey("accessKeyId") && !content.containsKey("accessKeySecret");
        return saysNothing || AccessKeyRow.isKnown(entities, vault, key, secret);
    }

    private static boolean isPasswordOfAdmin(EntityManager entities, String password) {
        return ConsoleUserRow.find(entities, ADMIN)
                .map(user -> user.hasPassword(password))
                .orElse(false);
    }
}
