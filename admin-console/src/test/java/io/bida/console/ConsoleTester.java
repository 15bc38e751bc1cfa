package io.bida.console;

import io.bida.account.Account;
import io.bida.account.AccountId;
import io.bida.account.AccountService;
import io.bida.account.ConsolePerson;
import io.bida.account.ConsoleRole;
import io.bida.account.TooManyTriesException;
import io.bida.account.UserService;
import io.bida.cluster.ClusterService;
import io.bida.console.account.SignedInPerson;
import io.bida.console.injection.ServiceInjector;
import io.bida.error.ServiceUnavailableException;
import io.bida.queue.QueueService;
import jakarta.inject.Inject;
import java.lang.reflect.Field;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.wicket.util.tester.WicketTester;

/** The console with services made by hand and a clock that is moved by hand. */
public final class ConsoleTester extends WicketTester {

    /** The account that people in the tests belong to. */
    public static final AccountId ACCOUNT = new AccountId("1234567890123456");

    /** Somebody else's. */
    public static final AccountId OTHER_ACCOUNT = new AccountId("6543210987654321");

    /** The only password that is right, for every name that begins with {@code known}. */
    public static final String PASSWORD = "right";

    private final Services services;

    private ConsoleTester(Services services) {
        super(new ConsoleApplication(() -> services));
        this.services = services;
        setExposeExceptions(false); // a person sees the page for it, and so do the tests
    }

    /** A fresh console. */
    public static ConsoleTester start() {
        return new ConsoleTester(new Services());
    }

    /** A fresh console with this person signed in. */
    public static ConsoleTester startAs(ConsoleRole role) {
        ConsoleTester tester = start();
        tester.signIn(role);
        return tester;
    }

    /** Signs somebody in who has this role, in {@link #ACCOUNT} or as administrator everywhere. */
    public void signIn(ConsoleRole role) {
        Optional<AccountId> account = role == ConsoleRole.PLATFORM_ADMIN ? Optional.empty() : Optional.of(ACCOUNT);
        session().signIn(SignedInPerson.of(new ConsolePerson("ann", role, account)), services.clock.instant());
    }

    /** The queues behind the console. */
    public FakeQueueService queues() {
        return services.queues;
    }

    /** The cluster behind the console. */
    public FakeClusterService cluster() {
        return services.cluster;
    }

    /** Opens one more account. */
    public void addAccount(AccountId account, String label) {
        services.accounts.all.add(new Account(account, label, Instant.EPOCH));
    }

    /** From now on the database of people, accounts and queues does not answer; what a node knows of queues stays. */
    public void loseTheDatabase() {
        services.users.lost = true;
        services.accounts.lost = true;
        services.queues.refuseChangesWith(noDatabase());
    }

    /** From now on so many sign in that nobody else is looked at. */
    public void crowdTheSignIn() {
        services.users.crowded = true;
    }

    private static ServiceUnavailableException noDatabase() {
        return new ServiceUnavailableException("the catalogue's database does not answer");
    }

    /** Lets time pass. */
    public void pass(Duration time) {
        services.clock.now = services.clock.now.plus(time);
    }

    /** The session in hand. */
    public ConsoleSession session() {
        return (ConsoleSession) getSession();
    }

    /** From now on pages are asked for in this language. */
    public void speak(Language language) {
        getRequest().setLocale(language.locale());
        session().setLocale(language.locale());
    }

    /** Opens an address below the console, as a browser does for a link. */
    public void open(String address) {
        getRequest().setMethod("GET");
        executeUrl("./" + address);
    }

    /** The values of an attribute in the last answer, as written there, from top to bottom. */
    public List<String> valuesOf(String attribute) {
        return Pattern.compile(" " + attribute + "=\"([^\"]*)\"")
                .matcher(answer())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** What the last request was answered with. */
    public String answer() {
        return getLastResponseAsString();
    }

    private static final class Services implements ServiceInjector {
        final FakeQueueService queues = new FakeQueueService();
        final FakeClusterService cluster = new FakeClusterService();
        final FakeUserService users = new FakeUserService();
        final FakeAccountService accounts = new FakeAccountService();
        final MovableClock clock = new MovableClock();

        @Override
        public void inject(Object target) {
            for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (field.isAnnotationPresent(Inject.class)) {
                        set(field, target);
                    }
                }
            }
        }

        private void set(Field field, Object target) {
            try {
                field.setAccessible(true);
                field.set(target, serviceOf(field.getType()));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }

        private Object serviceOf(Class<?> type) {
            if (type == QueueService.class) {
                return queues;
            }
            if (type == ClusterService.class) {
                return cluster;
            }
            if (type == AccountService.class) {
                return accounts;
            }
            if (type == UserService.class) {
                return users;
            }
            if (type == Clock.class) {
                return clock;
            }
            throw new IllegalArgumentException("no fake of " + type);
        }
    }

    private static final class FakeAccountService extends AccountService {
        final List<Account> all = new ArrayList<>(List.of(new Account(ACCOUNT, "first", Instant.EPOCH)));
        boolean lost;

        @Override
        public List<Account> listAccounts() {
            if (lost) {
                throw noDatabase();
            }
            return all;
        }
    }

    private static final class FakeUserService extends UserService {
        boolean lost;
        boolean crowded;

        @Override
        public Optional<ConsolePerson> authenticate(String name, String password, String sourceAddress) {
            if (lost) {
                throw noDatabase();
            }
            if (crowded) {
                throw new TooManyTriesException();
            }
            return name.toLowerCase(Locale.ROOT).startsWith("known") && password.equals(PASSWORD)
                    ? Optional.of(new ConsolePerson(name, ConsoleRole.ACCOUNT_OWNER, Optional.of(ACCOUNT)))
                    : Optional.empty();
        }
    }

    private static final class MovableClock extends Clock {
        Instant now = Instant.parse("2026-11-23T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
