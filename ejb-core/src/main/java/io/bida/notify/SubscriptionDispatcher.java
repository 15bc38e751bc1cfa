package io.bida.notify;

import io.bida.error.ServiceException;
import io.bida.message.MessageNotExistException;
import io.bida.message.ReceiveRequest;
import io.bida.message.ReceivedMessage;
import io.bida.notify.DeliveryResult.Outcome;
import io.bida.queue.Queue;
import io.bida.queue.QueueNotExistException;
import io.bida.topic.Publication;
import io.bida.topic.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
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

    /** Pause after a receive was refused, in milliseconds: 1000, our choice; the node is starting or cut off. */
    private static final long REFUSED_PAUSE_MILLIS = 1000;

    private final DispatchServices services;
    private final long id;

    // All below: guarded by this.
    private final EndpointPace pace = new EndpointPace();
    private Subscription subscription;
    private int underWay;
    private boolean isReceiving;
    private boolean isClosed;
    private boolean willWake;

    SubscriptionDispatcher(Subscription subscription, DispatchServices services) {
        this.id = subscription.id();
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
            isReceiving = true;
        }
        receive(wanted);
    }

    private void receive(int wanted) {
        Optional<Queue> queue = services.queues().findQueue(id);
        if (queue.isEmpty() || !services.isServing()) {
            received(List.of());
            wakeLater(REFUSED_PAUSE_MILLIS);
            return;
        }
        ReceiveRequest request = new ReceiveRequest(wanted, OptionalInt.of(WAIT_SECONDS), this::isOpen);
        try {
            services.delivery().receive(queue.get(), request).whenComplete((messages, failure) -> {
                if (failure == null) {
                    received(messages);
                    messages.forEach(message -> deliver(queue.get(), message));
                } else {
                    refused(reason(failure));
                }
            });
        } catch (ServiceException e) {
            refused(e);
        }
    }

    private synchronized void received(List<ReceivedMessage> messages) {
        isReceiving = false;
        underWay += messages.size();
        if (!messages.isEmpty()) {
            services.executor().execute(this::goOn);
        }
    }

    private void refused(Throwable reason) {
        received(List.of());
        if (reason instanceof MessageNotExistException && services.isServing()) {
            services.executor().execute(this::goOn);
        } else if (reason instanceof QueueNotExistException) {
            close();
        } else {
            LOG.debugf("Subscription %d cannot receive now: %s", id, reason);
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
        Publication publication;
        try {
            publication = Publication.ofStored(message.body());
        } catch (IllegalArgumentException e) {
            LOG.errorf(e, "Message %s of subscription %s cannot be read", message.id(), now.name());
            ended(
                    queue,
                    message,
                    now,
                    DeliveryResult.failed(Outcome.FAULT, "the stored message cannot be read", Duration.ZERO));
            return;
        }
        services.notifier()
                .notify(now, publication, message.properties())
                .exceptionally(failure -> {
                    LOG.errorf(failure, "Delivering to subscription %s failed by a defect", now.name());
                    return DeliveryResult.failed(Outcome.FAULT, "a defect of this service", Duration.ZERO);
                })
                .thenAccept(result -> ended(queue, message, now, result));
    }

    private void ended(Queue queue, ReceivedMessage message, Subscription now, DeliveryResult result) {
        synchronized (this) {
            if (result.isSuccess()) {
                pace.succeeded();
            } else {
                pace.failed(services.monotonic().millis());
            }
        }
        Optional<Duration> pause = result.isSuccess()
                ? Optional.empty()
                : services.schedule().pauseAfter(now.attributes().strategy(), message.dequeueCount());
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
        } catch (ServiceException e) {
            settled(message, e);
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
        services.executor().execute(this::goOn);
    }

    private static Throwable reason(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
