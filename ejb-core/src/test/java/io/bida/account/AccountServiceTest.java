package io.bida.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.catalogue.CatalogueWithoutContainer;
import io.bida.catalogue.TestDatabase;
import io.bida.cluster.ClusterNews;
import io.bida.error.ErrorCode;
import io.bida.error.InvalidArgumentException;
import io.bida.time.ClockMovedByHand;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountServiceTest {

    @TempDir
    static Path data;

    // Of its own: the secrets of other tests are sealed with other master keys.
    private static final CatalogueWithoutContainer CATALOGUE = new CatalogueWithoutContainer(TestDatabase.H2.empty());

    private final AccountService accounts = new AccountService();
    private final AccessKeys keys = new AccessKeys();
    private AccountId account;

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // no framework is there to inject
    void start() {
        keys.catalogue = CATALOGUE.transactions();
        keys.vault = VaultInTests.openIn(data);
        keys.news = new ClusterNews();
        keys.readAgain();
        accounts.catalogue = CATALOGUE.transactions();
        accounts.accessKeys = keys;
        accounts.vault = keys.vault;
        accounts.clock = new ClockMovedByHand();
        account = accounts.openAccount("test").id();
    }

    @AfterAll
    static void close() {
        CATALOGUE.close();
    }

    @Test
    void openedAccountIsListed() {
        Account opened = accounts.openAccount("listed");

        assertThat(opened.label()).isEqualTo("listed");
        assertThat(accounts.listAccounts()).contains(opened);
    }

    @Test
    void madeKeyIsFoundAtOnceAndAfterARestart() {
        AccessKey key = accounts.createAccessKey(account);

        assertThat(keys.findAccessKey(key.id())).contains(key);
        assertThat(keysOfARestartedNode().findAccessKey(key.id())).contains(key);
    }

    @Test
    void disabledKeyIsKnownAsDisabledUntilItIsEnabled() {
        String id = accounts.createAccessKey(account).id();

        accounts.disableAccessKey(account, id);
        assertThat(keys.findAccessKey(id))
                .hasValueSatisfying(key -> assertThat(key.isEnabled()).isFalse());

        accounts.enableAccessKey(account, id);
        assertThat(keys.findAccessKey(id))
                .hasValueSatisfying(key -> assertThat(key.isEnabled()).isTrue());
    }

    @Test
    void deletedKeyIsUnknown() {
        String id = accounts.createAccessKey(account).id();

        accounts.deleteAccessKey(account, id);

        assertThat(keys.findAccessKey(id)).isEmpty();
        assertThat(keysOfARestartedNode().findAccessKey(id)).isEmpty();
        assertThat(accounts.listAccessKeys(account)).isEmpty();
    }

    @Test
    void keyOfAnotherAccountIsNotFound() {
        AccountId other = accounts.openAccount("other").id();
        String id = accounts.createAccessKey(account).id();

        assertThatThrownBy(() -> accounts.deleteAccessKey(other, id))
                .isInstanceOfSatisfying(
                        AccessKeyNotExistException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ACCESS_KEY_ID));
        assertThat(accounts.listAccessKeys(other)).isEmpty();
    }

    @Test
    void keyWithAForgedSecretIsOff() {
        String id = accounts.createAccessKey(account).id();
        String forged = accounts.vault.seal("another place", new byte[] {1});
        CATALOGUE
                .transactions()
                .transact(entities -> entities.createQuery(
                                "update AccessKeyRow k set k.sealedSecret = :forged, k.version = k.version + 1"
                                        + " where k.keyId = :id")
                        .setParameter("forged", forged)
                        .setParameter("id", id)
                        .executeUpdate());

        keys.readAgain();

        assertThat(keys.findAccessKey(id))
                .hasValueSatisfying(key -> assertThat(key.isEnabled()).isFalse());
    }

    @Test
    void settingsAreEmptyUntilTheyAreSet() {
        assertThat(accounts.getAccountAttributes(account)).isEqualTo(new AccountAttributes(""));

        accounts.setAccountAttributes(account, new AccountAttributes("bucket"));

        assertThat(accounts.getAccountAttributes(account)).isEqualTo(new AccountAttributes("bucket"));
    }

    @Test
    void loggingBucketHasAtMost256Characters() {
        accounts.setAccountAttributes(account, new AccountAttributes("b".repeat(256)));

        assertThatThrownBy(() -> accounts.setAccountAttributes(account, new AccountAttributes("b".repeat(257))))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void controlCharactersAreRefused() {
        assertThatThrownBy(() -> accounts.setAccountAttributes(account, new AccountAttributes("a\u0000b")))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> accounts.openAccount("a\nb")).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> accounts.deleteAccessKey(account, "a\u0000b"))
                .isInstanceOf(AccessKeyNotExistException.class);
    }

    @Test
    void labelHasOneTo255Characters() {
        assertThat(accounts.openAccount("l".repeat(255)).label()).hasSize(255);

        assertThatThrownBy(() -> accounts.openAccount("l".repeat(256))).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> accounts.openAccount("")).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void unknownAccountIsRefused() {
        AccountId unknown = new AccountId("42");

        assertThatThrownBy(() -> accounts.getAccountAttributes(unknown)).isInstanceOf(AccountNotExistException.class);
        assertThatThrownBy(() -> accounts.setAccountAttributes(unknown, new AccountAttributes("")))
                .isInstanceOf(AccountNotExistException.class);
        assertThatThrownBy(() -> accounts.createAccessKey(unknown)).isInstanceOf(AccountNotExistException.class);
    }

    @SuppressWarnings("UnnecessaryAssignment") // no framework is there to inject
    private AccessKeys keysOfARestartedNode() {
        AccessKeys restarted = new AccessKeys();
        restarted.catalogue = CATALOGUE.transactions();
        restarted.vault = VaultInTests.openIn(data);
        restarted.readAgain();
        return restarted;
    }
}
