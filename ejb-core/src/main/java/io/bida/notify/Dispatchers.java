package io.bida.notify;

import io.bida.cluster.NodeHealth;
import io.bida.cluster.PublicAddress;
import io.bida.message.delivery.MessageDelivery;
import io.bida.queue.QueueCatalogue;
import io.bida.time.MonotonicTime;
import io.bida.topic.Subscription;
import io.bida.topic.SubscriptionsChanged;
import io.bida.topic.TopicCatalogue;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SubscriptionDispatcher} for each subscription that this node knows, from {@link NotifyStart} to its end.
 * Safe for use by any thread.
 *
 * <p>A waiting dispatcher costs one waiting receive: no thread, and a few hundred bytes.
 */
@ApplicationScoped
public class Dispatchers {

    @Inject
    TopicCatalogue topics;

    @Inject
    QueueCatalogue queues;

    @Inject
    MessageDelivery delivery;

    @Inject
    HttpNotifier http;

    @Inject
    SigningKeys keys;

    @Inject
    NodeHealth health;

    @Inject
    PublicAddress address;

    @Inject
    Clock clock;

    @Resource(lookup = "java:jboss/ee/concurrency/executor/default")
    ManagedExecutorService executor;

    @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
    ManagedScheduledExecutorService scheduler;

    // All below: guarded by this.
    private final Map<Long, SubscriptionDispatcher> dispatchers = new HashMap<>();
    private @Nullable DispatchServices services;

    /** Begins to deliver what is waiting and what will be published. */
    void start() {
        MonotonicTime monotonic = MonotonicTime.SYSTEM;
        Notifier notifier = new EndpointNotifier(
                http,
                new QueueNotifier(queues, delivery, monotonic),
                keys,
                address.of(SigningKeys.CERTIFICATE_PATH),
                clock,
                executor);
        synchronized (this) {
            services = new DispatchServices(
                    queues,
                    delivery,
                    notifier,
                    new RetrySchedule(new SecureRandom()),
                    new DeliveryPlaces(),
                    health,
                    monotonic,
                    executor,
                    scheduler);
        }
        look();
    }

    /** Looks at what has changed. */
    void changed(@Observes SubscriptionsChanged event) {
        look();
    }

    /** Makes a dispatcher for each subscription that has none, and closes those without a subscription. */
    private synchronized void look() {
        if (services == null) {
            return; // not yet, or no more: the start looks itself
        }
        Set<Long> known = new HashSet<>();
        for (Subscription subscription : topics.allSubscriptions()) {
            known.add(subscription.id());
            SubscriptionDispatcher dispatcher = dispatchers.get(subscription.id());
            if (dispatcher == null) {
                dispatcher = new SubscriptionDispatcher(subscription, services);
                dispatchers.put(subscription.id(), dispatcher);
                services.soon(dispatcher::goOn);
            } else {
                dispatcher.update(subscription);
            }
        }
        dispatchers.entrySet().removeIf(entry -> {
            boolean isGone = !known.contains(entry.getKey());
            if (isGone) {
                entry.getValue().close();
            }
            return isGone;
        });
    }

    /** Begins nothing new; what is under way comes back to another node if it does not end. */
    synchronized void stop() {
        services = null;
        dispatchers.values().forEach(SubscriptionDispatcher::close);
        dispatchers.clear();
    }
}
