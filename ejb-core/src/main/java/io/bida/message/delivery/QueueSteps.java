package io.bida.message.delivery;

import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.ReceiptHandle;
import io.bida.message.ReceiptHandles.Claim;
import io.bida.message.store.MessageStore;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How the parts of one queue go about their work: step by step in the queue's {@link Mailbox}, and on when the store
 * has answered.
 *
 * <p>{@link #post} may be called by any thread, the rest only within the mailbox.
 */
final class QueueSteps {

    private static final Logger LOG = Logger.getLogger(QueueSteps.class);

    private final long queueId;
    private final DeliveryServices services;
    private final Mailbox mailbox;

    QueueSteps(long queueId, DeliveryServices services, Runnable settle) {
        this.queueId = queueId;
        this.services = services;
        this.mailbox = new Mailbox(settle, services.executor());
    }

    long queueId() {
        return queueId;
    }

    DeliveryServices services() {
        return services;
    }

    MessageStore store() {
        return services.store();
    }

    long nowMillis() {
        return services.clock().millis();
    }

    /** For waits: goes on evenly when the clock is set. */
    long monotonicMillis() {
        return services.monotonic().millis();
    }

    ReceiptHandle handle(Claim claim) {
        return services.handles().issue(queueId, claim);
    }

    /** Does the step in the mailbox, now on this thread or soon on another. */
    void post(Runnable step) {
        mailbox.post(step);
    }

    /** What to tell a caller once the mailbox is free. */
    void answer(Runnable answer) {
        mailbox.answer(answer);
    }

    /** Tells a caller why it gets nothing, once the mailbox is free. */
    void refuse(CompletableFuture<?> answer, ServiceException reason) {
        answer(() -> answer.completeExceptionally(reason));
    }

    /**
     * Goes on within the mailbox when the stage is done, at once if it is; with its value or the reason of its failure.
     */
    <T> void whenDone(Supplier<CompletionStage<T>> start, BiConsumer<@Nullable T, @Nullable ServiceException> next) {
        CompletionStage<T> stage;
        try {
            stage = start.get();
        } catch (RuntimeException e) {
            next.accept(null, reason(e));
            return;
        }
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (future.isDone()) {
            accept(future, next);
        } else {
            stage.whenComplete((value, failure) -> mailbox.post(() -> accept(future, next)));
        }
    }

    private <T> void accept(CompletableFuture<T> done, BiConsumer<@Nullable T, @Nullable ServiceException> next) {
        T value;
        try {
            value = done.join();
        } catch (CompletionException | CancellationException e) {
            next.accept(null, reason(e));
            return;
        }
        next.accept(value, null);
    }

    private ServiceException reason(Throwable failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof ServiceException known) {
                return known;
            }
            cause = cause.getCause();
        }
        LOG.errorf(failure, "The message store failed for queue %d", queueId);
        return new ServiceUnavailableException("the message store does not answer");
    }
}
