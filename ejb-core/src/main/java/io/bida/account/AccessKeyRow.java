package io.bida.account;

import io.bida.catalogue.KnownRows;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * An access key's row: made once, enabled and disabled, deleted; the secret in it is sealed by the {@link SecretVault}.
 */
@Entity
@Table(name = "access_key")
@NamedQuery(
        name = "AccessKeyRow.byKeyId",
        query = "select k from AccessKeyRow k where k.accountId = :account and k.keyId = :key")
@NamedQuery(
        name = "AccessKeyRow.ofAccount",
        query = "select k from AccessKeyRow k where k.accountId = :account order by k.id")
public class AccessKeyRow {

    private static final Logger LOG = Logger.getLogger(AccessKeyRow.class);

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "access_key_seq")
    @SequenceGenerator(name = "access_key_seq", sequenceName = "access_key_seq", allocationSize = 1)
    @Column(name = "id")
    private long id;

    @Column(name = "key_id", length = 128)
    private String keyId;

    @Column(name = "account_id", length = 32)
    private String accountId;

    @Column(name = "sealed_secret", length = 1024)
    private String sealedSecret;

    @Column(name = "enabled")
    private boolean enabled;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    @Column(name = "version")
    private long version;

    /** A key as it is made, its secret sealed by the vault. */
    public AccessKeyRow(AccessKey key, SecretVault vault, Instant createdAt) {
        this.keyId = key.id();
        this.accountId = key.accountId().value();
        this.sealedSecret = vault.seal(context(), key.secret());
        this.enabled = key.isEnabled();
        this.createdAt = createdAt;
    }

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init") // the provider fills the fields
    protected AccessKeyRow() {}

    static AccessKeyRow lock(EntityManager entities, AccountId account, String keyId) {
        if (keyId.chars().anyMatch(Character::isISOControl)) {
            // No key has it, and PostgreSQL does not take a NUL even in a question.
            throw new AccessKeyNotExistException();
        }
        return entities.createNamedQuery("AccessKeyRow.byKeyId", AccessKeyRow.class)
                .setParameter("account", account.value())
                .setParameter("key", keyId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst()
                .orElseThrow(AccessKeyNotExistException::new);
    }

    /** Whether there is a key with this public part and this secret. */
    public static boolean isKnown(EntityManager entities, SecretVault vault, String keyId, String secret) {
        return entities.createQuery("select k from AccessKeyRow k where k.keyId = :key", AccessKeyRow.class)
                .setParameter("key", keyId)
                .getResultStream()
                .map(row -> row.picture(vault).value().secret())
                .anyMatch(known -> MessageDigest.isEqual(known, secret.getBytes(StandardCharsets.UTF_8)));
    }

    static List<AccessKeyRow> ofAccount(EntityManager entities, AccountId account) {
        return entities.createNamedQuery("AccessKeyRow.ofAccount", AccessKeyRow.class)
                .setParameter("account", account.value())
                .getResultList();
    }

    void enable(boolean allowed) {
        enabled = allowed;
    }

    AccessKeyDescription description() {
        return new AccessKeyDescription(keyId, new AccountId(accountId), enabled, createdAt);
    }

    long id() {
        return id;
    }

    /** The picture for memory. A secret that was tampered with makes the key unusable, not the node. */
    KnownRows.Row<String, AccessKey> picture(SecretVault vault) {
        AccountId account = new AccountId(accountId);
        try {
            AccessKey key = new AccessKey(keyId, account, vault.unseal(context(), sealedSecret), enabled);
            return new KnownRows.Row<>(keyId, id, version, key);
        } catch (BrokenSealException e) {
            LOG.errorf("The secret of access key %s of account %s cannot be read: the key is off", keyId, accountId);
            AccessKey off = new AccessKey(keyId, account, vault.deriveKey("no secret"), false);
            return new KnownRows.Row<>(keyId, id, version, off);
        }
    }

    // A sealed secret that is copied to another key's row does not open there.
    private String context() {
        return accountId + "/" + keyId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccessKeyRow row && keyId.equals(row.keyId);
    }

    @Override
    public int hashCode() {
        return keyId.hashCode();
    }
}
