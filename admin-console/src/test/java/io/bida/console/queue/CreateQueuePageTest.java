package io.bida.console.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.account.ConsoleRole;
import io.bida.console.ConsoleTester;
import io.bida.console.error.AccessDeniedPage;
import io.bida.queue.QueueStatistics;
import org.apache.wicket.util.tester.FormTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CreateQueuePageTest {

    private final ConsoleTester tester = ConsoleTester.startAs(ConsoleRole.ACCOUNT_OWNER);

    @AfterEach
    void stop() {
        tester.destroy();
    }

    @Test
    void createsTheQueueAndLeadsToTheList() {
        tester.open("create-queue");
        create("orders");

        tester.assertRenderedPage(QueueListPage.class);
        tester.assertFeedback("notices", "Queue orders was created.");
        assertThat(tester.queues().hasQueue("orders")).isTrue();
    }

    @Test
    void queueThatExistsIsLeftAsItIs() {
        tester.queues().addQueue(ConsoleTester.ACCOUNT, "orders", QueueStatistics.EMPTY);

        tester.open("create-queue");
        create("orders");

        tester.assertFeedback("notices", "Queue orders exists already.");
    }

    @ParameterizedTest
    @CsvSource({
        "'', Please give the queue a name.",
        "a_b, 'A queue name has only letters, digits and hyphens, and begins with a letter or digit. (InvalidQueueName)'"
    })
    void unusableNameIsExplained(String name, String explanation) {
        tester.open("create-queue");
        create(name);

        tester.assertRenderedPage(CreateQueuePage.class);
        assertThat(tester.answer()).contains(explanation);
    }

    @Test
    void lostDatabaseIsExplainedInPlace() {
        tester.loseTheDatabase();

        tester.open("create-queue");
        create("orders");

        tester.assertRenderedPage(CreateQueuePage.class);
        tester.assertFeedback(
                "notices", "The server cannot do this at the moment. Please try again. (ServiceUnavailable)");
    }

    @Test
    void nameOf255CharactersIsTakenAnd256Refused() {
        tester.open("create-queue");
        create("n".repeat(256));
        tester.assertFeedback("notices", "A queue name has 1 to 255 characters. (QueueNameLengthError)");

        create("n".repeat(255));
        assertThat(tester.queues().hasQueue("n".repeat(255))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = ConsoleRole.class,
            names = {"DEVELOPER", "VIEWER"})
    void whoMayOnlyLookIsRefused(ConsoleRole role) {
        tester.signIn(role);

        tester.open("create-queue");

        tester.assertRenderedPage(AccessDeniedPage.class);
    }

    private void create(String name) {
        FormTester form = tester.newFormTester("createForm:createQueue");
        form.setValue("name", name);
        form.submit();
    }
}
