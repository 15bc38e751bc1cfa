package io.bida.notify;

import io.bida.account.AccountId;
import io.bida.error.ServiceException;
import io.bida.message.MessageNotExistException;
import io.bida.message.ReceiveRequest;
import io.bida.message.ReceivedMessage;
import io.bida.notify.DeliveryResult.Outcome;
import io.bida.queue.Queue;
import io.bida.topic.Publication;
import io.bida.topic.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the messages of one subscription from its hidden queue to its endpoint, on this node; the other nodes of a
 * cluster do the same with the partitions they lead.
 *
 * <p>A message is received, delivered and deleted. If the delivery fails, its visibility is set to the next try of the
 * retry strategy, so that the queue itself keeps the plan: it survives this node, and costs no memory. After the last
 * try the message is given up. Safe for use by any thread; waits for nothing on a thread.
 */
final class SubscriptionDispatcher {

    private static final Logger LOG = Logger.getLogger(SubscriptionDispatcher.class);

    /** How long a wait for a message lasts before it is begun anew, in seconds: the longest there is. */
    private static final int WAIT_SECONDS = 30;

    /** Most messages received at once; the limit of a batch. */
    private static final int BATCH = 16;

    /** Pause while there are no places for what would be received, in milliseconds: 200, our choice. */
    private static final long CROWDED_PAUSE_MILLIS = 200;

    /** Pause after a receive was refused, in milliseconds: 1000, our choice; the node is starting or cut off. */
    private static final long REFUSED_PAUSE_MILLIS = 1000;

    /**
     * Pause after a try that this service itself failed at: a minute, our choice; until the message's retention ends.
     */
    private static final Duration PAUSE_AFTER_OUR_FAULT = Duration.ofMinutes(1);

    private final DispatchServices services;
    private final long id;
    private final AccountId account;

    // All below: guarded by this.
    private final EndpointPace pace = new EndpointPace();
    private Subscription subscription;
    private int underWay;
    private boolean isReceiving;
    private boolean isClosed;
    private boolean willWake;

    SubscriptionDispatcher(Subscription subscription, DispatchServices services) {
        this.id = subscription.id();
        this.account = subscription.accountId();
        this.subscription = subscription;
        this.services = services;
    }

    /** Takes what has changed in the subscription; deliveries from now on see it. */
    synchronized void update(Subscription changed) {
        subscription = changed;
    }

    /** Begins no delivery any more; those under way end. */
    synchronized void close() {
        isClosed = true;
    }

    private synchronized boolean isOpen() {
        return !isClosed;
    }

    /** Receives as many messages as may be under way, if there is a place. */
    void goOn() {
        int wanted;
        synchronized (this) {
            wanted = Math.min(BATCH, pace.allowed() - underWay);
            if (isClosed || isReceiving || wanted < 1) {
                return;
            }
            long pause = pace.pauseLeft(services.monotonic().millis());
            if (pause > 0) {
                wakeAfter(pause);
                return;
            }
            if (services.places().isCrowded(account)) {
                wakeAfter(CROWDED_PAUSE_MILLIS);
                return;
            }
            if (!services.isServing() || !services.notifier().isReadyFor(subscription)) {
                wakeAfter(REFUSED_PAUSE_MILLIS);
                return;
            }
            isReceiving = true;
        }
        receive(wanted);
    }

    private void receive(int wanted) {
        try {
            Optional<Queue> queue = services.queues().findQueue(id);
            if (queue.isEmpty()) {
                received(List.of());
                wakeLater(REFUSED_PAUSE_MILLIS);
                return;
            }
            ReceiveRequest request = new ReceiveRequest(wanted, OptionalInt.of(WAIT_SECONDS), this::isOpen);
            // An answer that gets lost must not end the deliveries.
            CompletableFuture<?> unused = services.delivery()
                    .receive(queue.get(), request)
                    .thenApply(messages -> messages)
                    .toCompletableFuture()
                    .orTimeout(2 * WAIT_SECONDS, TimeUnit.SECONDS)
                    .whenComplete((messages, failure) -> {
                        if (failure == null) {
                            received(messages);
                            messages.forEach(message -> services.places()
                                    .take(account, () -> services.soon(() -> deliver(queue.get(), message))));
                        } else {
                            refused(reason(failure));
                        }
                    });
        } catch (RuntimeException e) {
            refused(e); // whatever it is, deliveries go on when it is over
        }
    }

    private synchronized void received(List<ReceivedMessage> messages) {
        isReceiving = false;
        underWay += messages.size();
        if (!messages.isEmpty()) {
            services.soon(this::goOn);
        }
    }

    private void refused(Throwable reason) {
        received(List.of());
        if (reason instanceof MessageNotExistException && services.isServing()) {
            services.soon(this::goOn);
        } else {
            if (reason instanceof ServiceException) {
                LOG.debugf("Subscription %d cannot receive now: %s", id, reason);
            } else {
                LOG.errorf(reason, "Subscription %d cannot receive now", id);
            }
            wakeLater(REFUSED_PAUSE_MILLIS);
        }
    }

    private synchronized void wakeLater(long afterMillis) {
        wakeAfter(afterMillis);
    }

    private void wakeAfter(long afterMillis) {
        if (!willWake) {
            willWake = true;
            services.later(afterMillis, this::wake);
        }
    }

    private void wake() {
        synchronized (this) {
            willWake = false;
        }
        goOn();
    }

    private void deliver(Queue queue, ReceivedMessage message) {
        Subscription now;
        synchronized (this) {
            now = subscription;
        }
        notify(now, message)
                .exceptionally(failure -> {
                    LOG.errorf(failure, "Subscription %s cannot deliver message %s", now.name(), message.id());
                    return DeliveryResult.failed(
                            Outcome.FAULT, "this service cannot deliver the message", Duration.ZERO);
                })
                .thenAccept(result -> ended(queue, message, now, result))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        settled(message, failure);
                    }
                });
    }

    private CompletionStage<DeliveryResult> notify(Subscription now, ReceivedMessage message) {
        try {
            return services.notifier().notify(now, Publication.ofStored(message.body()), message.properties());
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e); // a message that cannot be read, a key that cannot be had
        }
    }

    private void ended(Queue queue, ReceivedMessage message, Subscription now, DeliveryResult result) {
        services.places().free(account);
        synchronized (this) {
            if (result.isSuccess()) {
                pace.succeeded();
            } else if (!result.outcome().isOurs()) {
                pace.failed(services.monotonic().millis());
            }
        }
        Optional<Duration> pause = pauseAfter(result, now, message.dequeueCount());
        if (!result.isSuccess()) {
            LOG.debugf("Subscription %s, message %s: %s", now.name(), message.id(), result.outcome());
        }
        if (!result.isSuccess() && pause.isEmpty()) {
            LOG.infof(
                    "Account %s, topic %s, subscription %s: gave up after %d tries, the last %s",
                    now.accountId(), now.topicName(), now.name(), message.dequeueCount(), result.outcome());
        }
        settle(queue, message, pause);
    }

    /** Until the next try; empty if there is none. */
    private Optional<Duration> pauseAfter(DeliveryResult result, Subscription now, int tries) {
        if (result.isSuccess()) {
            return Optional.empty();
        }
        if (result.outcome().isOurs()) {
            return Optional.of(PAUSE_AFTER_OUR_FAULT);
        }
        return services.schedule().pauseAfter(now.attributes().strategy(), tries);
    }

    /** Takes the message out of the queue, or hides it until the next try; then another may take its place. */
    private void settle(Queue queue, ReceivedMessage message, Optional<Duration> pause) {
        String handle = message.receiptHandle().text();
        try {
            (pause.isEmpty()
                            ? services.delivery().delete(queue, handle)
                            : services.delivery()
                                    .changeVisibility(
                                            queue,
                                            handle,
                                            Math.toIntExact(pause.get().toSeconds())))
                    .whenComplete((done, failure) -> settled(message, failure));
        } catch (RuntimeException e) {
            settled(message, e); // whatever it is, its place is free again
        }
    }

    /** If that failed, the message comes back when its hiding ends: late, or once more. */
    private void settled(ReceivedMessage message, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.debugf("Message %s of subscription %d comes back: %s", message.id(), id, reason(failure));
        }
        synchronized (this) {
            underWay--;
        }
        services.soon(this::goOn);
    }

    private static Throwable reason(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
