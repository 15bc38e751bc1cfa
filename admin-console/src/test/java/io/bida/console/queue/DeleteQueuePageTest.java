package io.bida.console.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.account.ConsoleRole;
import io.bida.console.ConsoleTester;
import io.bida.console.Language;
import io.bida.console.error.AccessDeniedPage;
import io.bida.queue.QueueStatistics;
import org.apache.wicket.util.tester.FormTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeleteQueuePageTest {

    private final ConsoleTester tester = ConsoleTester.startAs(ConsoleRole.ACCOUNT_OWNER);

    @BeforeEach
    void addQueue() {
        tester.queues().addQueue(ConsoleTester.ACCOUNT, "orders", new QueueStatistics(12345, 6, 7));
    }

    @AfterEach
    void stop() {
        tester.destroy();
    }

    @Test
    void namesTheQueueAndWhatWouldBeLost() {
        tester.open("queues");
        tester.clickLink("table:queue:0:delete");

        tester.assertLabel("heading", "Delete queue orders");
        tester.assertLabel("deleteQueue:visible", "12,345");
        tester.assertLabel("deleteQueue:inFlight", "6");
        tester.assertLabel("deleteQueue:delayed", "7");
    }

    @Test
    void typedNameDeletesTheQueue() {
        deleteTyping("orders");

        tester.assertRenderedPage(QueueListPage.class);
        tester.assertFeedback("notices", "Queue orders was deleted.");
        assertThat(tester.queues().hasQueue("orders")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "order", "Orders", "orders2"})
    void anyOtherNameDeletesNothing(String typed) {
        deleteTyping(typed);

        tester.assertFeedback("notices", "That is not the name of the queue. Nothing was deleted.");
        assertThat(tester.queues().hasQueue("orders")).isTrue();
    }

    @Test
    void lostDatabaseIsExplainedInPlaceAndDeletesNothing() {
        tester.loseTheDatabase();

        deleteTyping("orders");

        tester.assertRenderedPage(DeleteQueuePage.class);
        tester.assertFeedback(
                "notices", "The server cannot do this at the moment. Please try again. (ServiceUnavailable)");
        assertThat(tester.queues().hasQueue("orders")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone", "-", "%3Cimg%20src=x%20onerror=alert(1)%3E"})
    void queueThatIsNoneLeadsBackToTheList(String name) {
        tester.open("queues/" + name + "/delete");

        tester.assertRenderedPage(QueueListPage.class);
        assertThat(tester.answer()).contains("alert-danger").doesNotContain("<img src=x");
    }

    @ParameterizedTest
    @EnumSource(
            value = ConsoleRole.class,
            names = {"DEVELOPER", "VIEWER"})
    void whoMayOnlyLookIsRefused(ConsoleRole role) {
        tester.signIn(role);

        tester.open("queues/orders/delete");

        tester.assertRenderedPage(AccessDeniedPage.class);
        assertThat(tester.getLastResponse().getStatus()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(
            value = ConsoleRole.class,
            names = {"DEVELOPER", "VIEWER"})
    void formSentAgainByWhoMayOnlyLookDeletesNothing(ConsoleRole role) {
        tester.open("queues/orders/delete");
        FormTester form = tester.newFormTester("deleteQueue");
        form.setValue("typedName", "orders");

        tester.signIn(role);
        form.submit();

        tester.assertRenderedPage(AccessDeniedPage.class);
        assertThat(tester.queues().hasQueue("orders")).isTrue();
    }

    @Test
    void speaksChinese() {
        tester.speak(Language.SIMPLIFIED_CHINESE);

        deleteTyping("x");

        tester.assertFeedback("notices", "名称不正确，未删除任何内容。");
    }

    private void deleteTyping(String typed) {
        tester.open("queues/orders/delete");
        FormTester form = tester.newFormTester("deleteQueue");
        form.setValue("typedName", typed);
        form.submit();
    }
}
