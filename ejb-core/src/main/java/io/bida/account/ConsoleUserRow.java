package io.bida.account;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A console user's row. It counts wrong passwords, so that a lock-out survives restarts and holds on all nodes.
 *
 * <p>Each try is counted before its password is checked, under the row's lock: a thousand guesses at the same moment
 * are a thousand tries. A right password takes the count back to nothing.
 */
@Entity
@Table(name = "console_user")
@NamedQuery(name = "ConsoleUserRow.byName", query = "select u from ConsoleUserRow u where u.name = :name")
public class ConsoleUserRow {

    /** Wrong passwords in a row before the user is locked: 10, our choice. */
    static final int TRIES = 10;

    /** How long a user stays locked: 15 minutes, our choice. */
    static final Duration LOCKED_FOR = Duration.ofMinutes(15);

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "console_user_seq")
    @SequenceGenerator(name = "console_user_seq", sequenceName = "console_user_seq", allocationSize = 1)
    @Column(name = "id")
    private long id;

    @Column(name = "name", length = 64)
    private String name;

    @Column(name = "password_hash")
    private String passwordHash;

    @Convert(converter = ConsoleRoleText.class)
    @Column(name = "role", length = 32)
    private ConsoleRole role;

    @Column(name = "account_id", length = 32)
    private @Nullable String accountId;

    @Column(name = "wrong_passwords")
    private int wrongPasswords;

    @Column(name = "locked_until")
    private @Nullable Instant lockedUntil;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    @Column(name = "version")
    private long version;

    /** A user as added. */
    public ConsoleUserRow(ConsolePerson person, String password, Instant createdAt) {
        this(person, PasswordHash.of(password), createdAt);
    }

    ConsoleUserRow(ConsolePerson person, PasswordHash hash, Instant createdAt) {
        this.name = person.name();
        this.passwordHash = hash.text();
        this.role = person.role();
        this.accountId = person.account().map(AccountId::value).orElse(null);
        this.createdAt = createdAt;
    }

    /** For the persistence provider. */
    @SuppressWarnings("NullAway.Init") // the provider fills the fields
    protected ConsoleUserRow() {}

    static Optional<ConsoleUserRow> findAndLock(EntityManager entities, String name) {
        return entities.createNamedQuery("ConsoleUserRow.byName", ConsoleUserRow.class)
                .setParameter("name", name)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    /** The user of this name, to look at. */
    public static Optional<ConsoleUserRow> find(EntityManager entities, String name) {
        return entities.createNamedQuery("ConsoleUserRow.byName", ConsoleUserRow.class)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    /** Whether this is the user's password; slow. */
    public boolean hasPassword(String password) {
        return hash().matches(password);
    }

    PasswordHash hash() {
        return PasswordHash.parse(passwordHash);
    }

    boolean isLocked(Instant now) {
        return lockedUntil != null && now.isBefore(lockedUntil);
    }

    /** Counts a try; says whether it is the last one before the lock-out. */
    boolean countTry(Instant now) {
        if (lockedUntil != null) {
            // The lock-out is over: a new row of tries begins.
            lockedUntil = null;
            wrongPasswords = 0;
        }
        wrongPasswords++;
        if (wrongPasswords < TRIES) {
            return false;
        }
        lockedUntil = now.plus(LOCKED_FOR);
        return true;
    }

    void forgetTries() {
        wrongPasswords = 0;
        lockedUntil = null;
    }

    ConsolePerson picture() {
        return new ConsolePerson(name, role, Optional.ofNullable(accountId).map(AccountId::new));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConsoleUserRow row && name.equals(row.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
