package io.bida.console.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.account.ConsoleRole;
import io.bida.console.ConsoleTester;
import io.bida.console.Language;
import io.bida.console.account.AccountListPage;
import io.bida.console.account.LoginPage;
import io.bida.console.error.AccessDeniedPage;
import io.bida.console.error.DatabaseUnavailablePage;
import io.bida.error.ServiceUnavailableException;
import io.bida.queue.QueueStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.wicket.util.tester.FormTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueueListPageTest {

    private final ConsoleTester tester = ConsoleTester.startAs(ConsoleRole.ACCOUNT_OWNER);

    @AfterEach
    void stop() {
        tester.destroy();
    }

    @Test
    void showsEachQueueWithItsExactCountsAndSettings() {
        tester.queues().addQueue(ConsoleTester.ACCOUNT, "demo", new QueueStatistics(1234567, 8, 9));

        tester.open("queues");

        tester.assertRenderedPage(QueueListPage.class);
        tester.assertLabel("table:queue:0:name", "demo");
        tester.assertLabel("table:queue:0:visible", "1,234,567");
        tester.assertLabel("table:queue:0:inFlight", "8");
        tester.assertLabel("table:queue:0:delayed", "9");
        tester.assertLabel("table:queue:0:visibilityTimeout", "30 seconds");
        tester.assertLabel("table:queue:0:retentionPeriod", "4 days");
        assertThat(tester.valuesOf("datetime")).containsExactly("2026-11-23T12:00:00Z", "2026-11-20T08:30:00Z");
    }

    @Test
    void asksTheServiceOncePerPage() {
        addQueues(20);

        tester.open("queues");

        assertThat(tester.queues().calls()).isEqualTo(1);
    }

    @Test
    void pageHas20QueuesAndLeadsToTheNext() {
        addQueues(21);

        tester.open("queues");
        assertThat(shownNames()).hasSize(20).startsWith("queue-001").endsWith("queue-020");
        tester.assertInvisible("table:first");

        tester.clickLink("table:next");
        assertThat(shownNames()).containsExactly("queue-021");
        tester.assertInvisible("table:next");
        assertThat(tester.getLastRequest().getQueryString()).isEqualTo("after=queue-020");

        tester.clickLink("table:first");
        assertThat(shownNames()).startsWith("queue-001");
    }

    @Test
    void lastFullPageHasNoNextOne() {
        addQueues(20);

        tester.open("queues");

        tester.assertInvisible("table:next");
    }

    @Test
    void prefixInTheAddressNarrowsTheListAndStaysWhilePaging() {
        addQueues(45);

        tester.open("queues?prefix=queue-0");
        tester.clickLink("table:next");

        assertThat(shownNames()).startsWith("queue-021");
        assertThat(tester.getLastRequest().getQueryString()).contains("prefix=queue-0");
        assertThat(tester.valuesOf("value")).containsExactly("queue-0");
    }

    @Test
    void prefixWithoutMatchesOffersTheWholeList() {
        addQueues(1);

        tester.open("queues?prefix=nothing");

        tester.assertLabel(
                "noMatches:explanation", "There is no queue here whose name begins with \u201cnothing\u201d.");
        tester.clickLink("noMatches:showAll");
        assertThat(shownNames()).containsExactly("queue-001");
    }

    @Test
    void hostilePrefixIsText() {
        addQueues(1);

        tester.open("queues?prefix=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E%7B0%7D");

        tester.assertLabel(
                "noMatches:explanation",
                "There is no queue here whose name begins with \u201c"
                        + "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;{0}\u201d.");
        assertThat(tester.answer()).doesNotContain("<img src=x");
        assertThat(tester.valuesOf("value")).containsExactly("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;{0}");
    }

    @Test
    void withoutQueuesThePageCreatesTheFirst() {
        tester.open("queues");
        tester.assertInvisible("table");
        tester.assertInvisible("create");

        FormTester form = tester.newFormTester("noQueues:createForm:createQueue");
        form.setValue("name", "orders");
        form.submit();

        assertThat(shownNames()).containsExactly("orders");
        tester.assertFeedback("notices", "Queue orders was created.");
    }

    @Test
    void unusableNameIsExplainedWithItsCode() {
        tester.open("queues");

        FormTester form = tester.newFormTester("noQueues:createForm:createQueue");
        form.setValue("name", "-<b>");
        form.submit();

        tester.assertFeedback(
                "notices",
                "A queue name has only letters, digits and hyphens, and begins with a letter or digit."
                        + " (InvalidQueueName)");
        assertThat(tester.answer()).contains("value=\"-&lt;b&gt;\"");
    }

    @ParameterizedTest
    @EnumSource(
            value = ConsoleRole.class,
            names = {"DEVELOPER", "VIEWER"})
    void whoMayOnlyLookSeesNoWayToChange(ConsoleRole role) {
        tester.signIn(role);
        tester.open("queues");
        tester.assertInvisible("noQueues:createForm");

        addQueues(1);
        tester.open("queues");
        tester.assertInvisible("create");
        tester.assertInvisible("table:queue:0:delete");
    }

    @Test
    void refusalOfTheServiceIsExplainedInPlace() {
        tester.queues().refuseWith(new ServiceUnavailableException("starting"));

        tester.open("queues");

        tester.assertLabel(
                "refusal", "The server cannot do this at the moment. Please try again. (ServiceUnavailable)");
        tester.assertInvisible("noQueues");
    }

    @Test
    void lostDatabaseLeavesTheListAndItsCountersAsTheyAre() {
        addQueues(2);
        tester.loseTheDatabase();

        tester.open("queues");
        assertThat(shownNames()).containsExactly("queue-001", "queue-002");

        tester.open("live/queues");
        assertThat(tester.getLastResponse().getStatus()).isEqualTo(200);
    }

    @Test
    void lostDatabaseLeavesTheListToAnAdministratorWhoHasSeenTheAccount() {
        tester.signIn(ConsoleRole.PLATFORM_ADMIN);
        addQueues(1);
        tester.open("queues");

        tester.loseTheDatabase();
        tester.open("queues");

        assertThat(shownNames()).containsExactly("queue-001");
    }

    @Test
    void lostDatabaseIsExplainedToAnAdministratorWhoHasSeenNoAccountYet() {
        tester.signIn(ConsoleRole.PLATFORM_ADMIN);
        tester.loseTheDatabase();

        tester.open("queues");

        tester.assertRenderedPage(DatabaseUnavailablePage.class);
        assertThat(tester.getLastResponse().getStatus()).isEqualTo(503);
    }

    @Test
    void nobodySeesAnotherAccount() {
        tester.queues().addQueue(ConsoleTester.OTHER_ACCOUNT, "theirs", QueueStatistics.EMPTY);

        tester.open("queues?account=" + ConsoleTester.OTHER_ACCOUNT);

        tester.assertRenderedPage(AccessDeniedPage.class);
        assertThat(tester.getLastResponse().getStatus()).isEqualTo(403);
        assertThat(tester.queues().calls()).isZero();
    }

    @Test
    void administratorWithOneAccountIsNotAsked() {
        tester.signIn(ConsoleRole.PLATFORM_ADMIN);

        tester.open("queues");

        tester.assertRenderedPage(QueueListPage.class);
        tester.assertLabel("accountLine:account", ConsoleTester.ACCOUNT.value());
    }

    @Test
    void administratorWithSeveralAccountsChooses() {
        tester.signIn(ConsoleRole.PLATFORM_ADMIN);
        tester.addAccount(ConsoleTester.OTHER_ACCOUNT, "\"><img src=x onerror=alert(1)>");
        tester.queues().addQueue(ConsoleTester.OTHER_ACCOUNT, "theirs", QueueStatistics.EMPTY);

        tester.open("queues");
        tester.assertRenderedPage(AccountListPage.class);
        assertThat(tester.answer()).doesNotContain("<img src=x");

        tester.clickLink("account:1:queues");
        assertThat(shownNames()).containsExactly("theirs");

        tester.open("queues");
        tester.assertLabel("accountLine:account", ConsoleTester.OTHER_ACCOUNT.value());
    }

    @Test
    void administratorCannotOpenAnAccountThatIsNone() {
        tester.signIn(ConsoleRole.PLATFORM_ADMIN);

        tester.open("queues?account=42");

        tester.assertRenderedPage(AccessDeniedPage.class);
    }

    @Test
    void withoutSigningInItAsksForIt() {
        tester.session().signOut();

        tester.open("queues");

        tester.assertRenderedPage(LoginPage.class);
        assertThat(tester.queues().calls()).isZero();
    }

    @Test
    void speaksChinese() {
        tester.speak(Language.SIMPLIFIED_CHINESE);
        tester.queues().addQueue(ConsoleTester.ACCOUNT, "demo", QueueStatistics.EMPTY);

        tester.open("queues");

        assertThat(tester.answer()).contains("lang=\"zh-CN\"").contains(">处理中<").contains("4 天");
        assertThat(tester.answer()).doesNotContain("Warning: Property");
    }

    private void addQueues(int count) {
        IntStream.rangeClosed(1, count)
                .forEach(i -> tester.queues()
                        .addQueue(ConsoleTester.ACCOUNT, "queue-%03d".formatted(i), QueueStatistics.EMPTY));
    }

    private List<String> shownNames() {
        tester.assertRenderedPage(QueueListPage.class);
        return tester.valuesOf("data-queue");
    }
}
