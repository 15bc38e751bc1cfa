package io.bida.account;

import io.bida.catalogue.CatalogueTransactions;
import io.bida.error.InvalidArgumentException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The use cases of accounts and their access keys. When a change returns, it is on disk, and this node's
 * {@link AccessKeys} know it.
 *
 * <p>Every method refuses with ServiceUnavailable when the catalogue's database does not answer.
 */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN) // see CatalogueTransactions
public class AccountService {

    /** Longest name of a logging bucket, in characters; our choice. */
    private static final int MAX_LOGGING_BUCKET = 256;

    /** Longest label of an account, in characters; our choice. */
    private static final int MAX_LABEL = 255;

    @Inject
    CatalogueTransactions catalogue;

    @Inject
    AccessKeys accessKeys;

    @Inject
    SecretVault vault;

    @Inject
    Clock clock;

    /**
     * Opens an account with a number of its own and no access key.
     *
     * @param label 1 to 255 characters
     * @throws InvalidArgumentException if the label is empty, too long or has control characters (InvalidArgument)
     */
    public Account openAccount(String label) {
        if (label.isBlank() || label.length() > MAX_LABEL) {
            throw InvalidArgumentException.outOfRange("Label", 1, MAX_LABEL, "characters");
        }
        requireText("Label", label);
        return catalogue.transact(entities -> {
            AccountRow row = new AccountRow(RandomText.accountId(), label, now());
            entities.persist(row);
            return row.picture();
        });
    }

    /** All accounts in the order of their numbers. */
    public List<Account> listAccounts() {
        return catalogue.transact(entities ->
                entities
                        .createQuery("select a from AccountRow a order by a.id", AccountRow.class)
                        .getResultList()
                        .stream()
                        .map(AccountRow::picture)
                        .toList());
    }

    /**
     * The account's settings.
     *
     * @throws AccountNotExistException (AccessDenied)
     */
    public AccountAttributes getAccountAttributes(AccountId account) {
        return catalogue.transact(entities -> {
            AccountRow row = entities.find(AccountRow.class, account.value());
            if (row == null) {
                throw new AccountNotExistException();
            }
            return row.attributes();
        });
    }

    /**
     * Changes the account's settings.
     *
     * @throws InvalidArgumentException if the bucket's name is too long or has control characters (InvalidArgument)
     * @throws AccountNotExistException (AccessDenied)
     */
    public void setAccountAttributes(AccountId account, AccountAttributes attributes) {
        if (attributes.loggingBucket().length() > MAX_LOGGING_BUCKET) {
            throw InvalidArgumentException.outOfRange("LoggingBucket", 0, MAX_LOGGING_BUCKET, "characters");
        }
        requireText("LoggingBucket", attributes.loggingBucket());
        catalogue.transact(entities -> {
            AccountRow row = AccountRow.lock(entities, account);
            row.change(attributes);
            return row;
        });
    }

    /**
     * Makes an enabled access key for the account. This is the only time its secret is given out.
     *
     * @throws AccountNotExistException (AccessDenied)
     */
    public AccessKey createAccessKey(AccountId account) {
        byte[] secret = RandomText.accessKeySecret().getBytes(StandardCharsets.UTF_8);
        AccessKey key = new AccessKey(RandomText.accessKeyId(), account, secret, true);
        AccessKeyRow row = catalogue.transact(entities -> {
            AccountRow.lock(entities, account);
            AccessKeyRow made = new AccessKeyRow(key, vault, now());
            entities.persist(made);
            return made;
        });
        accessKeys.remember(row.picture(vault));
        return key;
    }

    /** The account's keys without their secrets, oldest first. */
    public List<AccessKeyDescription> listAccessKeys(AccountId account) {
        return catalogue.transact(entities -> AccessKeyRow.ofAccount(entities, account).stream()
                .map(AccessKeyRow::description)
                .toList());
    }

    /**
     * Lets the key sign requests again.
     *
     * @throws AccessKeyNotExistException if the account has no such key (InvalidAccessKeyId)
     */
    public void enableAccessKey(AccountId account, String keyId) {
        setEnabled(account, keyId, true);
    }

    /**
     * Makes the key unusable until it is enabled again.
     *
     * @throws AccessKeyNotExistException if the account has no such key (InvalidAccessKeyId)
     */
    public void disableAccessKey(AccountId account, String keyId) {
        setEnabled(account, keyId, false);
    }

    private void setEnabled(AccountId account, String keyId, boolean enabled) {
        AccessKeyRow changed = catalogue.transact(entities -> {
            AccessKeyRow row = AccessKeyRow.lock(entities, account, keyId);
            row.enable(enabled);
            return row;
        });
        accessKeys.remember(changed.picture(vault));
    }

    /**
     * Makes the key unusable for ever.
     *
     * @throws AccessKeyNotExistException if the account has no such key (InvalidAccessKeyId)
     */
    public void deleteAccessKey(AccountId account, String keyId) {
        long id = catalogue.transact(entities -> {
            AccessKeyRow row = AccessKeyRow.lock(entities, account, keyId);
            entities.remove(row);
            return row.id();
        });
        accessKeys.forget(id);
    }

    // PostgreSQL takes no NUL, and no page shows the others.
    private static void requireText(String element, String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw InvalidArgumentException.causedBy(element);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
