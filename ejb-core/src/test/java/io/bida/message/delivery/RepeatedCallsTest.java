package io.bida.message.delivery;

import static io.bida.message.MessageToSend.aMessage;
import static io.bida.message.delivery.CallsAnsweredByHand.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.account.AccountId;
import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;
import io.bida.message.MessageNotExistException;
import io.bida.message.ReceiptHandles;
import io.bida.message.ReceiptHandles.Claim;
import io.bida.message.SentMessage;
import io.bida.message.store.InMemoryMessageStore;
import io.bida.queue.Queue;
import io.bida.queue.QueueAttributes;
import io.bida.queue.QueueDeletedElsewhere;
import io.bida.queue.QueueName;
import io.bida.time.ClockMovedByHand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of another node a second time, and met something else by then. */
class RepeatedCallsTest {

    private static final QueueAttributes ATTRIBUTES = new QueueAttributes(
            Duration.ZERO, 65536, Duration.ofSeconds(600), Duration.ofSeconds(40), Duration.ZERO, false);

    private final ClockMovedByHand clock = new ClockMovedByHand();
    private final CatalogueInMemory catalogue = new CatalogueInMemory();
    private final LeadersMovedByHand leaders = new LeadersMovedByHand(1);
    private final CallsAnsweredByHand calls = new CallsAnsweredByHand(leaders.self, leaders.other);
    private final ReceiptHandles handles = new ReceiptHandles(new byte[32]);
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final LocalQueues local = new LocalQueues();
    private final ClusterQueues cluster =
            new ClusterQueues(new LeaderCalls(calls, leaders, local, threads), local, handles);
    private final Queue queue = new Queue(
            7, new AccountId("1234567890"), new QueueName("orders"), ATTRIBUTES, 1, Instant.EPOCH, Instant.EPOCH);
    private final String handle = handles.issue(queue.id(), new Claim(0, 64, 5)).text();

    @BeforeEach
    void start() {
        catalogue.add(queue);
        local.catalogue = catalogue;
        local.clock = clock;
        local.start(
                new InMemoryMessageStore(),
                leaders,
                OtherNodes.NONE,
                handles,
                new SchedulerMovedByHand(clock),
                Runnable::run,
                Runnable::run);
        leaders.move(0, leaders.other);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** The other node leads no more, and by the next try this has happened here. */
    private void otherRefusesOnce(Runnable meanwhile) {
        calls.answering = request -> {
            leaders.move(0, leaders.self);
            meanwhile.run();
            return refusal(new NotLeaderException());
        };
    }

    private CompletionStage<SentMessage> sending() {
        Outgoing message = new Outgoing(aMessage("m").build(), 0, 600);
        cluster.send(queue, List.of(message));
        return message.answer();
    }

    private static ErrorCode refused(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().get(15, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServiceException refusal) {
                return refusal.code();
            }
            throw new AssertionError("not a reason for a client", e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
        throw new AssertionError("it succeeded");
    }

    @Test
    void sendThatMeetsAStoppingNodeIsAnswered() {
        otherRefusesOnce(local::stop);

        assertThat(refused(sending())).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    }

    @Test
    void sendThatMeetsANodeThatHasStoppedIsAnswered() {
        otherRefusesOnce(() -> {
            local.stop();
            threads.shutdown();
        });

        assertThat(refused(sending())).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    }

    @Test
    void sendThatMeetsADeletedQueueIsAnswered() {
        otherRefusesOnce(() -> catalogue.remove(queue));

        assertThat(refused(sending())).isEqualTo(ErrorCode.QUEUE_NOT_EXIST);
    }

    @Test
    void deleteThatMeetsAStoppingNodeIsAnswered() {
        otherRefusesOnce(local::stop);

        assertThat(refused(cluster.delete(queue, List.of(handle)).get(0))).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    }

    @Test
    void deleteThatMeetsADeletedQueueIsAnswered() {
        otherRefusesOnce(() -> catalogue.remove(queue));

        assertThat(refused(cluster.delete(queue, List.of(handle)).get(0))).isEqualTo(ErrorCode.QUEUE_NOT_EXIST);
    }

    /** It may have done it before it died: for a second, and that is over. */
    @Test
    void changeOfVisibilityThatMayHaveBeenMadeIsNotSaidToBeOfNoMessage() {
        AtomicInteger tries = new AtomicInteger();
        calls.answering =
                request -> tries.getAndIncrement() == 0 ? calls.noAnswer() : refusal(new MessageNotExistException());

        assertThat(refused(cluster.changeVisibility(queue, handle, 1_000))).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        assertThat(tries).hasValue(2);
    }

    @Test
    void deleteThatMayHaveBeenDoneIsNotSaidToBeOfNoMessage() {
        AtomicInteger tries = new AtomicInteger();
        calls.answering =
                request -> tries.getAndIncrement() == 0 ? calls.noAnswer() : refusal(new MessageNotExistException());

        assertThat(refused(cluster.delete(queue, List.of(handle)).get(0))).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    }

    @Test
    void changeOfVisibilityThatWasCertainlyNotMadeMeetsNoMessage() {
        AtomicInteger tries = new AtomicInteger();
        calls.answering = request ->
                refusal(tries.getAndIncrement() == 0 ? new NotLeaderException() : new MessageNotExistException());

        assertThat(refused(cluster.changeVisibility(queue, handle, 1_000))).isEqualTo(ErrorCode.MESSAGE_NOT_EXIST);
    }

    @Test
    void sendToALeaderThatDoesNotKnowTheNewQueueYetIsKeptOnceItDoes() {
        CatalogueInMemory learning = new CatalogueInMemory();
        CalledQueues called = otherNode(learning);
        calls.answering = request -> {
            CompletionStage<byte[]> answer = called.answer(calls.self(), request);
            learning.add(queue);
            return answer;
        };

        assertThat(sending().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(15));
    }

    @Test
    void callsAboutAQueueThatIsDeletedMeanwhileEnd() {
        CalledQueues called = otherNode(new CatalogueInMemory());
        calls.answering = request -> {
            catalogue.remove(queue);
            local.onQueueDeletedElsewhere(new QueueDeletedElsewhere(queue));
            return called.answer(calls.self(), request);
        };

        CompletionStage<SentMessage> send = sending();
        assertThat(refused(send)).isEqualTo(ErrorCode.QUEUE_NOT_EXIST);
        catalogue.add(queue);
        assertThat(refused(cluster.delete(queue, List.of(handle)).get(0))).isEqualTo(ErrorCode.QUEUE_NOT_EXIST);
        catalogue.add(queue);
        assertThat(refused(cluster.changeVisibility(queue, handle, 1_000))).isEqualTo(ErrorCode.QUEUE_NOT_EXIST);
        catalogue.add(queue);
        assertThat(refused(cluster.peek(queue, 1))).isEqualTo(ErrorCode.QUEUE_NOT_EXIST);
    }

    /** One that leads all and has the queues of this catalogue. */
    private CalledQueues otherNode(CatalogueInMemory known) {
        LocalQueues queues = new LocalQueues();
        queues.catalogue = known;
        queues.clock = clock;
        queues.start(
                new InMemoryMessageStore(),
                new LeadersMovedByHand(1),
                OtherNodes.NONE,
                handles,
                new SchedulerMovedByHand(clock),
                Runnable::run,
                Runnable::run);
        return new CalledQueues(queues);
    }
}
