package io.bida.message.delivery;

import static io.bida.message.delivery.CalledQueues.reason;

import io.bida.cluster.CallFailedException;
import io.bida.cluster.ClusterCalls;
import io.bida.cluster.ClusterCalls.Subject;
import io.bida.cluster.ClusterNode;
import io.bida.error.ErrorCode;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.delivery.CallForm.Reading;
import io.bida.message.store.PartitionLeaders;
import io.bida.queue.Queue;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the nodes that lead partitions, and asks again while the leaders change. Safe for use by any thread.
 *
 * <p>Asked again is only what certainly had no effect, or may be repeated.
 */
final class LeaderCalls {

    private static final Logger LOG = Logger.getLogger(LeaderCalls.class);

    /** How long another node may take for what stores nothing new: 5 s, our choice. */
    static final Duration CALL_LIMIT = Duration.ofSeconds(5);

    /** How long another node may take for a write: 12 s, our choice, longer than it tries one. */
    static final Duration WRITE_LIMIT = Duration.ofSeconds(12);

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
    private final UUID self;
    private final Executor later;

    LeaderCalls(ClusterCalls calls, PartitionLeaders leaders, LocalQueues local, Executor executor) {
        this.calls = calls;
        this.leaders = leaders;
        this.local = local;
        self = calls.self().id();
        later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, step -> run(step, executor));
    }

    /** On this thread if the node has stopped: the try finds that out, and whoever waits for it is answered. */
    private static void run(Runnable step, Executor executor) {
        try {
            executor.execute(step);
        } catch (RejectedExecutionException e) {
            step.run();
        }
    }

    /** This run of this node. */
    UUID self() {
        return self;
    }

    /** Whether this run of a node is this one. */
    boolean isHere(UUID node) {
        return node.equals(self);
    }

    /** Whether this node leads the partition. */
    boolean leadsHere(long queueId, int partition) {
        return leaders.isHere(queueId, partition);
    }

    /** The run of the node that leads the partition; null while nobody can. */
    @Nullable
    UUID leader(long queueId, int partition) {
        return leaders.leader(queueId, partition);
    }

    /** The other nodes that lead any of the queue's partitions. */
    Set<UUID> otherLeaders(long queueId, int partitions) {
        Set<UUID> nodes = new LinkedHashSet<>();
        for (int partition = 0; partition < partitions; partition++) {
            UUID leader = leaders.leader(queueId, partition);
            if (leader != null && !isHere(leader)) {
                nodes.add(leader);
            }
        }
        return nodes;
    }

    private Map<UUID, List<Queue>> otherLeaders(List<Queue> queues) {
        Map<UUID, List<Queue>> led = new LinkedHashMap<>();
        for (Queue queue : queues) {
            otherLeaders(queue.id(), queue.partitions())
                    .forEach(node -> led.computeIfAbsent(node, first -> new ArrayList<>())
                            .add(queue));
        }
        return led;
    }

    /** When trying that begins now is over, by {@link System#nanoTime}. */
    static long end() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FIND_LIMIT_MILLIS);
    }

    static boolean isOver(long end) {
        return System.nanoTime() - end >= 0;
    }

    /**
     * Does it after the pause between two tries, if there is such a queue then; if not, or if it throws, the answer
     * completes with the reason.
     */
    void later(long queueId, CompletableFuture<?> answer, Runnable nextTry) {
        later.execute(() -> {
            try {
                local.requireQueue(queueId);
                nextTry.run();
            } catch (RuntimeException e) {
                LOG.debugf("A try fails before it is made: %s", e);
                answer.completeExceptionally(reason(e));
            }
        });
    }

    /** Asks the leader of the partition, here or elsewhere, again until there is one or the time is over. */
    <T> CompletionStage<T> byLeader(
            long queueId, int partition, Supplier<CompletionStage<T>> here, byte[] request, Reading<T> reading) {
        CompletableFuture<T> done = new CompletableFuture<>();
        repeat(
                () -> {
                    local.requireQueue(queueId);
                    UUID leader = leaders.leader(queueId, partition);
                    if (leader == null) {
                        throw cutOff();
                    }
                    return isHere(leader) ? here.get() : ask(leader, request, reading, CALL_LIMIT);
                },
                end(),
                false,
                done);
        return done;
    }

    /**
     * Asks this node, and every other that leads a partition of any of the queues about those; fails if any does not
     * answer.
     */
    <T> CompletionStage<List<T>> askEveryLeader(
            List<Queue> queues,
            Supplier<CompletionStage<T>> here,
            Function<List<Queue>, byte[]> request,
            Reading<T> reading) {
        CompletableFuture<List<T>> done = new CompletableFuture<>();
        repeat(
                () -> {
                    List<CompletableFuture<T>> answers = new ArrayList<>();
                    answers.add(here.get().toCompletableFuture());
                    otherLeaders(queues)
                            .forEach((node, led) -> answers.add(ask(node, request.apply(led), reading, CALL_LIMIT)
                                    .toCompletableFuture()));
                    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                            .thenApply(all -> answers.stream()
                                    .map(CompletableFuture::join)
                                    .toList());
                },
                end(),
                false,
                done);
        return done;
    }

    /** @param mayBeDone whether a node that did not answer may have done it at an earlier try */
    private <T> void repeat(
            Supplier<CompletionStage<T>> attempt, long end, boolean mayBeDone, CompletableFuture<T> done) {
        CompletionStage<T> stage;
        try {
            stage = attempt.get();
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedFuture(e);
        }
        stage.whenComplete((value, failure) -> {
            if (failure != null && mayRepeat(failure) && !isOver(end)) {
                boolean mayBeDoneNow = mayBeDone || isCallFailed(failure);
                later.execute(() -> repeat(attempt, end, mayBeDoneNow, done));
            } else {
                finish(done, value, mayBeDone ? unlessDoneBefore(failure) : failure);
            }
        });
    }

    /** Tells every other node of the cluster; who does not hear it must be able to go without. */
    void tellOthers(byte[] news) {
        for (ClusterNode node : calls.members()) {
            if (!isHere(node.id())) {
                ask(node.id(), news, in -> true, CALL_LIMIT).whenComplete((heard, failure) -> {
                    if (failure != null) {
                        LOG.debugf("Node %s does not hear it: %s", node, failure);
                    }
                });
            }
        }
    }

    /** Asks one node; the stage fails with {@link CallFailedException} if it does not answer. */
    <T> CompletionStage<T> ask(UUID node, byte[] request, Reading<T> reading, Duration limit) {
        Optional<ClusterNode> to = calls.members().stream()
                .filter(member -> member.id().equals(node))
                .findAny();
        if (to.isEmpty()) {
            return CompletableFuture.failedFuture(new NotLeaderException());
        }
        return calls.call(to.get(), Subject.MESSAGES, request, limit)
                .thenCompose(answer -> CallForm.<CompletionStage<T>>read(answer, in -> outcome(in, reading)));
    }

    /** How one thing ended on the node that answers: a stage that is over. */
    static <T> CompletionStage<T> outcome(DataInputStream in, Reading<T> reading) throws IOException {
        return CallForm.readOutcome(in, reading, CompletableFuture::completedStage, CompletableFuture::<T>failedStage);
    }

    /** Completes the answer as its caller may know it. */
    static <T> void finish(CompletableFuture<T> answer, T value, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(publicReason(failure));
        }
    }

    /**
     * What to say of a failed try when an earlier one may have had its effect: then that the message is not there, or
     * not hidden for this handle any more, says nothing.
     */
    static @Nullable Throwable unlessDoneBefore(@Nullable Throwable failure) {
        return failure != null && reason(failure).code() == ErrorCode.MESSAGE_NOT_EXIST
                ? new ServiceUnavailableException("whether it was done is not known")
                : failure;
    }

    /** Whether what failed so may be tried again, if trying twice does no harm. */
    static boolean mayRepeat(Throwable failure) {
        return isCallFailed(failure) || reason(failure) instanceof NotLeaderException;
    }

    /** Whether the node asked did not answer, so that it may have done what it was asked. */
    static boolean isCallFailed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CallFailedException) {
                return true;
            }
        }
        return false;
    }

    /** Why it failed, as a client may know it. */
    static RuntimeException publicReason(Throwable failure) {
        return isCallFailed(failure)
                ? new ServiceUnavailableException("another node of the cluster does not answer")
                : reason(failure);
    }

    static ServiceUnavailableException cutOff() {
        return new ServiceUnavailableException("the node is cut off from most of the cluster");
    }
}
