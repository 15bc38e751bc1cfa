package io.bida.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.account.AccountId;
import io.bida.cluster.NodeHealth;
import io.bida.message.MessageBody;
import io.bida.message.MessageProperties;
import io.bida.message.NewMessage;
import io.bida.message.Priority;
import io.bida.message.delivery.NodeMovedByHand;
import io.bida.notify.DeliveryResult.Outcome;
import io.bida.queue.Queue;
import io.bida.queue.QueueAttributes;
import io.bida.queue.QueueCatalogue;
import io.bida.queue.QueueName;
import io.bida.queue.QueueStatistics;
import io.bida.topic.Endpoint;
import io.bida.topic.NotifyContentFormat;
import io.bida.topic.NotifyStrategy;
import io.bida.topic.Publication;
import io.bida.topic.Subscription;
import io.bida.topic.SubscriptionAttributes;
import io.bida.topic.SubscriptionName;
import io.bida.topic.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SubscriptionDispatcherTest {

    private static final AccountId ACCOUNT = new AccountId("1234567890");
    private static final Queue HIDDEN = new Queue(
            7,
            ACCOUNT,
            new QueueName("hidden-7"),
            new QueueAttributes(Duration.ZERO, 65536, Duration.ofDays(1), Duration.ofSeconds(60), Duration.ZERO, false),
            1,
            Instant.EPOCH,
            Instant.EPOCH);

    private final NodeMovedByHand node = new NodeMovedByHand(new OneQueue());
    private final NodeHealth health = new NodeHealth();
    private final EndpointByHand endpoint = new EndpointByHand();

    /** Runs one task after the other on the test's thread, and never one within another. */
    private static final class OneByOne implements Executor {

        private final java.util.Queue<Runnable> tasks = new ArrayDeque<>();
        private boolean isRunning;

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
            if (isRunning) {
                return;
            }
            isRunning = true;
            for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
                next.run();
            }
            isRunning = false;
        }
    }

    /** The hidden queue is the only one. */
    private static final class OneQueue extends QueueCatalogue {

        @Override
        public Optional<Queue> findQueue(long id) {
            return id == HIDDEN.id() ? Optional.of(HIDDEN) : Optional.empty();
        }

        @Override
        public Set<Long> deletedOf(Collection<Long> ids) {
            return Set.of();
        }
    }

    /** Notes each try, and answers it when the test says so. */
    private final class EndpointByHand implements Notifier {

        private final Map<String, List<Long>> triesAtSecond = new LinkedHashMap<>();
        private final List<CompletableFuture<DeliveryResult>> open = new ArrayList<>();
        private Outcome answer = Outcome.ACCEPTED;
        private boolean isSlow;
        private boolean isBroken;
        private boolean isReady = true;

        @Override
        public boolean isReadyFor(Subscription subscription) {
            return isReady;
        }

        @Override
        public CompletionStage<DeliveryResult> notify(
                Subscription subscription, Publication publication, MessageProperties properties) {
            triesAtSecond
                    .computeIfAbsent(publication.body().toString(), body -> new ArrayList<>())
                    .add(node.clock().elapsedMillis() / 1000);
            if (isBroken) {
                throw new IllegalStateException("as if it were broken");
            }
            CompletableFuture<DeliveryResult> result = new CompletableFuture<>();
            open.add(result);
            if (!isSlow) {
                answerAll();
            }
            return result;
        }

        void answerAll() {
            List<CompletableFuture<DeliveryResult>> answered = List.copyOf(open);
            open.clear();
            answered.forEach(
                    each -> each.complete(new DeliveryResult(answer, OptionalInt.empty(), "by hand", Duration.ZERO)));
        }

        int tries(String body) {
            return triesAtSecond.getOrDefault(body, List.of()).size();
        }

        List<Long> pauses(String body) {
            List<Long> at = Objects.requireNonNull(triesAtSecond.get(body));
            List<Long> pauses = new ArrayList<>();
            for (int i = 1; i < at.size(); i++) {
                pauses.add(at.get(i) - at.get(i - 1));
            }
            return pauses;
        }
    }

    @BeforeEach
    void serve() {
        health.becomeReady();
    }

    private SubscriptionDispatcher dispatcher(NotifyStrategy strategy) {
        SubscriptionDispatcher dispatcher = new SubscriptionDispatcher(
                subscription(strategy),
                new DispatchServices(
                        new OneQueue(),
                        node.delivery(),
                        endpoint,
                        new RetrySchedule(new Random(1)),
                        new DeliveryPlaces(),
                        health,
                        node.clock()::elapsedMillis,
                        new OneByOne(),
                        node.scheduler()));
        dispatcher.goOn();
        return dispatcher;
    }

    private static Subscription subscription(NotifyStrategy strategy) {
        return new Subscription(
                HIDDEN.id(),
                1,
                ACCOUNT,
                new TopicName("t"),
                new SubscriptionName("s"),
                new SubscriptionAttributes(
                        Endpoint.parse("http://h.example/"), Optional.empty(), strategy, NotifyContentFormat.XML),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private void publish(String body) {
        Publication publication =
                new Publication(body, Optional.empty(), node.clock().instant(), Map.of(), MessageBody.of(body));
        node.delivery()
                .send(
                        HIDDEN,
                        new NewMessage(
                                publication.toStored(), Priority.DEFAULT, OptionalInt.empty(), MessageProperties.NONE))
                .toCompletableFuture()
                .join();
    }

    private QueueStatistics left() {
        return Objects.requireNonNull(node.delivery()
                .statistics(List.of(HIDDEN))
                .toCompletableFuture()
                .join()
                .get(HIDDEN.id()));
    }

    @Test
    void whatIsPublishedIsDeliveredOnceAndGone() {
        dispatcher(NotifyStrategy.BACKOFF_RETRY);

        publish("a");
        publish("b");
        node.letPass(Duration.ofMinutes(5));

        assertThat(endpoint.tries("a")).isEqualTo(1);
        assertThat(endpoint.tries("b")).isEqualTo(1);
        assertThat(left()).isEqualTo(QueueStatistics.EMPTY);
    }

    @Test
    void whatWaitedBeforeTheStartIsDelivered() {
        publish("before");

        dispatcher(NotifyStrategy.BACKOFF_RETRY);

        assertThat(endpoint.tries("before")).isEqualTo(1);
    }

    @Test
    void backoffTriesThreeTimesMoreAfterTenToTwentySecondsAndGivesUp() {
        endpoint.answer = Outcome.STATUS;
        dispatcher(NotifyStrategy.BACKOFF_RETRY);

        publish("m");
        node.letPass(Duration.ofMinutes(5));

        assertThat(endpoint.tries("m")).isEqualTo(4);
        assertThat(endpoint.pauses("m")).allSatisfy(pause -> assertThat(pause).isBetween(10L, 20L));
        assertThat(left()).isEqualTo(QueueStatistics.EMPTY);
    }

    @Test
    void decayDoublesItsPauses() {
        endpoint.answer = Outcome.TIMEOUT;
        dispatcher(NotifyStrategy.EXPONENTIAL_DECAY_RETRY);

        publish("m");
        node.letPass(Duration.ofSeconds(1024));

        assertThat(endpoint.pauses("m").subList(0, 9)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L);
        assertThat(endpoint.tries("m")).isEqualTo(11);
        assertThat(left().inactive()).isEqualTo(1);
    }

    @Test
    void aTryThatSucceedsAfterFailuresEndsIt() {
        endpoint.answer = Outcome.STATUS;
        dispatcher(NotifyStrategy.BACKOFF_RETRY);
        publish("m");

        endpoint.answer = Outcome.ACCEPTED;
        node.letPass(Duration.ofMinutes(5));

        assertThat(endpoint.tries("m")).isEqualTo(2);
        assertThat(left()).isEqualTo(QueueStatistics.EMPTY);
    }

    @Test
    void noMoreThan32AreUnderWay() {
        dispatcher(NotifyStrategy.BACKOFF_RETRY);
        for (int i = 0; i < 3; i++) {
            publish("quick" + i);
        }
        endpoint.isSlow = true;

        for (int i = 0; i < 40; i++) {
            publish("m" + i);
        }
        assertThat(endpoint.open).hasSize(32);
        endpoint.answerAll();

        assertThat(endpoint.open).hasSize(8);
    }

    @Test
    void anEndpointThatFailsIsTriedLessAndAtFullPaceAfterItRecovers() {
        endpoint.answer = Outcome.REFUSED;
        dispatcher(NotifyStrategy.EXPONENTIAL_DECAY_RETRY);
        for (int i = 0; i < 200; i++) {
            publish("m" + i);
        }

        node.letPass(Duration.ofMinutes(10));
        int before =
                endpoint.triesAtSecond.values().stream().mapToInt(List::size).sum();
        node.letPass(Duration.ofMinutes(10));
        int inTenMinutes =
                endpoint.triesAtSecond.values().stream().mapToInt(List::size).sum() - before;
        assertThat(inTenMinutes).isBetween(9, 12);
        endpoint.answer = Outcome.ACCEPTED;
        node.letPass(Duration.ofSeconds(100));

        // What failed before waits for its own next try; the rest went out at once.
        assertThat(left().active()).isZero();
    }

    @Test
    void aNodeThatDoesNotServeBeginsNothingUntilItDoes() {
        health.becomeUnready("by hand");
        dispatcher(NotifyStrategy.BACKOFF_RETRY);
        publish("m");
        node.letPass(Duration.ofSeconds(3));
        assertThat(endpoint.tries("m")).isZero();

        health.becomeReady();
        node.letPass(Duration.ofSeconds(1));

        assertThat(endpoint.tries("m")).isEqualTo(1);
    }

    @Test
    void aClosedDispatcherBeginsNothing() {
        SubscriptionDispatcher dispatcher = dispatcher(NotifyStrategy.BACKOFF_RETRY);

        dispatcher.close();
        publish("m");
        node.letPass(Duration.ofMinutes(1));

        assertThat(endpoint.tries("m")).isZero();
        assertThat(left().active()).isEqualTo(1);
    }

    @Test
    void theStrategyOfTheMomentCounts() {
        endpoint.answer = Outcome.STATUS;
        SubscriptionDispatcher dispatcher = dispatcher(NotifyStrategy.EXPONENTIAL_DECAY_RETRY);
        dispatcher.update(subscription(NotifyStrategy.BACKOFF_RETRY));

        publish("m");
        node.letPass(Duration.ofMinutes(5));

        assertThat(endpoint.tries("m")).isEqualTo(4);
    }

    private void publishUnreadable() {
        node.delivery()
                .send(
                        HIDDEN,
                        new NewMessage(
                                MessageBody.of("no publication"),
                                Priority.DEFAULT,
                                OptionalInt.empty(),
                                MessageProperties.NONE))
                .toCompletableFuture()
                .join();
    }

    @Test
    void whatCannotBeReadIsKeptAndHoldsUpNothing() {
        dispatcher(NotifyStrategy.BACKOFF_RETRY);
        for (int i = 0; i < EndpointPace.MOST + 1; i++) {
            publishUnreadable();
        }

        publish("good");
        node.letPass(Duration.ofHours(6));

        assertThat(endpoint.tries("good")).isEqualTo(1);
        QueueStatistics left = left();
        assertThat(left.active() + left.inactive()).isEqualTo(EndpointPace.MOST + 1);
    }

    @Test
    void nothingIsReceivedWhileTheNotifierIsNotReady() {
        endpoint.isReady = false;
        dispatcher(NotifyStrategy.BACKOFF_RETRY);
        publish("m");
        node.letPass(Duration.ofMinutes(10));
        assertThat(left().active()).isEqualTo(1);

        endpoint.isReady = true;
        node.letPass(Duration.ofSeconds(1));

        assertThat(endpoint.tries("m")).isEqualTo(1);
        assertThat(left()).isEqualTo(QueueStatistics.EMPTY);
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUE_REFUSED", "NOT_CONFIGURED", "STOPPED", "FAULT"})
    void noMessageIsGivenUpForAFaultOfThisService(Outcome ours) {
        endpoint.answer = ours;
        dispatcher(NotifyStrategy.BACKOFF_RETRY);
        publish("m");
        node.letPass(Duration.ofHours(1));
        assertThat(endpoint.pauses("m"))
                .hasSizeGreaterThan(30)
                .allSatisfy(pause -> assertThat(pause).isBetween(60L, 121L));

        endpoint.answer = Outcome.ACCEPTED;
        node.letPass(Duration.ofMinutes(3));

        assertThat(left()).isEqualTo(QueueStatistics.EMPTY);
    }

    @Test
    void aDefectOfTheNotifierIsAFailedTry() {
        endpoint.isBroken = true;
        dispatcher(NotifyStrategy.BACKOFF_RETRY);
        publish("m");
        endpoint.isBroken = false;

        node.letPass(Duration.ofMinutes(1));

        assertThat(endpoint.tries("m")).isEqualTo(2);
        assertThat(left()).isEqualTo(QueueStatistics.EMPTY);
    }
}
