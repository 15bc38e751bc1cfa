package io.bida.notify;

import io.bida.account.BrokenSealException;
import io.bida.account.SecretVault;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/**
 * The one row with the key that pushes are signed with: written once by the node that needs it first, read by all.
 *
 * <p>Its fixed key lets exactly one of several nodes write it. The private key in it is sealed by the
 * {@link SecretVault}; the certificate is what everybody may see.
 */
@Entity
@Table(name = "signing_key")
public class SigningKeyRow {

    private static final int ONLY = 1;

    /** Where the private key is kept; sealed for any other place, it does not open here. */
    private static final String PLACE = "signing key";

    @Id
    @Column(name = "id")
    private int id;

    @Column(name = "sealed_key", length = 8192)
    private String sealedKey;

    @Column(name = "certificate", length = 8192)
    private String certificate;

    @Column(name = "created_at")
    private Instant createdAt;

    /** A key as it is made, sealed by the vault. */
    public SigningKeyRow(SigningKey key, SecretVault vault, Instant createdAt) {
        this.id = ONLY;
        this.sealedKey = vault.seal(PLACE, key.encodedKey());
        this.certificate = key.certificatePem();
        this.createdAt = createdAt;
    }

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init") // the provider fills the fields
    protected SigningKeyRow() {}

    static Optional<SigningKeyRow> find(EntityManager entities) {
        return Optional.ofNullable(entities.find(SigningKeyRow.class, ONLY));
    }

    /**
     * The key.
     *
     * @throws IllegalStateException if it cannot be read; the text says what to do
     */
    SigningKey key(SecretVault vault) {
        try {
            return SigningKey.of(vault.unseal(PLACE, sealedKey), certificate);
        } catch (BrokenSealException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The key that pushes are signed with cannot be read: the catalogue's row signing_key was altered."
                            + " Put it back from a backup, or delete it and restart all nodes: then a new key and certificate are made.",
                    e);
        }
    }

    @Override
    public String toString() {
        return "signing key, made at " + createdAt;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningKeyRow row && id == row.id;
    }

    @Override
    public int hashCode() {
        return id;
    }
}
