package io.bida.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bida.sdk.ChangedVisibility;
import io.bida.sdk.IncomingMessage;
import io.bida.sdk.Operation;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Rules about changing how long a received message stays hidden. */
public interface VisibilityScenarios extends Scenario {

    @Test
    default void aShorterVisibilityBringsTheMessageBackSooner() throws Exception {
        String queue = aQueue("shorter");
        send(queue, "sooner");
        IncomingMessage received = receiveOne(queue);

        client().changeVisibility(queue, received.handle(), 1);

        IncomingMessage again = receiveOne(queue);
        assertThat(again.id()).isEqualTo(received.id());
        assertThat(again.dequeueCount()).isEqualTo(2);
    }

    @Test
    default void aLongerVisibilityKeepsTheMessageHidden() throws Exception {
        String queue = aQueueThatShowsAgainSoon("longer");
        send(queue, "later");

        client().changeVisibility(queue, receiveOne(queue).handle(), 600);

        assertThat(whatComesBack(queue)).isEmpty();
    }

    @Test
    default void theNewTimeoutCountsFromTheChange() throws Exception {
        String queue = aQueue("from-now");
        send(queue, "x");

        ChangedVisibility changed =
                client().changeVisibility(queue, receiveOne(queue).handle(), 300);

        assertThat(changed.nextVisibleAt())
                .isCloseTo(Clock.systemUTC().instant().plusSeconds(300), within(10, ChronoUnit.SECONDS));
    }

    @Test
    default void aChangeGivesANewHandle() throws Exception {
        String queue = aQueue("new-handle");
        send(queue, "x");
        String old = receiveOne(queue).handle();

        ChangedVisibility changed = client().changeVisibility(queue, old, 60);
        client().delete(queue, changed.receiptHandle());

        assertThat(changed.receiptHandle()).isNotEqualTo(old);
        assertThat(client().getQueueAttributes(queue).inactiveMessages()).isZero();
    }

    @Test
    default void theOldHandleStillDeletesAfterAChange() throws Exception {
        String queue = aQueue("old-handle");
        send(queue, "x");
        String old = receiveOne(queue).handle();

        client().changeVisibility(queue, old, 60);
        client().delete(queue, old);

        assertThat(client().getQueueAttributes(queue).inactiveMessages()).isZero();
    }

    @Test
    default void changingTheVisibilityOfADeletedMessageIsRefused() throws Exception {
        String queue = aQueue("change-deleted");
        send(queue, "x");
        String handle = receiveOne(queue).handle();
        client().delete(queue, handle);

        assertRefused(Operation.OTHER, "MessageNotExist", () -> client().changeVisibility(queue, handle, 60));
    }

    @Test
    default void changingVisibilityWithSomethingThatIsNoReceiptHandleIsRefused() throws Exception {
        String queue = aQueue("change-nonsense");

        assertRefused(Operation.OTHER, "ReceiptHandleError", () -> client().changeVisibility(queue, "nonsense", 60));
    }

    @Test
    default void aVisibilityOutOfItsRangeIsRefused() throws Exception {
        String queue = aQueue("change-range");
        send(queue, "x");
        String handle = receiveOne(queue).handle();

        assertRefused(Operation.OTHER, "InvalidArgument", () -> client().changeVisibility(queue, handle, 0));
        assertRefused(Operation.OTHER, "InvalidArgument", () -> client().changeVisibility(queue, handle, 43_201));
    }
}
