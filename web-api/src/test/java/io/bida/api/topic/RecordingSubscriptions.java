package io.bida.api.topic;

import io.bida.account.AccountId;
import io.bida.error.ServiceException;
import io.bida.limits.ServiceLimits;
import io.bida.queue.Listing;
import io.bida.queue.Page;
import io.bida.topic.Endpoint;
import io.bida.topic.NotifyContentFormat;
import io.bida.topic.NotifyStrategy;
import io.bida.topic.Subscription;
import io.bida.topic.SubscriptionAttributes;
import io.bida.topic.SubscriptionAttributesChange;
import io.bida.topic.SubscriptionName;
import io.bida.topic.SubscriptionService;
import io.bida.topic.Tag;
import io.bida.topic.TopicName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Knows one subscription, remembers what it was asked, and refuses if a test wants it; ranges are the core's own. */
final class RecordingSubscriptions extends SubscriptionService {

    private static final Subscription SUBSCRIPTION = new Subscription(
            2,
            1,
            new AccountId("1234567890"),
            new TopicName("TestTopic"),
            new SubscriptionName("TestSub"),
            new SubscriptionAttributes(
                    Endpoint.parse("acs:mns:cn-hangzhou:1234567890:queues/TestQueue"),
                    Optional.of(new Tag("important")),
                    NotifyStrategy.BACKOFF_RETRY,
                    NotifyContentFormat.SIMPLIFIED),
            Instant.ofEpochSecond(1_795_406_000),
            Instant.ofEpochSecond(1_795_406_100));

    final List<String> calls = new ArrayList<>();
    final List<SubscriptionAttributes> wishes = new ArrayList<>();
    final List<SubscriptionAttributesChange> changes = new ArrayList<>();
    boolean exists;
    Optional<ServiceException> refusal = Optional.empty();

    private void record(String call) {
        refusal.ifPresent(thrown -> {
            throw thrown;
        });
        calls.add(call);
    }

    @Override
    public boolean subscribe(
            AccountId account, TopicName topicName, SubscriptionName name, SubscriptionAttributes attributes) {
        record("subscribe " + topicName + " " + name);
        wishes.add(attributes);
        return !exists;
    }

    @Override
    public void setSubscriptionAttributes(
            AccountId account, TopicName topicName, SubscriptionName name, SubscriptionAttributesChange change) {
        record("set " + topicName + " " + name);
        changes.add(change);
    }

    @Override
    public Subscription getSubscriptionAttributes(AccountId account, TopicName topicName, SubscriptionName name) {
        record("get " + topicName + " " + name);
        return SUBSCRIPTION;
    }

    @Override
    public void unsubscribe(AccountId account, TopicName topicName, SubscriptionName name) {
        record("unsubscribe " + topicName + " " + name);
    }

    @Override
    public Page<Subscription> listSubscriptions(AccountId account, TopicName topicName, Listing listing) {
        listing.check("subscriptions", ServiceLimits.STRICT);
        record("list " + topicName + " " + listing);
        return new Page<>(List.of(SUBSCRIPTION), Optional.empty());
    }
}
