package io.bida.message.delivery;

import static io.bida.message.MessageToSend.aMessage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bida.account.AccountId;
import io.bida.cluster.TestChannels;
import io.bida.error.ServiceException;
import io.bida.message.DeleteOutcome;
import io.bida.message.MessageNotExistException;
import io.bida.message.NewMessage;
import io.bida.message.PeekedMessage;
import io.bida.message.ReceiptHandles;
import io.bida.message.ReceiveRequest;
import io.bida.message.ReceivedMessage;
import io.bida.message.SendOutcome;
import io.bida.message.SentMessage;
import io.bida.message.store.ClusterNodeStore;
import io.bida.queue.Queue;
import io.bida.queue.QueueAttributes;
import io.bida.queue.QueueName;
import io.bida.queue.QueueStatistics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One queue of eight partitions on three nodes: real JGroups, real caches and disks, within one process. */
class ClusterQueuesTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration VISIBILITY = Duration.ofSeconds(40);
    private static final QueueAttributes ATTRIBUTES =
            new QueueAttributes(Duration.ZERO, 65536, Duration.ofSeconds(3600), VISIBILITY, Duration.ZERO, false);

    @TempDir
    Path directory;

    private final TestChannels channels = new TestChannels("queues");
    private final CatalogueInMemory catalogue = new CatalogueInMemory();
    private final Queue queue = new Queue(
            7, new AccountId("1234567890"), new QueueName("orders"), ATTRIBUTES, 8, Instant.EPOCH, Instant.EPOCH);
    private final List<Node> nodes = new ArrayList<>();
    private final List<Node> dead = new ArrayList<>();

    /** One node, as the server puts it together. */
    private final class Node {
        private final ClusterNodeStore store;
        private final LocalQueues local = new LocalQueues();
        private final MessageDelivery delivery = new MessageDelivery();
        private final ExecutorService scans = Executors.newFixedThreadPool(2);

        private Node(String name) throws Exception {
            store = new ClusterNodeStore(channels.node(name), directory.resolve(name), 2);
            local.catalogue = catalogue;
            local.clock = Clock.systemUTC();
            delivery.localQueues = local;
            delivery.serve(
                    store.calls(),
                    store.store().leaders(),
                    store.store(),
                    new ReceiptHandles(new byte[32]),
                    store.scheduler(),
                    store.threads(),
                    scans);
        }

        private SentMessage send(String body) {
            return result(delivery.send(queue, aMessage(body).build()));
        }

        private CompletableFuture<List<ReceivedMessage>> receiving(int most, int waitSeconds) {
            return delivery.receive(queue, new ReceiveRequest(most, OptionalInt.of(waitSeconds), () -> true))
                    .toCompletableFuture();
        }

        private ReceivedMessage receive() {
            return result(receiving(1, 10)).get(0);
        }

        private void delete(ReceivedMessage message) {
            result(delivery.delete(queue, message.receiptHandle().text()));
        }

        private void close() {
            local.stop();
            scans.shutdown();
            store.close();
        }
    }

    private static <T> T result(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(40, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError("no result", e);
        } catch (Exception e) {
            throw new AssertionError("no result", e);
        }
    }

    private Node start(String name) throws Exception {
        Node node = new Node(name);
        nodes.add(node);
        return node;
    }

    @BeforeEach
    void startThree() throws Exception {
        catalogue.add(queue);
        start("a");
        start("b");
        start("c");
        awaitComplete(3);
    }

    private void awaitComplete(int members) {
        await().atMost(SOON).until(() -> nodes.stream().allMatch(node -> node.store.isComplete(members)));
    }

    private void crash(Node node) {
        nodes.remove(node);
        dead.add(node);
        node.store.crash();
    }

    @AfterEach
    void close() {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            nodes.get(i).close();
        }
        dead.forEach(Node::close);
        channels.close();
    }

    private QueueStatistics counts(Node node) {
        return Objects.requireNonNull(
                result(node.delivery.statistics(List.of(queue))).get(queue.id()));
    }

    @Test
    void whatIsSentThroughAnyNodeIsReceivedAndDeletedThroughAnyOther() {
        Set<String> sent = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            nodes.get(i % 3).send("m" + i);
            sent.add("m" + i);
        }
        assertThat(nodes).allSatisfy(node -> assertThat(counts(node)).isEqualTo(new QueueStatistics(60, 0, 0)));

        Set<String> received = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            ReceivedMessage message = nodes.get(2).receive();
            received.add(message.body().toString());
            nodes.get(i % 2).delete(message);
        }
        assertThat(received).isEqualTo(sent);
        assertThat(nodes).allSatisfy(node -> assertThat(counts(node)).isEqualTo(QueueStatistics.EMPTY));
        assertThatThrownBy(() -> result(nodes.get(1).receiving(1, 0))).isInstanceOf(MessageNotExistException.class);
    }

    @Test
    void batchesPeeksAndChangesOfVisibilityGoToWhomeverTheyConcern() {
        List<NewMessage> batch = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            batch.add(aMessage("b" + i).ofPriority(1 + i).build());
        }
        for (Node node : nodes) {
            assertThat(result(node.delivery.send(queue, batch))).allMatch(SendOutcome.Sent.class::isInstance);
        }
        assertThat(result(nodes.get(0).delivery.peek(queue, 3)))
                .extracting(PeekedMessage::body)
                .allSatisfy(body -> assertThat(body).hasToString("b0"));
        List<ReceivedMessage> all = new ArrayList<>();
        while (all.size() < 48) {
            all.addAll(result(nodes.get(0).receiving(16, 5)));
        }
        ReceivedMessage one = all.remove(0);
        result(nodes.get(1).delivery.changeVisibility(queue, one.receiptHandle().text(), 1));
        assertThat(nodes.get(2).receive().id()).isEqualTo(one.id());
        assertThat(result(nodes.get(2)
                        .delivery
                        .delete(
                                queue,
                                all.stream()
                                        .map(message -> message.receiptHandle().text())
                                        .toList())))
                .hasSize(47)
                .allMatch(DeleteOutcome.Deleted.class::isInstance);
        assertThat(counts(nodes.get(1))).isEqualTo(new QueueStatistics(0, 1, 0));
    }

    @Test
    void sendsAreRefusedByAllNodesThatWouldFillANearlyFullDiskWhileTheRestGoesOn() {
        nodes.get(1).send("m");
        nodes.get(0).delivery.refuseSends("the disk is nearly full");

        await().atMost(SOON)
                .untilAsserted(() -> assertThatThrownBy(() -> nodes.get(1).send("n"))
                        .isInstanceOf(ServiceException.class)
                        .hasMessageContaining("nearly full"));
        nodes.get(2).delete(nodes.get(1).receive());

        nodes.get(0).delivery.acceptSends();
        await().atMost(SOON).untilAsserted(() -> nodes.get(1).send("o"));
    }

    @Test
    void aReceiverThatWaitsIsWokenByWhatIsSentThroughAnotherNode() {
        for (int round = 0; round < 12; round++) {
            Node receiver = nodes.get(round % 3);
            Node sender = nodes.get((round + 1) % 3);
            CompletableFuture<List<ReceivedMessage>> waiting = receiver.receiving(1, 30);
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            assertThat(waiting).isNotDone();
            long begun = System.nanoTime();
            SentMessage sent = sender.send("r" + round);
            assertThat(result(waiting).get(0).id()).isEqualTo(sent.id());
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void aDeadNodesPartitionsAreServedByTheOthersWithTheHandlesItGaveOut() {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 90; i++) {
            nodes.get(i % 3).send("m" + i);
            expected.add("m" + i);
        }
        List<ReceivedMessage> inFlight = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ReceivedMessage message = nodes.get(2).receive();
            inFlight.add(message);
            expected.remove(message.body().toString());
        }

        crash(nodes.get(2));

        for (ReceivedMessage message : inFlight) {
            nodes.get(0).delete(message);
        }
        Set<String> received = new HashSet<>();
        while (received.size() < 70) {
            ReceivedMessage message = nodes.get(received.size() % 2).receive();
            received.add(message.body().toString());
            nodes.get(1).delete(message);
        }
        assertThat(received).isEqualTo(expected);
        // Even of what was deleted just while its partition got another leader.
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(counts(nodes.get(0))).isEqualTo(QueueStatistics.EMPTY));
    }

    @Test
    void sendsGoOnWhileANodeDiesAndNothingAcknowledgedIsLost() throws Exception {
        Set<String> acknowledged = new HashSet<>();
        Set<String> possible = new HashSet<>();
        for (int i = 0; i < 400; i++) {
            if (i == 100) {
                crash(nodes.get(2));
            }
            if (i == 250) {
                start("d");
            }
            String body = "m" + i;
            possible.add(body);
            try {
                nodes.get(i % 2).send(body);
                acknowledged.add(body);
            } catch (RuntimeException e) {
                assertThat(e).isInstanceOf(ServiceException.class);
            }
        }
        assertThat(acknowledged).hasSizeGreaterThan(390);
        awaitComplete(3);

        Set<String> received = new HashSet<>();
        while (!received.containsAll(acknowledged)) {
            ReceivedMessage message = nodes.get(received.size() % 3).receive();
            assertThat(received.add(message.body().toString()))
                    .as("twice: %s", message.body())
                    .isTrue();
            nodes.get((received.size() + 1) % 3).delete(message);
        }
        assertThat(possible).containsAll(received);
        assertThat(counts(nodes.get(0)).active()).isLessThanOrEqualTo(possible.size() - acknowledged.size());
    }

    @Test
    void whatANodeLedIsHandedOnWithoutARefusalAndWithTheHandlesItGaveOut() {
        Node leaving = nodes.get(0);
        List<ReceivedMessage> inFlight = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            leaving.send("early" + i);
        }
        for (int i = 0; i < 20; i++) {
            inFlight.add(leaving.receive());
        }
        Set<String> sent = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            if (i == 50) {
                nodes.forEach(node -> node.store.store().handOver(leaving.store.id()));
            }
            nodes.get(i % 3).send("m" + i);
            sent.add("m" + i);
        }
        await().atMost(SOON).until(() -> leaving.store.store().isHandedOver(leaving.store.id()));

        inFlight.forEach(leaving::delete);
        leaving.send("late");
        sent.add("late");
        Set<String> received = new HashSet<>();
        while (received.size() < sent.size()) {
            ReceivedMessage message = nodes.get(received.size() % 3).receive();
            assertThat(received.add(message.body().toString())).isTrue();
            nodes.get((received.size() + 1) % 3).delete(message);
        }
        assertThat(received).isEqualTo(sent);
        await().atMost(SOON.plus(VISIBILITY))
                .untilAsserted(() -> assertThat(counts(leaving)).isEqualTo(QueueStatistics.EMPTY));
    }

    @Test
    void receiversOfANodeThatLeavesAreAnsweredAndWaitOnlyShortlyFromThenOn() {
        Node leaving = nodes.get(1);
        CompletableFuture<List<ReceivedMessage>> waiting = leaving.receiving(1, 30);
        CompletableFuture<List<ReceivedMessage>> elsewhere = nodes.get(0).receiving(1, 30);
        await().pollDelay(Duration.ofMillis(300)).until(() -> true);
        assertThat(waiting).isNotDone();

        leaving.delivery.endWaits(Duration.ofSeconds(1));

        assertThat(waiting)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withRootCauseInstanceOf(MessageNotExistException.class);
        assertThat(leaving.receiving(1, 30))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withRootCauseInstanceOf(MessageNotExistException.class);
        assertThat(elsewhere).isNotDone();
        leaving.send("for the one that waits elsewhere");
        assertThat(result(elsewhere)).hasSize(1);
    }
}
