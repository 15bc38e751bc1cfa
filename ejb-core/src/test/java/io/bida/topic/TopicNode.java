package io.bida.topic;

import io.bida.account.AccountId;
import io.bida.catalogue.TestDatabase;
import io.bida.cluster.ClusterNews;
import io.bida.limits.ServiceLimits;
import io.bida.message.NewMessage;
import io.bida.message.SentMessage;
import io.bida.message.delivery.MessageDelivery;
import io.bida.queue.Queue;
import io.bida.queue.QueueNode;
import io.bida.queue.QueueStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The services of topics, put together by hand over a database that others use too, with a new account. */
final class TopicNode {

    /** As strict, but with few topics and subscriptions, so that their end is near. */
    private static final ServiceLimits FEW =
            new ServiceLimits(1024, 65536, 65536, 16, 604800, 60, 604800, 43200, 30, 255, 1000, 1000, 5, 3);

    private final QueueNode queues;
    private final TopicCatalogue topics;
    private final TopicService topicService = new TopicService();
    private final SubscriptionService subscriptions = new SubscriptionService();
    private final PublishService publishing = new PublishService();
    private final SentCopies copies = new SentCopies();
    private final EndpointPolicy allowed = (account, endpoint) -> {
        if (endpoint.text().contains("forbidden")) {
            throw new InvalidEndpointException("it is forbidden");
        }
    };

    @SuppressWarnings("UnnecessaryAssignment") // no framework is there to inject
    TopicNode(TestDatabase database) {
        queues = new QueueNode(database);
        topics = restarted();
        topicService.catalogue = queues.catalogue().transactions();
        topicService.topics = topics;
        topicService.hiddenQueues = queues.hiddenQueues();
        topicService.queues = queues.queues();
        topicService.counters = counted -> CompletableFuture.completedFuture(
                counted.stream().collect(Collectors.toMap(Queue::id, queue -> new QueueStatistics(1, 2, 4))));
        topicService.subscriptionRemoved = queues.catalogue().afterCommit(topics::forget);
        topicService.limits = FEW;
        topicService.clock = queues.clock();
        subscriptions.catalogue = topicService.catalogue;
        subscriptions.topics = topics;
        subscriptions.queues = queues.queues();
        subscriptions.hiddenQueues = queues.hiddenQueues();
        subscriptions.subscriptionRemoved = topicService.subscriptionRemoved;
        subscriptions.endpoints = allowed;
        subscriptions.limits = FEW;
        subscriptions.clock = queues.clock();
        publishing.topics = topics;
        publishing.queues = queues.queues();
        publishing.delivery = copies;
        publishing.ids = new PublicationIds();
        publishing.clock = queues.clock();
    }

    /** Notes what is sent to which queue, and fails where told. */
    static final class SentCopies extends MessageDelivery {

        private final Map<Long, NewMessage> sent = new LinkedHashMap<>();
        private final Map<Long, RuntimeException> failures = new LinkedHashMap<>();

        private boolean failsAtOnce;

        /** What fails, fails from now on by an exception and not by the stage. */
        void failAtOnce() {
            failsAtOnce = true;
        }

        /** Sends to this queue fail so from now on. */
        void fail(long queueId, RuntimeException failure) {
            failures.put(queueId, failure);
        }

        Map<Long, NewMessage> sent() {
            return sent;
        }

        NewMessage sentTo(long queueId) {
            return Objects.requireNonNull(sent.get(queueId));
        }

        @Override
        public CompletionStage<SentMessage> send(Queue queue, NewMessage message) {
            RuntimeException failure = failures.get(queue.id());
            if (failure != null && failsAtOnce) {
                throw failure;
            }
            if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
            sent.put(queue.id(), message);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** What another node, or this one after a restart, reads from the database. */
    @SuppressWarnings("UnnecessaryAssignment") // no framework is there to inject
    TopicCatalogue restarted() {
        TopicCatalogue read = new TopicCatalogue();
        read.catalogue = queues.catalogue().transactions();
        read.news = new ClusterNews();
        read.changed = queues.catalogue().afterCommit(event -> {});
        read.readAgain();
        return read;
    }

    TopicService topicService() {
        return topicService;
    }

    SubscriptionService subscriptions() {
        return subscriptions;
    }

    PublishService publishing() {
        return publishing;
    }

    TopicCatalogue topics() {
        return topics;
    }

    SentCopies copies() {
        return copies;
    }

    QueueNode queues() {
        return queues;
    }

    AccountId account() {
        return queues.account();
    }

    /** The hidden queues of the account that were deleted. */
    List<Long> deletedQueues() {
        return queues.deleted().stream().map(deleted -> deleted.queue().id()).toList();
    }
}
