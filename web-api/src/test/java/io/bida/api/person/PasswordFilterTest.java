package io.bida.api.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.ConsolePerson;
import io.bida.account.ConsoleRole;
import io.bida.account.UserService;
import io.bida.api.error.ErrorAnswer;
import io.bida.api.error.ProblemException;
import io.bida.api.header.RequestHead;
import io.bida.api.signature.Heads;
import io.bida.error.ServiceUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
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
        int tries;
        String lastAddress = "";

        @Override
        public Optional<ConsolePerson> authenticate(String name, String password, String sourceAddress) {
            tries++;
            lastAddress = sourceAddress;
            if (lost) {
                throw new ServiceUnavailableException("the catalogue's database does not answer");
            }
            return name.equals("admin") && password.equals("p:ä")
                    ? Optional.of(new ConsolePerson(name, role, Optional.empty()))
                    : Optional.empty();
        }
    }

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // no container here that would inject
    void inject() {
        persons.users = users;
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
        assertThat(users.tries).isZero();
    }

    @Test
    void aWrongPasswordIsTriedEachTime() {
        assertThat(refusal("Authorization", basic("admin:wrong"))).isEqualTo(401);
        assertThat(refusal("Authorization", basic("admin:wrong"))).isEqualTo(401);
        assertThat(refusal("Authorization", basic("nobody:p:ä"))).isEqualTo(401);
        assertThat(users.tries).isEqualTo(3);
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
        assertThat(users.tries).isEqualTo(1);

        millis.set(KnownPersons.MEMORY_MILLIS);
        ask("Authorization", basic("admin:p:ä"));
        assertThat(users.tries).isEqualTo(2);
    }

    @Test
    void nobodyElseProfitsFromWhatIsRemembered() {
        ask("Authorization", basic("admin:p:ä"));

        assertThat(refusal("Authorization", basic("admin:wrong"))).isEqualTo(401);
        assertThat(refusal("Authorization", basic("admi:n:p:ä"))).isEqualTo(401);
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
        assertThat(users.tries).isZero();
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
