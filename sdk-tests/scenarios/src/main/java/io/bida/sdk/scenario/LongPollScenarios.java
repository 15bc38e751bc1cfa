package io.bida.sdk.scenario;

import static io.bida.sdk.OutgoingMessage.aMessage;
import static io.bida.sdk.QueueSetting.POLLING_WAIT_SECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.sdk.IncomingMessage;
import io.bida.sdk.Operation;
import io.bida.sdk.QueueSettings;
import io.bida.sdk.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Rules about receives that wait. */
public interface LongPollScenarios extends Scenario {

    @Test
    default void aWaitingReceiveIsWokenByASend() throws Exception {
        String queue = aQueue("woken");
        CompletableFuture<?> sending = afterASecond(() -> send(queue, "wake up"));

        Stopwatch stopwatch = Stopwatch.started();
        Optional<IncomingMessage> received = client().receive(queue, 20);

        assertThat(received.orElseThrow().decodedBody()).isEqualTo("wake up");
        assertThat(stopwatch.elapsed()).isLessThan(Duration.ofSeconds(10));
        sending.get(10, SECONDS);
    }

    @Test
    default void aWaitingBatchReceiveIsWokenByTheFirstMessage() throws Exception {
        String queue = aQueue("batch-woken");
        CompletableFuture<?> sending = afterASecond(() -> send(queue, "the first"));

        Stopwatch stopwatch = Stopwatch.started();
        List<IncomingMessage> received = client().receiveBatch(queue, 16, 20);

        assertThat(received).extracting(IncomingMessage::decodedBody).containsExactly("the first");
        assertThat(stopwatch.elapsed()).isLessThan(Duration.ofSeconds(10));
        sending.get(10, SECONDS);
    }

    @Test
    default void aWaitingReceiveIsWokenByAMessageThatFallsDue() throws Exception {
        String queue = aQueue("due-woken");
        send(queue, aMessage("due").delayedBySeconds(2));

        Stopwatch stopwatch = Stopwatch.started();
        Optional<IncomingMessage> received = client().receive(queue, 20);

        assertThat(received.orElseThrow().decodedBody()).isEqualTo("due");
        assertThat(stopwatch.elapsed()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    default void aWaitingReceiveThatGetsNothingEndsAfterItsWait() throws Exception {
        String queue = aQueue("ends");

        Stopwatch stopwatch = Stopwatch.started();
        Optional<IncomingMessage> received = client().receive(queue, 2);

        assertThat(received).isEmpty();
        assertThat(stopwatch.elapsed()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(8));
    }

    @Test
    default void aReceiveThatNamesNoWaitTakesThatOfTheQueue() throws Exception {
        String queue = aQueue("queue-wait", QueueSettings.none().with(POLLING_WAIT_SECONDS, 2));

        Stopwatch stopwatch = Stopwatch.started();
        Optional<IncomingMessage> received = client().receive(queue);

        assertThat(received).isEmpty();
        assertThat(stopwatch.elapsed()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(8));
    }

    @Test
    default void aReceiveThatNamesNoWaitAnswersAtOnceIfTheQueueNamesNoneEither() throws Exception {
        String queue = aQueue("no-wait");

        Stopwatch stopwatch = Stopwatch.started();
        Optional<IncomingMessage> received = client().receive(queue);

        assertThat(received).isEmpty();
        assertThat(stopwatch.elapsed()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    default void aReceiveThatWaitsOnADeletedQueueIsRefused() throws Exception {
        String queue = aQueue("deleted-while-waiting");
        CompletableFuture<?> deleting = afterASecond(() -> {
            client().deleteQueue(queue);
            return queue;
        });

        Stopwatch stopwatch = Stopwatch.started();
        assertRefused(Operation.RECEIVE, "QueueNotExist", () -> client().receive(queue, 20));

        assertThat(stopwatch.elapsed()).isLessThan(Duration.ofSeconds(10));
        deleting.get(10, SECONDS);
    }

    @Test
    default void oneMessageWakesOneOfManyWaitingReceives() throws Exception {
        String queue = aQueue("one-of-many");
        List<CompletableFuture<Optional<IncomingMessage>>> waiting = List.of(
                inBackground(() -> client().receive(queue, 4)),
                inBackground(() -> client().receive(queue, 4)),
                inBackground(() -> client().receive(queue, 4)));
        afterASecond(() -> send(queue, "for one")).get(10, SECONDS);

        long woken = 0;
        for (CompletableFuture<Optional<IncomingMessage>> receive : waiting) {
            woken += receive.get(20, SECONDS).stream().count();
        }

        assertThat(woken).isEqualTo(1);
    }

    @Test
    default void aWaitOverThirtySecondsIsRefused() throws Exception {
        String queue = aQueue("wait-range");

        assertRefused(Operation.RECEIVE, "InvalidArgument", () -> client().receive(queue, 31));
    }

    /** Runs a call a second from now, when a receive that starts now is already waiting. */
    private static <T> CompletableFuture<T> afterASecond(Callable<T> call) {
        return run(call, CompletableFuture.delayedExecutor(1, SECONDS));
    }

    private static <T> CompletableFuture<T> inBackground(Callable<T> call) {
        return run(call, task -> new Thread(task, "waiting receive").start());
    }

    private static <T> CompletableFuture<T> run(Callable<T> call, Executor executor) {
        CompletableFuture<T> result = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                result.complete(call.call());
            } catch (RefusedException refused) {
                result.completeExceptionally(refused);
            } catch (Exception unexpected) {
                result.completeExceptionally(new AssertionError("Not a refusal", unexpected));
            }
        });
        return result;
    }
}
