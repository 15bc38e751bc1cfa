package io.bida.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.catalogue.CatalogueWithoutContainer;
import io.bida.catalogue.TestDatabase;
import io.bida.time.ClockMovedByHand;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserServiceTest {

    /** So few that the tests are quick; a hash carries its own number. */
    private static final int ROUNDS = 100;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final CatalogueWithoutContainer catalogue = CatalogueWithoutContainer.sharedOn(TestDatabase.H2);
    private final ClockMovedByHand clock = new ClockMovedByHand();
    private final CheckingRoom room = new CheckingRoom();
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

    @Test
    void whoComesWhileTooManyAreCheckedIsRefusedAtOnceAndNotCounted() throws Exception {
        failTimes(9);
        CountDownLatch inside = new CountDownLatch(CheckingRoom.PLACES);
        CountDownLatch done = new CountDownLatch(1);
        ExecutorService others = Executors.newFixedThreadPool(CheckingRoom.PLACES);
        for (int i = 0; i < CheckingRoom.PLACES; i++) {
            others.execute(() -> room.inside(() -> {
                inside.countDown();
                return endOf(done);
            }));
        }
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> login(anna.name(), "wrong"))
                .isInstanceOf(TooManyTriesException.class)
                .hasMessageContaining("try again in a moment");
        assertThatThrownBy(() -> login("nobody", "wrong")).isInstanceOf(TooManyTriesException.class);

        done.countDown();
        others.shutdown();
        assertThat(others.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(login(anna.name(), "right password")).contains(anna);
    }

    @Test
    void aFailureLeavesTheRoomAsFreeAsItWas() {
        for (int i = 0; i < 2 * CheckingRoom.PLACES; i++) {
            assertThatThrownBy(() -> room.inside(() -> {
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");
        }
        assertThat(login(anna.name(), "right password")).contains(anna);
    }

    private static boolean endOf(CountDownLatch done) {
        try {
            return done.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
        service.room = room;
        return service;
    }
}
