package io.bida.account;

import io.bida.catalogue.CatalogueTransactions;
import io.bida.error.ServiceUnavailableException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** The use cases of people who use the console. */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN) // see CatalogueTransactions
public class UserService {

    private static final Logger LOG = Logger.getLogger(UserService.class);

    /** Longest password that is looked at, in characters; our choice, so that hashing has an upper bound. */
    private static final int MAX_PASSWORD = 1024;

    /**
     * Passwords checked at once on this node: 2, our choice. A check takes a good part of a second of one core, and
     * guessing must not take the cores from messages.
     */
    private static final Semaphore CHECKS = new Semaphore(2, true);

    /** What a name looks like: 1 to 64 characters, our choice. */
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,64}");

    private static final Pattern NOT_OF_AN_ADDRESS = Pattern.compile("[^0-9A-Za-z.:%_-]");

    private static final PasswordHash NOBODY = PasswordHash.ofNobody();

    @Inject
    CatalogueTransactions catalogue;

    @Inject
    Clock clock;

    @Inject
    CheckingRoom room;

    /** What a try found: the hash to check, and whether a right password counts. */
    private record Try(PasswordHash hash, boolean allowed, boolean last) {}

    /**
     * The person who has this name and password.
     *
     * <p>Empty for a wrong password, an unknown name, and a locked user alike, and after the same time. After 10 wrong
     * passwords in a row a user is locked for 15 minutes, on all nodes.
     *
     * @param sourceAddress where the try comes from, for the log
     * @throws ServiceUnavailableException if the catalogue's database does not answer, or this node was interrupted
     *     while others logged in (ServiceUnavailable)
     * @throws TooManyTriesException if too many are being checked; this one is not counted as a try then
     *     (ServiceUnavailable)
     */
    public Optional<ConsolePerson> authenticate(String name, String password, String sourceAddress) {
        return room.inside(() -> check(name, password, sourceAddress));
    }

    private Optional<ConsolePerson> check(String name, String password, String sourceAddress) {
        Try counted = catalogue.transact(entities -> ConsoleUserRow.findAndLock(entities, possible(name))
                .map(user -> count(user))
                .orElse(new Try(NOBODY, false, false)));
        boolean right = isRight(password, counted.hash());
        if (right && counted.allowed()) {
            return catalogue.transact(
                    entities -> ConsoleUserRow.findAndLock(entities, name).map(user -> {
                        user.forgetTries();
                        return user.picture();
                    }));
        }
        if (counted.last()) {
            LOG.warnf(
                    "Console user %s is locked for %d minutes after %d wrong passwords, the last from %s",
                    name,
                    ConsoleUserRow.LOCKED_FOR.toMinutes(),
                    ConsoleUserRow.TRIES,
                    NOT_OF_AN_ADDRESS.matcher(sourceAddress).replaceAll("?"));
        }
        return Optional.empty();
    }

    // No database takes every text: what cannot be a name is looked up as the name that nobody has.
    private static String possible(String name) {
        return NAME.matcher(name).matches() ? name : "";
    }

    private Try count(ConsoleUserRow user) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (user.isLocked(now)) {
            return new Try(user.hash(), false, false);
        }
        return new Try(user.hash(), true, user.countTry(now));
    }

    private static boolean isRight(String password, PasswordHash hash) {
        try {
            CHECKS.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException("the node is stopping");
        }
        try {
            return password.length() <= MAX_PASSWORD && hash.matches(password);
        } finally {
            CHECKS.release();
        }
    }
}
