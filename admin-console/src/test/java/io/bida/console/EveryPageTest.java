package io.bida.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.account.ConsoleRole;
import io.bida.console.queue.QueueListPage;
import io.bida.queue.QueueStatistics;
import java.util.ArrayList;
import java.util.List;
import org.apache.wicket.Page;
import org.apache.wicket.core.util.lang.WicketObjects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every page, whatever it is about. */
class EveryPageTest {

    private static final List<String> ADDRESSES = List.of(
            "login",
            "queues",
            "create-queue",
            "queues/demo/delete",
            "accounts",
            "cluster",
            "not-found",
            "access-denied",
            "expired");

    private final ConsoleTester tester = ConsoleTester.startAs(ConsoleRole.PLATFORM_ADMIN);

    @BeforeEach
    void addQueue() {
        tester.queues().addQueue(ConsoleTester.ACCOUNT, "demo", QueueStatistics.EMPTY);
    }

    @AfterEach
    void stop() {
        tester.destroy();
    }

    static List<Arguments> addressesInBothLanguages() {
        List<Arguments> all = new ArrayList<>();
        for (String address : ADDRESSES) {
            for (Language language : Language.values()) {
                all.add(Arguments.of(address, language));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("addressesInBothLanguages")
    void isGuardedAndKeepsNothingOnTheServer(String address, Language language) {
        tester.speak(language);
        if (address.equals("login")) {
            tester.session().signOut();
        }

        tester.open(address);

        Page page = tester.getLastRenderedPage();
        assertThat(page.isPageStateless()).isTrue();
        assertThat(tester.getLastResponse().getHeader("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("img-src 'self' data:")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(tester.answer())
                .contains("lang=\"" + language.tag() + "\"")
                .contains("href=\"#content\"")
                .doesNotContain(" style=")
                .doesNotContain(" onclick=")
                .doesNotContain("[Warning: Property");
    }

    @ParameterizedTest
    @MethodSource("addressesInBothLanguages")
    void survivesBeingStored(String address, Language language) {
        tester.speak(language);
        tester.open(address);

        Page copy = WicketObjects.cloneObject(tester.getLastRenderedPage());
        tester.startPage(copy);

        assertThat(tester.getLastRenderedPage()).isSameAs(copy);
    }

    @Test
    void defectShowsAReferenceAndNothingElse() {
        tester.queues().failWith(new IllegalStateException("secret detail"));

        tester.open("queues");

        assertThat(tester.getLastResponse().getStatus()).isEqualTo(500);
        assertThat(tester.answer()).containsPattern("<code>[0-9a-f]{8}</code>");
        assertThat(tester.answer()).doesNotContain("secret detail").doesNotContain("IllegalState");
    }

    @Test
    void startLeadsToTheQueues() {
        tester.open("");

        tester.assertRenderedPage(QueueListPage.class);
    }

    @Test
    void sectionOfThePageIsMarkedInTheNavigation() {
        tester.open("queues");
        assertThat(tester.valuesOf("aria-current")).containsExactly("true");

        tester.open("accounts");
        assertThat(tester.valuesOf("aria-current")).isEmpty();
    }
}
