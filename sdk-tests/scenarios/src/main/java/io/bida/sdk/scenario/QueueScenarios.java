package io.bida.sdk.scenario;

import static io.bida.sdk.QueueSetting.DELAY_SECONDS;
import static io.bida.sdk.QueueSetting.MAXIMUM_MESSAGE_SIZE;
import static io.bida.sdk.QueueSetting.MESSAGE_RETENTION_PERIOD;
import static io.bida.sdk.QueueSetting.POLLING_WAIT_SECONDS;
import static io.bida.sdk.QueueSetting.VISIBILITY_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bida.sdk.Operation;
import io.bida.sdk.QueueSettings;
import io.bida.sdk.QueueView;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Rules about creating, changing, reading and deleting a queue. */
public interface QueueScenarios extends Scenario {

    @Test
    default void aCreatedQueueAnswersWithItsAddress() throws Exception {
        String name = aQueueName("create");

        String address = client().createQueue(name, QueueSettings.none());

        assertThat(address).startsWith("http://").endsWith("/queues/" + name);
        assertThat(address.split("/", -1))
                .as("scheme, nothing, host, queues, name")
                .hasSize(5);
    }

    @Test
    default void creatingAQueueAgainWithEqualAttributesIsAccepted() throws Exception {
        QueueSettings settings =
                QueueSettings.none().with(VISIBILITY_TIMEOUT, 45).with(DELAY_SECONDS, 5);
        String name = aQueue("create-again", settings);

        String address = client().createQueue(name, settings);

        assertThat(address).endsWith("/queues/" + name);
    }

    @Test
    default void namingTheDefaultsIsEqualToLeavingThemOut() throws Exception {
        String name = aQueue("create-defaults", QueueSettings.none());

        String address = client().createQueue(name, QueueSettings.defaults());

        assertThat(address).endsWith("/queues/" + name);
    }

    @Test
    default void creatingAQueueAgainWithOtherAttributesIsRefused() throws Exception {
        String name = aQueue("conflict", QueueSettings.none().with(VISIBILITY_TIMEOUT, 45));

        assertRefused(
                Operation.OTHER,
                "QueueAlreadyExist",
                () -> client().createQueue(name, QueueSettings.none().with(VISIBILITY_TIMEOUT, 46)));
    }

    @Test
    default void aQueueKeepsTheAttributesItWasCreatedWith() throws Exception {
        QueueSettings settings = new QueueSettings(
                QueueSettings.none()
                        .with(DELAY_SECONDS, 5)
                        .with(MAXIMUM_MESSAGE_SIZE, 2048)
                        .with(MESSAGE_RETENTION_PERIOD, 3600)
                        .with(VISIBILITY_TIMEOUT, 45)
                        .with(POLLING_WAIT_SECONDS, 3)
                        .values(),
                true);
        String name = aQueue("attributes", settings);

        QueueView queue = client().getQueueAttributes(name);

        assertThat(queue.name()).isEqualTo(name);
        assertThat(queue.settings()).isEqualTo(settings);
        assertThat(queue.activeMessages()).isZero();
        assertThat(queue.inactiveMessages()).isZero();
        assertThat(queue.delayMessages()).isZero();
    }

    @Test
    default void attributesThatWereLeftOutTakeTheirDefaults() throws Exception {
        String name = aQueue("defaults");

        QueueView queue = client().getQueueAttributes(name);

        assertThat(queue.settings()).isEqualTo(QueueSettings.defaults());
    }

    @Test
    default void aQueueTellsWhenItWasCreated() throws Exception {
        Instant now = Clock.systemUTC().instant();
        String name = aQueue("created-at");

        QueueView queue = client().getQueueAttributes(name);

        assertThat(queue.createdAt()).isCloseTo(now, within(60, ChronoUnit.SECONDS));
        assertThat(queue.modifiedAt()).isEqualTo(queue.createdAt());
    }

    @Test
    default void changingAttributesLeavesTheOthersAsTheyAre() throws Exception {
        String name = aQueue(
                "change", QueueSettings.none().with(VISIBILITY_TIMEOUT, 45).with(DELAY_SECONDS, 5));

        client().setQueueAttributes(name, QueueSettings.none().with(DELAY_SECONDS, 7));

        assertThat(client().getQueueAttributes(name).settings())
                .isEqualTo(QueueSettings.defaults().with(VISIBILITY_TIMEOUT, 45).with(DELAY_SECONDS, 7));
    }

    @Test
    default void changingTheAttributesOfAMissingQueueIsRefused() {
        assertRefused(
                Operation.OTHER,
                "QueueNotExist",
                () -> client().setQueueAttributes(aQueueName("missing"), QueueSettings.defaults()));
    }

    @Test
    default void theAttributesOfAMissingQueueAreRefused() {
        assertRefused(Operation.OTHER, "QueueNotExist", () -> client().getQueueAttributes(aQueueName("missing")));
    }

    @Test
    default void anAttributeOutOfItsRangeIsRefused() {
        assertRefused(
                Operation.OTHER,
                "InvalidArgument",
                () -> client().createQueue(
                                aQueueName("range"), QueueSettings.none().with(VISIBILITY_TIMEOUT, 43_201)));
    }

    @Test
    default void aNameWithAnUnderscoreIsRefused() {
        assertRefused(
                Operation.OTHER, "InvalidQueueName", () -> client().createQueue("under_score", QueueSettings.none()));
    }

    @Test
    default void aDeletedQueueIsGone() throws Exception {
        String name = aQueue("delete");
        send(name, "goes with its queue");

        client().deleteQueue(name);

        assertRefused(Operation.OTHER, "QueueNotExist", () -> client().getQueueAttributes(name));
    }

    @Test
    default void aQueueThatIsCreatedAgainHasNoneOfTheOldMessages() throws Exception {
        String name = aQueue("recreate");
        send(name, "of the first life");
        client().deleteQueue(name);

        client().createQueue(name, QueueSettings.none());

        assertThat(client().receive(name)).isEmpty();
    }

    @Test
    default void everyRefusalNamesItsRequest() {
        var refused = assertRefused(
                Operation.OTHER, "QueueNotExist", () -> client().getQueueAttributes(aQueueName("missing")));

        assertThat(refused.requestId()).matches("[0-9A-F]{24}");
    }
}
