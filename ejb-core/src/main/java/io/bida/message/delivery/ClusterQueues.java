package io.bida.message.delivery;

import static io.bida.message.delivery.CalledQueues.reason;
import static io.bida.message.delivery.CalledQueues.request;

import io.bida.cluster.CallFailedException;
import io.bida.cluster.ClusterCalls;
import io.bida.cluster.ClusterCalls.Subject;
import io.bida.cluster.ClusterNode;
import io.bida.error.ErrorCode;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.ChangedVisibility;
import io.bida.message.MessageNotExistException;
import io.bida.message.PeekedMessage;
import io.bida.message.ReceiptHandleException;
import io.bida.message.ReceiptHandles;
import io.bida.message.ReceiptHandles.Claim;
import io.bida.message.ReceivedMessage;
import io.bida.message.SentMessage;
import io.bida.message.delivery.CallForm.Reading;
import io.bida.message.store.PartitionLeaders;
import io.bida.queue.Queue;
import io.bida.queue.QueueStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The queues of a cluster: does here what this node leads, and asks the leaders for the rest.
 *
 * <p>A send prefers a partition that is led here, so it needs no other node but for the copies. An act with a receipt
 * handle goes to the leader of the handle's partition. While a partition changes its leader, whatever certainly had no
 * effect, or may be repeated, is tried again; a send whose fate is unknown is not, because that could double it.
 */
final class ClusterQueues implements QueueParts, OtherNodes {

    private static final Logger LOG = Logger.getLogger(ClusterQueues.class);

    /** How long another node may take for a send: 12 s, our choice, longer than it tries a write. */
    private static final Duration SEND_LIMIT = Duration.ofSeconds(12);

    /** How long another node may take for anything else: 5 s, our choice. */
    private static final Duration CALL_LIMIT = Duration.ofSeconds(5);

    /**
     * How long it is tried to find the leader of a partition, in milliseconds: 10000, our choice; a dead leader is
     * replaced within three seconds.
     */
    private static final long FIND_LIMIT_MILLIS = 10_000;

    /** Pause between two tries, in milliseconds: 25, our choice. */
    private static final long PAUSE_MILLIS = 25;

    private final ClusterCalls calls;
    private final PartitionLeaders leaders;
    private final LocalQueues local;
    private final ReceiptHandles handles;
    private final UUID self;
    private final Executor later;

    ClusterQueues(
            ClusterCalls calls,
            PartitionLeaders leaders,
            LocalQueues local,
            ReceiptHandles handles,
            Executor executor) {
        this.calls = calls;
        this.leaders = leaders;
        this.local = local;
        this.handles = handles;
        self = calls.self().id();
        later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, executor);
    }

    // ---- what callers ask for ----

    @Override
    public void send(Queue queue, List<Outgoing> messages) {
        send(queue, messages, end());
    }

    private void send(Queue queue, List<Outgoing> messages, long end) {
        Optional<UUID> target = nodeToSendTo(queue);
        if (target.isEmpty()) {
            messages.forEach(message -> message.answer().completeExceptionally(cutOff()));
            return;
        }
        List<Outgoing> attempts = messages.stream().map(Outgoing::again).toList();
        for (int i = 0; i < messages.size(); i++) {
            Outgoing message = messages.get(i);
            CompletionStage<SentMessage> attempt = attempts.get(i).answer();
            attempt.whenComplete((sent, failure) -> {
                if (failure == null) {
                    message.answer().complete(sent);
                } else if (reason(failure) instanceof NotLeaderException && !isOver(end)) {
                    later.execute(() -> send(queue, List.of(message), end));
                } else {
                    message.answer().completeExceptionally(reason(failure));
                }
            });
        }
        if (target.get().equals(self)) {
            local.localQueue(queue).send(attempts);
        } else {
            sendTo(target.get(), queue, attempts);
        }
    }

    /** This one if it leads any partition of the queue; empty if nobody may serve. */
    private Optional<UUID> nodeToSendTo(Queue queue) {
        int first = ThreadLocalRandom.current().nextInt(queue.partitions());
        UUID other = null;
        for (int i = 0; i < queue.partitions(); i++) {
            int partition = (first + i) % queue.partitions();
            if (leaders.isHere(queue.id(), partition)) {
                return Optional.of(self);
            }
            if (other == null) {
                other = leaders.leader(queue.id(), partition);
            }
        }
        return Optional.ofNullable(other);
    }

    private void sendTo(UUID node, Queue queue, List<Outgoing> attempts) {
        byte[] request =
                request(QueueOperation.SEND, queue.id(), out -> CallForm.writeEach(out, attempts, CallForm::writeNew));
        Reading<List<CompletionStage<SentMessage>>> outcomes =
                in -> CallForm.readEach(in, one -> outcome(one, CallForm::readSent));
        ask(node, request, outcomes, SEND_LIMIT).whenComplete((all, failure) -> {
            for (int i = 0; i < attempts.size(); i++) {
                CompletableFuture<SentMessage> answer = attempts.get(i).answer();
                if (failure != null) {
                    answer.completeExceptionally(publicReason(failure));
                } else {
                    all.get(i).whenComplete((sent, refused) -> finish(answer, sent, refused));
                }
            }
        });
    }

    @Override
    public CompletionStage<List<ReceivedMessage>> receive(
            Queue queue, int maxMessages, long visibilityMillis, long waitMillis, BooleanSupplier clientPresent) {
        return local.localQueue(queue).receive(maxMessages, visibilityMillis, waitMillis, clientPresent);
    }

    @Override
    public CompletionStage<List<PeekedMessage>> peek(Queue queue, int maxMessages) {
        byte[] request = request(QueueOperation.PEEK, queue.id(), out -> out.writeInt(maxMessages));
        return askEveryLeader(
                        queue,
                        () -> local.localQueue(queue).peek(maxMessages).exceptionally(ClusterQueues::noneIfNone),
                        request,
                        in -> CallForm.readEach(in, CallForm::readPeeked))
                .thenApply(found -> {
                    List<PeekedMessage> best = found.stream()
                            .flatMap(List::stream)
                            .sorted(Comparator.<PeekedMessage>comparingInt(
                                            m -> m.priority().value())
                                    .thenComparingLong(m -> m.id().position()))
                            .limit(maxMessages)
                            .toList();
                    if (best.isEmpty()) {
                        throw new MessageNotExistException();
                    }
                    return best;
                });
    }

    @Override
    public CompletionStage<QueueStatistics> statistics(Queue queue) {
        byte[] request = request(QueueOperation.COUNT, queue.id(), out -> {});
        return askEveryLeader(queue, () -> local.localQueue(queue).statistics(), request, CallForm::readStatistics)
                .thenApply(counts -> counts.stream().reduce(QueueStatistics.EMPTY, QueueStatistics::plus));
    }

    @Override
    public List<CompletableFuture<Boolean>> delete(Queue queue, List<String> receiptHandles) {
        List<Deleting> deletes = new ArrayList<>();
        for (String handle : receiptHandles) {
            deletes.add(new Deleting(handle, claim(queue, handle), false, new CompletableFuture<>()));
        }
        delete(queue, deletes.stream().filter(Deleting::isKnown).toList(), end());
        return deletes.stream().map(Deleting::answer).toList();
    }

    /**
     * A delete that is going on.
     *
     * @param isUnknown whether a node that did not answer may have done it already: then that the message is gone says
     *     nothing about the handle
     */
    private record Deleting(
            String handle, Optional<Claim> claim, boolean isUnknown, CompletableFuture<Boolean> answer) {

        private Deleting {
            if (claim.isEmpty()) {
                answer.completeExceptionally(new ReceiptHandleException());
            }
        }

        private Deleting ofUnknownFate() {
            return new Deleting(handle, claim, true, answer);
        }

        private boolean isKnown() {
            return claim.isPresent();
        }

        private int partition() {
            return claim.orElseThrow().partition();
        }
    }

    private void delete(Queue queue, List<Deleting> deletes, long end) {
        Map<UUID, List<Deleting>> byLeader = new HashMap<>();
        for (Deleting each : deletes) {
            UUID leader = leaders.leader(queue.id(), each.partition());
            if (leader == null) {
                each.answer().completeExceptionally(cutOff());
            } else {
                byLeader.computeIfAbsent(leader, node -> new ArrayList<>()).add(each);
            }
        }
        byLeader.forEach((leader, together) -> {
            List<CompletionStage<Boolean>> attempts = deleteOn(
                    leader, queue, together.stream().map(Deleting::handle).toList());
            for (int i = 0; i < attempts.size(); i++) {
                Deleting each = together.get(i);
                attempts.get(i).whenComplete((deleted, failure) -> {
                    if (failure != null && mayRepeat(failure) && !isOver(end)) {
                        Deleting next = isCallFailed(failure) ? each.ofUnknownFate() : each;
                        later.execute(() -> delete(queue, List.of(next), end));
                    } else if (failure != null
                            && each.isUnknown()
                            && reason(failure).code() == ErrorCode.MESSAGE_NOT_EXIST) {
                        each.answer()
                                .completeExceptionally(new ServiceUnavailableException(
                                        "whether the message was deleted is not known"));
                    } else {
                        finish(each.answer(), deleted, failure);
                    }
                });
            }
        });
    }

    private List<CompletionStage<Boolean>> deleteOn(UUID leader, Queue queue, List<String> receiptHandles) {
        if (leader.equals(self)) {
            return List.copyOf(local.localQueue(queue).delete(receiptHandles));
        }
        byte[] request = request(
                QueueOperation.DELETE, queue.id(), out -> CallForm.writeEach(out, receiptHandles, CallForm::writeText));
        CompletionStage<List<CompletionStage<Boolean>>> outcomes = ask(
                leader,
                request,
                in -> CallForm.readEach(in, one -> outcome(one, java.io.DataInputStream::readBoolean)),
                SEND_LIMIT);
        List<CompletionStage<Boolean>> each = new ArrayList<>();
        for (int i = 0; i < receiptHandles.size(); i++) {
            int index = i;
            each.add(outcomes.thenCompose(all -> all.get(index)));
        }
        return each;
    }

    @Override
    public CompletionStage<ChangedVisibility> changeVisibility(Queue queue, String handle, long visibilityMillis) {
        Optional<Claim> claim = claim(queue, handle);
        if (claim.isEmpty()) {
            return CompletableFuture.failedFuture(new ReceiptHandleException());
        }
        byte[] request = request(QueueOperation.CHANGE_VISIBILITY, queue.id(), out -> {
            CallForm.writeText(out, handle);
            out.writeLong(visibilityMillis);
        });
        return byLeader(
                queue.id(),
                claim.get().partition(),
                () -> local.localQueue(queue).changeVisibility(handle, visibilityMillis),
                request,
                CallForm::readChanged);
    }

    private Optional<Claim> claim(Queue queue, String handle) {
        return handles.read(queue.id(), handle)
                .filter(claim -> claim.partition() >= 0 && claim.partition() < queue.partitions());
    }

    // ---- what the part here asks of the others ----

    @Override
    public boolean serve(long queueId, int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            if (!leaders.isHere(queueId, partition)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public CompletionStage<List<ReceivedMessage>> pull(
            long queueId, int partitions, int maxMessages, long visibilityMillis, boolean waits) {
        byte[] request = request(QueueOperation.PULL, queueId, out -> {
            out.writeInt(maxMessages);
            out.writeLong(visibilityMillis);
            out.writeBoolean(waits);
        });
        List<UUID> others = new ArrayList<>(otherLeaders(queueId, partitions));
        java.util.Collections.shuffle(others, ThreadLocalRandom.current());
        return pullFromFirst(others, 0, request);
    }

    private CompletionStage<List<ReceivedMessage>> pullFromFirst(List<UUID> nodes, int index, byte[] request) {
        if (index == nodes.size()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return ask(nodes.get(index), request, in -> CallForm.readEach(in, CallForm::readReceived), CALL_LIMIT)
                .exceptionally(failure -> {
                    LOG.debugf("Nothing received from another node: %s", failure);
                    return List.of(); // it is leaving or taking over; what it took comes back when its hiding ends
                })
                .thenCompose(messages -> messages.isEmpty()
                        ? pullFromFirst(nodes, index + 1, request)
                        : CompletableFuture.completedFuture(messages));
    }

    @Override
    public void hint(long queueId, UUID node) {
        ask(node, request(QueueOperation.HINT, queueId, out -> {}), in -> true, CALL_LIMIT)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.debugf("A hint got lost: %s", failure);
                    }
                });
    }

    @Override
    public CompletionStage<Void> adopt(long queueId, int partition, long bundle) {
        byte[] request = request(QueueOperation.ADOPT, queueId, out -> {
            out.writeInt(partition);
            out.writeLong(bundle);
        });
        return byLeader(
                        queueId,
                        partition,
                        () -> local.localQueue(queueId).adopt(partition, bundle).thenApply(done -> true),
                        request,
                        in -> true)
                .thenApply(done -> null);
    }

    // ---- asking ----

    /** Asks the leader of the partition, here or elsewhere, again until there is one or the time is over. */
    private <T> CompletionStage<T> byLeader(
            long queueId, int partition, Supplier<CompletionStage<T>> here, byte[] request, Reading<T> reading) {
        CompletableFuture<T> done = new CompletableFuture<>();
        repeat(
                () -> {
                    UUID leader = leaders.leader(queueId, partition);
                    if (leader == null) {
                        throw cutOff();
                    }
                    return leader.equals(self) ? here.get() : ask(leader, request, reading, CALL_LIMIT);
                },
                end(),
                done);
        return done;
    }

    /** Asks this node and every other that leads a partition; fails if any does not answer. */
    private <T> CompletionStage<List<T>> askEveryLeader(
            Queue queue, Supplier<CompletionStage<T>> here, byte[] request, Reading<T> reading) {
        CompletableFuture<List<T>> done = new CompletableFuture<>();
        repeat(
                () -> {
                    List<CompletableFuture<T>> answers = new ArrayList<>();
                    answers.add(here.get().toCompletableFuture());
                    for (UUID node : otherLeaders(queue.id(), queue.partitions())) {
                        answers.add(ask(node, request, reading, CALL_LIMIT).toCompletableFuture());
                    }
                    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                            .thenApply(all -> answers.stream()
                                    .map(CompletableFuture::join)
                                    .toList());
                },
                end(),
                done);
        return done;
    }

    private <T> void repeat(Supplier<CompletionStage<T>> attempt, long end, CompletableFuture<T> done) {
        CompletionStage<T> stage;
        try {
            stage = attempt.get();
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedFuture(e);
        }
        stage.whenComplete((value, failure) -> {
            if (failure != null && mayRepeat(failure) && !isOver(end)) {
                later.execute(() -> repeat(attempt, end, done));
            } else {
                finish(done, value, failure);
            }
        });
    }

    private Set<UUID> otherLeaders(long queueId, int partitions) {
        Set<UUID> nodes = new LinkedHashSet<>();
        for (int partition = 0; partition < partitions; partition++) {
            UUID leader = leaders.leader(queueId, partition);
            if (leader != null && !leader.equals(self)) {
                nodes.add(leader);
            }
        }
        return nodes;
    }

    private <T> CompletionStage<T> ask(UUID node, byte[] request, Reading<T> reading, Duration limit) {
        Optional<ClusterNode> to = calls.members().stream()
                .filter(member -> member.id().equals(node))
                .findAny();
        if (to.isEmpty()) {
            return CompletableFuture.failedFuture(new NotLeaderException());
        }
        return calls.call(to.get(), Subject.MESSAGES, request, limit)
                .thenCompose(answer -> CallForm.<CompletionStage<T>>read(answer, in -> outcome(in, reading)));
    }

    private static <T> CompletionStage<T> outcome(java.io.DataInputStream in, Reading<T> reading)
            throws java.io.IOException {
        return CallForm.readOutcome(in, reading, CompletableFuture::completedStage, CompletableFuture::<T>failedStage);
    }

    private static <T> List<T> noneIfNone(Throwable failure) {
        if (reason(failure) instanceof MessageNotExistException) {
            return List.of();
        }
        throw reason(failure);
    }

    private static <T> void finish(
            CompletableFuture<T> answer, T value, @org.jspecify.annotations.Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(publicReason(failure));
        }
    }

    private static boolean mayRepeat(Throwable failure) {
        return isCallFailed(failure) || reason(failure) instanceof NotLeaderException;
    }

    private static boolean isCallFailed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CallFailedException) {
                return true;
            }
        }
        return false;
    }

    private static RuntimeException publicReason(Throwable failure) {
        return isCallFailed(failure)
                ? new ServiceUnavailableException("another node of the cluster does not answer")
                : reason(failure);
    }

    private static ServiceUnavailableException cutOff() {
        return new ServiceUnavailableException("the node is cut off from most of the cluster");
    }

    private static long end() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FIND_LIMIT_MILLIS);
    }

    private static boolean isOver(long end) {
        return System.nanoTime() - end >= 0;
    }
}
