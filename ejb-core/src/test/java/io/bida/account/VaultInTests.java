package io.bida.account;

import io.bida.catalogue.DataDirectory;
import java.nio.file.Path;

/** Vaults over a directory of a test. */
public final class VaultInTests {

    private VaultInTests() {}

    /** A vault that is not open yet. */
    @SuppressWarnings("UnnecessaryAssignment") // no framework is there to inject
    public static SecretVault closedIn(Path directory) {
        SecretVault vault = new SecretVault();
        vault.data = directoryAt(directory);
        return vault;
    }

    /** An open vault; its master key is made if there is none. */
    public static SecretVault openIn(Path directory) {
        SecretVault vault = closedIn(directory);
        vault.openOrMake();
        return vault;
    }

    /** A data directory at this path, whatever {@code bida.data} says. */
    public static DataDirectory directoryAt(Path path) {
        return new DataDirectory() {
            @Override
            public Path path() {
                return path;
            }
        };
    }
}
