package io.bida.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.catalogue.CatalogueWithoutContainer;
import io.bida.catalogue.TestDatabase;
import io.bida.time.ClockMovedByHand;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserServiceTest {

    /** So few that the tests are quick; a hash carries its own number. */
    private static final int ROUNDS = 100;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final CatalogueWithoutContainer catalogue = CatalogueWithoutContainer.sharedOn(TestDatabase.H2);
    private final ClockMovedByHand clock = new ClockMovedByHand();
    private final UserService users = service();
    private final ConsolePerson anna =
            new ConsolePerson("anna" + NUMBER.incrementAndGet(), ConsoleRole.DEVELOPER, Optional.empty());

    @BeforeEach
    void addAnna() {
        catalogue.transactions().transact(entities -> {
            entities.persist(new ConsoleUserRow(anna, PasswordHash.of("right password", ROUNDS), clock.instant()));
            return true;
        });
    }

    @Test
    void rightPasswordTellsWhoItIs() {
        assertThat(login(anna.name(), "right password")).contains(anna);
    }

    @Test
    void wrongPasswordUnknownNameAndEndlessPasswordAreAnsweredAlike() {
        assertThat(login(anna.name(), "wrong")).isEmpty();
        assertThat(login("nobody", "right password")).isEmpty();
        assertThat(login(anna.name(), "x".repeat(100_000))).isEmpty();
        assertThat(login("", "")).isEmpty();
        assertThat(login("n".repeat(100_000), "")).isEmpty();
        assertThat(login("a\u0000b", "")).isEmpty();
    }

    @Test
    void nineWrongPasswordsDoNotLock() {
        failTimes(9);

        assertThat(login(anna.name(), "right password")).contains(anna);
    }

    @Test
    void tenWrongPasswordsLockForFifteenMinutesAlsoOnOtherNodes() {
        failTimes(10);

        clock.moveBy(Duration.ofMinutes(15).minusMillis(1));
        assertThat(service().authenticate(anna.name(), "right password", "127.0.0.1"))
                .isEmpty();
        clock.moveBy(Duration.ofMillis(1));
        assertThat(login(anna.name(), "right password")).contains(anna);
    }

    @Test
    void rightPasswordTakesTheCountBack() {
        failTimes(9);
        login(anna.name(), "right password");
        failTimes(9);

        assertThat(login(anna.name(), "right password")).contains(anna);
    }

    @Test
    void afterALockOutTheCountBeginsAnew() {
        failTimes(10);
        clock.moveBy(Duration.ofMinutes(15));

        failTimes(9);

        assertThat(login(anna.name(), "right password")).contains(anna);
    }

    @Test
    void guessesAtTheSameMomentAreAllCounted() throws Exception {
        ExecutorService guessers = Executors.newFixedThreadPool(4);
        Callable<Optional<ConsolePerson>> guess = () -> login(anna.name(), "guess");

        List<Future<Optional<ConsolePerson>>> guesses = guessers.invokeAll(Collections.nCopies(10, guess));

        guessers.shutdown();
        for (Future<Optional<ConsolePerson>> answer : guesses) {
            assertThat(answer.get()).isEmpty();
        }
        assertThat(login(anna.name(), "right password")).isEmpty();
    }

    private Optional<ConsolePerson> login(String name, String password) {
        return users.authenticate(name, password, "127.0.0.1");
    }

    private void failTimes(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(login(anna.name(), "wrong")).isEmpty();
        }
    }

    @SuppressWarnings("UnnecessaryAssignment") // no framework is there to inject
    private UserService service() {
        UserService service = new UserService();
        service.catalogue = catalogue.transactions();
        service.clock = clock;
        return service;
    }
}
