package io.bida.message.delivery;

import io.bida.cluster.ClusterCalls;
import io.bida.cluster.ClusterNode;
import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.MessageNotExistException;
import io.bida.message.delivery.CallForm.Each;
import io.bida.queue.QueueNotExistException;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers other nodes about the parts of queues that this node serves. */
final class CalledQueues implements ClusterCalls.Service {

    private final LocalQueues local;

    CalledQueues(LocalQueues local) {
        this.local = local;
    }

    /** What is asked, and of which queue, 0 if of no single one; what follows in the stream is the operation's. */
    static byte[] request(QueueOperation operation, long queueId, CallForm.Writing rest) {
        return CallForm.write(out -> {
            out.writeByte(operation.code());
            out.writeLong(queueId);
            rest.to(out);
        });
    }

    @Override
    public CompletionStage<byte[]> answer(ClusterNode from, byte[] request) {
        return CallForm.read(request, in -> {
            QueueOperation operation = QueueOperation.of(in.readByte());
            long queueId = in.readLong();
            try {
                return switch (operation) {
                    case COUNT ->
                        outcome(local.counts(CallForm.readEach(in, DataInputStream::readLong)), CallForm::writeCounts);
                    case DISK -> {
                        local.heardOfDisk(from.id(), in.readBoolean());
                        yield outcome(CompletableFuture.completedFuture(true), (out, nothing) -> {});
                    }
                    default -> answer(operation, local.localQueue(queueId), from.id(), in);
                };
            } catch (ServiceException e) {
                // Starting or stopping, or the queue is too new for this node: by the time it is asked again, that is
                // over. Whether there is such a queue still, the node that asks finds out by itself.
                ServiceException reason =
                        e instanceof ServiceUnavailableException || e instanceof QueueNotExistException
                                ? new NotLeaderException()
                                : e;
                return CompletableFuture.completedFuture(
                        CallForm.write(out -> CallForm.writeOutcome(out, reason, o -> {})));
            }
        });
    }

    private static CompletionStage<byte[]> answer(
            QueueOperation operation, LocalQueue queue, UUID from, DataInputStream in) throws IOException {
        return switch (operation) {
            case SEND -> send(queue, CallForm.readEach(in, CallForm::readNew));
            case PULL -> many(queue.pull(from, in.readInt(), in.readLong(), in.readBoolean()), CallForm::writeReceived);
            case HINT -> {
                queue.hinted();
                yield outcome(CompletableFuture.completedFuture(true), (out, nothing) -> {});
            }
            case DELETE -> delete(queue, CallForm.readEach(in, CallForm::readText));
            case CHANGE_VISIBILITY ->
                outcome(queue.changeVisibility(CallForm.readText(in), in.readLong()), CallForm::writeChanged);
            case PEEK -> many(queue.peek(in.readInt()), CallForm::writePeeked);
            case COUNT, DISK -> throw new IllegalArgumentException(operation + " is not asked of a single queue");
            case ADOPT ->
                outcome(queue.adopt(in.readInt(), in.readLong()).thenApply(nothing -> true), (out, nothing) -> {});
            case CHANGED ->
                outcome(queue.changed(in.readInt(), in.readLong()).thenApply(nothing -> true), (out, nothing) -> {});
        };
    }

    private static CompletionStage<byte[]> send(LocalQueue queue, List<Outgoing> messages) {
        queue.send(messages);
        return each(messages.stream().map(Outgoing::answer).toList(), CallForm::writeSent);
    }

    private static CompletionStage<byte[]> delete(LocalQueue queue, List<String> handles) {
        return each(queue.delete(handles), (out, deleted) -> out.writeBoolean(deleted));
    }

    /** None is an answer here, not a refusal: the caller asks the next node. */
    private static <T> CompletionStage<byte[]> many(CompletionStage<List<T>> messages, Each<T> writing) {
        CompletionStage<List<T>> possiblyNone = messages.exceptionally(failure -> {
            ServiceException reason = reason(failure);
            if (reason instanceof MessageNotExistException) {
                return List.of();
            }
            throw reason;
        });
        return outcome(possiblyNone, (out, found) -> CallForm.writeEach(out, found, writing));
    }

    private static <T> CompletionStage<byte[]> outcome(CompletionStage<T> outcome, Each<T> writing) {
        return outcome.handle((value, failure) -> CallForm.write(out ->
                CallForm.writeOutcome(out, failure == null ? null : reason(failure), o -> writing.write(o, value))));
    }

    private static <T> CompletionStage<byte[]> each(List<CompletableFuture<T>> outcomes, Each<T> writing) {
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .handle((done, failure) -> CallForm.write(out -> CallForm.writeOutcome(out, null, o -> {
                    List<Outcome<T>> all = new ArrayList<>();
                    for (CompletableFuture<T> outcome : outcomes) {
                        all.add(Outcome.of(outcome));
                    }
                    CallForm.writeEach(
                            o,
                            all,
                            (each, one) -> CallForm.writeOutcome(each, one.failure(), e -> one.writeValue(e, writing)));
                })));
    }

    /** How one of several ended. */
    private record Outcome<T>(@Nullable T value, @Nullable ServiceException failure) {

        private static <T> Outcome<T> of(CompletableFuture<T> done) {
            try {
                return new Outcome<>(done.join(), null);
            } catch (CompletionException e) {
                return new Outcome<>(null, reason(e));
            }
        }

        private void writeValue(java.io.DataOutputStream out, Each<T> writing) throws IOException {
            if (value == null) {
                throw new IllegalStateException("no value and no failure");
            }
            writing.write(out, value);
        }
    }

    /** Why something failed, as the caller may know it. */
    static ServiceException reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServiceException known) {
                return known;
            }
        }
        return new ServiceUnavailableException("the message store does not answer");
    }
}
