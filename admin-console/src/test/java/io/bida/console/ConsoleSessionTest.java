package io.bida.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.account.ConsoleRole;
import io.bida.console.account.LoginPage;
import io.bida.console.queue.QueueListPage;
import java.time.Duration;
import java.util.Locale;
import org.apache.wicket.core.util.lang.WicketObjects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsoleSessionTest {

    private final ConsoleTester tester = ConsoleTester.startAs(ConsoleRole.ACCOUNT_OWNER);

    @AfterEach
    void stop() {
        tester.destroy();
    }

    @Test
    void endsAfter30MinutesWithoutAnAction() {
        tester.pass(Duration.ofMinutes(30).plusSeconds(1));

        tester.open("queues");

        tester.assertRenderedPage(LoginPage.class);
        tester.assertInfoMessages("You were signed out because nothing was done for 30 minutes.");
        assertThat(tester.session().person()).isEmpty();
    }

    @Test
    void actionBeginsTheTimeAnew() {
        tester.pass(Duration.ofMinutes(30));
        tester.open("queues");
        tester.pass(Duration.ofMinutes(30));
        tester.open("queues");

        tester.assertRenderedPage(QueueListPage.class);
    }

    @Test
    void figuresThatAPageFetchesAreNoAction() {
        tester.pass(Duration.ofMinutes(29));
        tester.open("live/queues");
        assertThat(tester.getLastResponse().getStatus()).isEqualTo(200);

        tester.pass(Duration.ofMinutes(2));
        tester.open("live/queues");

        assertThat(tester.getLastResponse().getStatus()).isEqualTo(401);
    }

    @Test
    void survivesBeingStored() {
        ConsoleSession copy = WicketObjects.cloneObject(tester.session());

        assertThat(copy.person()).isEqualTo(tester.session().person());
    }

    @Test
    void switchingTheLanguageStaysForTheNextVisit() {
        tester.open("queues");

        tester.clickLink("language");

        tester.assertRenderedPage(QueueListPage.class);
        assertThat(tester.answer()).contains("lang=\"zh-CN\"").contains(">English<");
        tester.session().signOut();
        tester.session().setLocale(Locale.ENGLISH);
        ConsoleSession nextVisit = new ConsoleSession(tester.getRequestCycle().getRequest());
        assertThat(nextVisit.language()).isEqualTo(Language.SIMPLIFIED_CHINESE);
    }

    @Test
    void anyChineseIsAnsweredInChineseAndAllElseInEnglish() {
        assertThat(Language.nearest(Locale.TRADITIONAL_CHINESE)).isEqualTo(Language.SIMPLIFIED_CHINESE);
        assertThat(Language.nearest(Locale.FRENCH)).isEqualTo(Language.ENGLISH);
    }
}
