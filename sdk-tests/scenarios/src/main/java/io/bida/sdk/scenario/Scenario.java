package io.bida.sdk.scenario;

import static io.bida.sdk.OutgoingMessage.aMessage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bida.sdk.IncomingMessage;
import io.bida.sdk.Operation;
import io.bida.sdk.OutgoingMessage;
import io.bida.sdk.QueueClient;
import io.bida.sdk.QueueSetting;
import io.bida.sdk.QueueSettings;
import io.bida.sdk.RefusedException;
import io.bida.sdk.SentMessage;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What all scenarios share: the client they ask, queues of their own, and how a refusal is looked at. */
public interface Scenario {

    /** Seconds that a receive waits for a message which is sure to come; far more than it should take. */
    int PATIENCE_SECONDS = 10;

    /** The client under test; the same one for all tests of a class. */
    QueueClient client();

    /** What the names of all queues of this test class begin with, and no other queue's name. */
    String namePrefix();

    /** A queue with default attributes and a name of its own, which tells what it is for. */
    default String aQueue(String purpose) throws RefusedException {
        return aQueue(purpose, QueueSettings.none());
    }

    default String aQueue(String purpose, QueueSettings settings) throws RefusedException {
        String name = aQueueName(purpose);
        client().createQueue(name, settings);
        return name;
    }

    /** A name that no queue has. */
    default String aQueueName(String purpose) {
        return namePrefix() + "-" + purpose + "-" + UUID.randomUUID().toString().replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** A queue whose received messages stay hidden for a second only. */
    default String aQueueThatShowsAgainAfterASecond(String purpose) throws RefusedException {
        return aQueue(purpose, QueueSettings.none().with(QueueSetting.VISIBILITY_TIMEOUT, 1));
    }

    /**
     * A queue whose received messages stay hidden for five seconds: long enough to act on them on a busy machine, short
     * enough to see whether they come back.
     */
    default String aQueueThatShowsAgainSoon(String purpose) throws RefusedException {
        return aQueue(purpose, QueueSettings.none().with(QueueSetting.VISIBILITY_TIMEOUT, 5));
    }

    /**
     * Waits until the messages of {@link #aQueueThatShowsAgainSoon} would have come back, and gives the one that did.
     */
    default Optional<IncomingMessage> whatComesBack(String queue) throws RefusedException {
        return client().receive(queue, 6);
    }

    default SentMessage send(String queue, String body) throws RefusedException {
        return client().send(queue, aMessage(body));
    }

    default SentMessage send(String queue, OutgoingMessage message) throws RefusedException {
        return client().send(queue, message);
    }

    /** Receives a message that is there or about to come. */
    default IncomingMessage receiveOne(String queue) throws RefusedException {
        return client().receive(queue, PATIENCE_SECONDS).orElseThrow();
    }

    /** Runs a call that must be refused with {@code code}, in the exception class this library uses for it. */
    default RefusedException assertRefused(Operation operation, String code, ThrowingCallable call) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, call);

        assertThat(refused).as("the call is refused").isNotNull();
        assertThat(refused.code()).as(refused.toString()).isEqualTo(code);
        assertThat(refused.exception()).isEqualTo(client().exceptionFor(operation, code));
        return refused;
    }
}
