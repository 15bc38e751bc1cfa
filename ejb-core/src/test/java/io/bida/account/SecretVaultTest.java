package io.bida.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretVaultTest {

    private static final byte[] SECRET = "a secret that is shown once".getBytes(UTF_8);

    @TempDir
    Path data;

    private SecretVault vault;

    @BeforeEach
    void open() {
        vault = VaultInTests.openIn(data);
    }

    @Test
    void sealedSecretOpensInItsPlace() throws Exception {
        String sealed = vault.seal("1/key", SECRET);

        assertThat(vault.unseal("1/key", sealed)).isEqualTo(SECRET);
    }

    @Test
    void sealedSecretOpensAfterARestart() throws Exception {
        String sealed = vault.seal("1/key", SECRET);
        SecretVault restarted = VaultInTests.closedIn(data);
        restarted.open();

        assertThat(restarted.unseal("1/key", sealed)).isEqualTo(SECRET);
    }

    @Test
    void sealedSecretHoldsNothingOfTheSecretAndDiffersEachTime() {
        String sealed = vault.seal("1/key", SECRET);

        byte[] bytes = Base64.getDecoder().decode(sealed.substring(2));
        assertThat(new String(bytes, UTF_8)).doesNotContain("secret");
        assertThat(vault.seal("1/key", SECRET)).isNotEqualTo(sealed);
    }

    @Test
    void sealedSecretDoesNotOpenInAnotherPlace() {
        String sealed = vault.seal("1/key", SECRET);

        assertThatThrownBy(() -> vault.unseal("2/key", sealed)).isInstanceOf(BrokenSealException.class);
    }

    @Test
    void anyAlteredBitIsNoticed() {
        String sealed = vault.seal("1/key", SECRET);
        byte[] bytes = Base64.getDecoder().decode(sealed.substring(2));

        for (int i = 0; i < bytes.length; i++) {
            byte[] altered = bytes.clone();
            altered[i] ^= 1;
            String text = "1:" + Base64.getEncoder().encodeToString(altered);
            assertThatThrownBy(() -> vault.unseal("1/key", text)).isInstanceOf(BrokenSealException.class);
        }
    }

    @Test
    void nonsenseIsRefused() {
        for (String nonsense : new String[] {"", "1:", "1:AAAA", "1:not base64!", "2:AAAA", "secret"}) {
            assertThatThrownBy(() -> vault.unseal("1/key", nonsense)).isInstanceOf(BrokenSealException.class);
        }
    }

    @Test
    void anotherMasterKeyDoesNotOpenIt(@TempDir Path elsewhere) {
        String sealed = vault.seal("1/key", SECRET);
        SecretVault other = VaultInTests.openIn(elsewhere);

        assertThatThrownBy(() -> other.unseal("1/key", sealed)).isInstanceOf(BrokenSealException.class);
        assertThat(other.masterKeyCheck()).isNotEqualTo(vault.masterKeyCheck());
    }

    @Test
    void derivedKeysDifferByPurposeAndStayTheSame() {
        SecretVault restarted = VaultInTests.openIn(data);

        assertThat(vault.deriveKey("receipt handles")).hasSize(32).isEqualTo(restarted.deriveKey("receipt handles"));
        assertThat(vault.deriveKey("receipt handles")).isNotEqualTo(vault.deriveKey("something else"));
    }

    @Test
    void masterKeyIsForItsOwnerAlone() throws IOException {
        Path file = data.resolve("secret/master.key");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(Files.size(file)).isEqualTo(32);
    }

    @Test
    void missingMasterKeyIsNotMadeAnewWhenItIsNeeded(@TempDir Path empty) {
        SecretVault closed = VaultInTests.closedIn(empty);

        assertThatThrownBy(closed::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("master.key")
                .hasMessageContaining("missing");
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void shortMasterKeyIsRefusedAndKept() throws IOException {
        Path file = data.resolve("secret/master.key");
        Files.write(file, new byte[31]);
        SecretVault closed = VaultInTests.closedIn(data);

        assertThatThrownBy(closed::openOrMake)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("31 bytes instead of 32");
        assertThat(Files.size(file)).isEqualTo(31);
    }

    @Test
    void closedVaultGivesNoKey() {
        SecretVault closed = VaultInTests.closedIn(data);

        assertThatThrownBy(() -> closed.deriveKey("receipt handles")).isInstanceOf(IllegalStateException.class);
    }
}
