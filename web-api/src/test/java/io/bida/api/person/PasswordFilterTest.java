package io.bida.api.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bida.account.CheckingRoom;
import io.bida.account.ConsolePerson;
import io.bida.account.ConsoleRole;
import io.bida.account.UserService;
import io.bida.api.error.ErrorAnswer;
import io.bida.api.error.ProblemException;
import io.bida.api.header.RequestHead;
import io.bida.api.signature.Heads;
import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordFilterTest {

    private final AtomicLong millis = new AtomicLong();
    private final Users users = new Users();
    private final KnownPersons persons = new KnownPersons();
    private final PasswordFilter filter = new PasswordFilter(persons, Set.of(ConsoleRole.PLATFORM_ADMIN));

    private static final class Users extends UserService {
        ConsoleRole role = ConsoleRole.PLATFORM_ADMIN;
        boolean lost;
        final AtomicInteger tries = new AtomicInteger();
        volatile CountDownLatch end = new CountDownLatch(0);
        String lastAddress = "";

        @Override
        public Optional<ConsolePerson> authenticate(String name, String password, String sourceAddress) {
            tries.incrementAndGet();
            waitForTheEnd();
            lastAddress = sourceAddress;
            if (lost) {
                throw new ServiceUnavailableException("the catalogue's database does not answer");
            }
            return name.equals("admin") && password.equals("p:ä")
                    ? Optional.of(new ConsolePerson(name, role, Optional.empty()))
                    : Optional.empty();
        }

        private void waitForTheEnd() {
            try {
                assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // no container here that would inject
    void inject() {
        persons.users = users;
        persons.room = new CheckingRoom();
        persons.monotonic = millis::get;
    }

    private static String basic(String both) {
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static RequestHead head(String... headers) {
        return Heads.head("GET", "/api/v1/cluster", headers);
    }

    private void ask(String... headers) {
        filter.check(head(headers), "192.0.2.1");
    }

    private int refusal(String... headers) {
        try {
            ask(headers);
        } catch (ProblemException refused) {
            return ErrorAnswer.of(refused, head(headers)).status();
        }
        return 0;
    }

    @Test
    void theRightPersonMay() {
        assertThatCode(() -> ask("Authorization", basic("admin:p:ä"))).doesNotThrowAnyException();
        assertThatCode(() -> ask("Authorization", "bAsIc  " + basic("admin:p:ä").substring(6)))
                .doesNotThrowAnyException();
        assertThat(users.lastAddress).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic ", "Basic ?", "Basic YWRtaW4=", "Basic /w==", "Bearer x", "MNS a:b", ""})
    void whatIsNoNameAndPasswordIsNotEvenTried(String header) {
        assertThat(refusal("Authorization", header)).isEqualTo(401);
        assertThat(refusal()).isEqualTo(401);
        assertThat(refusal("Authorization", basic("admin:p:ä"), "Authorization", basic("admin:p:ä")))
                .isEqualTo(401);
        assertThat(users.tries).hasValue(0);
    }

    @Test
    void aWrongPasswordIsTriedEachTime() {
        assertThat(refusal("Authorization", basic("admin:wrong"))).isEqualTo(401);
        assertThat(refusal("Authorization", basic("admin:wrong"))).isEqualTo(401);
        assertThat(refusal("Authorization", basic("nobody:p:ä"))).isEqualTo(401);
        assertThat(users.tries).hasValue(3);
    }

    @Test
    void anotherRoleMayNot() {
        users.role = ConsoleRole.ACCOUNT_OWNER;

        assertThat(refusal("Authorization", basic("admin:p:ä"))).isEqualTo(403);
    }

    @Test
    void aRightPasswordIsRememberedForAMinuteAndNoLonger() {
        ask("Authorization", basic("admin:p:ä"));
        millis.set(KnownPersons.MEMORY_MILLIS - 1);
        ask("Authorization", basic("admin:p:ä"));
        assertThat(users.tries).hasValue(1);

        millis.set(KnownPersons.MEMORY_MILLIS);
        ask("Authorization", basic("admin:p:ä"));
        assertThat(users.tries).hasValue(2);
    }

    @Test
    void nobodyElseProfitsFromWhatIsRemembered() {
        ask("Authorization", basic("admin:p:ä"));

        assertThat(refusal("Authorization", basic("admin:wrong"))).isEqualTo(401);
        assertThat(refusal("Authorization", basic("admi:n:p:ä"))).isEqualTo(401);
    }

    @Test
    void theSameAskedManyTimesAtOnceIsOneTryAndTooManyAreToldToComeAgain() throws Exception {
        users.end = new CountDownLatch(1);
        ExecutorService askers = Executors.newFixedThreadPool(12);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            answers.add(askers.submit(() -> status("admin:p:ä")));
        }
        // One checks, as many as fit wait for it, and the others have their answer.
        int refused = 12 - 1 - CheckingRoom.PLACES;
        await().until(() -> answers.stream().filter(Future::isDone).count() == refused);

        users.end.countDown();

        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get(10, TimeUnit.SECONDS));
        }
        askers.shutdown();
        assertThat(users.tries).hasValue(1);
        assertThat(statuses).containsOnly(0, 503);
        assertThat(Collections.frequency(statuses, 503)).isEqualTo(refused);
    }

    @Test
    void aCheckThatFailedIsForgotten() {
        users.lost = true;
        assertThat(status("admin:p:ä")).isEqualTo(503);

        users.lost = false;

        assertThat(status("admin:p:ä")).isZero();
    }

    /** Of an answer to this name and password; 0 if the person may. */
    private int status(String both) {
        try {
            return refusal("Authorization", basic(both));
        } catch (ServiceException refused) {
            return refused.code().status();
        }
    }

    @Test
    void aLostDatabaseIsSaidAsSuch() {
        users.lost = true;

        assertThatThrownBy(() -> ask("Authorization", basic("admin:p:ä")))
                .isInstanceOf(ServiceUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "nonsense"})
    void pagesOfOtherSitesMayNotAsk(String site) {
        assertThat(refusal("Authorization", basic("admin:p:ä"), "Sec-Fetch-Site", site))
                .isEqualTo(403);
        assertThat(users.tries).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "http://127.0.0.1",
                "http://127.0.0.1:8081",
                "http://127.0.0.1:8080.evil.example",
                "http://127.0.0.1:8080@evil.example",
                "127.0.0.1:8080",
                "null",
                ""
            })
    void overPlainHttpPagesOfOtherSitesMayNotAskEither(String origin) {
        assertThat(refusal("Authorization", basic("admin:p:ä"), "Origin", origin))
                .isEqualTo(403);
        assertThat(refusal("Authorization", basic("admin:p:ä"), "Origin", "http://127.0.0.1:8080", "Origin", origin))
                .isEqualTo(403);
        assertThat(users.tries).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080", "https://127.0.0.1:8080"})
    void overPlainHttpAPageOfThisHostMay(String origin) {
        assertThatCode(() -> ask("Authorization", basic("admin:p:ä"), "Origin", origin))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void aBrowserThatIsAskedByItsPersonMay(String site) {
        assertThatCode(() -> ask("Authorization", basic("admin:p:ä"), "Sec-Fetch-Site", site))
                .doesNotThrowAnyException();
    }

    @Test
    void aPasswordIsInNoText() {
        assertThat(BasicCredentials.of(head("Authorization", basic("admin:p:ä")))
                        .orElseThrow()
                        .toString())
                .isEqualTo("admin");
    }
}
