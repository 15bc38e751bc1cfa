package io.bida.api.topic;

import io.bida.account.AccountId;
import io.bida.error.ServiceException;
import io.bida.limits.ServiceLimits;
import io.bida.queue.Listing;
import io.bida.queue.Page;
import io.bida.topic.Topic;
import io.bida.topic.TopicAttributes;
import io.bida.topic.TopicAttributesChange;
import io.bida.topic.TopicDescription;
import io.bida.topic.TopicName;
import io.bida.topic.TopicService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows one topic, remembers what it was asked, and refuses if a test wants it; ranges are the core's own. */
final class RecordingTopics extends TopicService {

    static final Topic TOPIC = new Topic(
            1,
            new AccountId("1234567890"),
            new TopicName("TestTopic"),
            TopicAttributes.DEFAULT,
            Instant.ofEpochSecond(1_795_406_000),
            Instant.ofEpochSecond(1_795_406_100));

    private static final TopicDescription DESCRIPTION = new TopicDescription(TOPIC, 0);

    final List<String> calls = new ArrayList<>();
    boolean exists;
    Optional<ServiceException> refusal = Optional.empty();

    private void record(String call) {
        refusal.ifPresent(thrown -> {
            throw thrown;
        });
        calls.add(call);
    }

    private static TopicAttributes applied(TopicAttributesChange change) {
        return change.applyTo(TopicAttributes.DEFAULT, ServiceLimits.STRICT);
    }

    @Override
    public boolean createTopic(AccountId account, TopicName name, TopicAttributesChange attributes) {
        TopicAttributes wanted = applied(attributes);
        record("create " + name + " " + wanted.maximumMessageSize() + " " + wanted.loggingEnabled());
        return !exists;
    }

    @Override
    public void setTopicAttributes(AccountId account, TopicName name, TopicAttributesChange change) {
        TopicAttributes wanted = applied(change);
        record("set " + name + " " + wanted.maximumMessageSize() + " " + wanted.loggingEnabled());
    }

    @Override
    public CompletionStage<TopicDescription> getTopicAttributes(AccountId account, TopicName name) {
        record("get " + name);
        return CompletableFuture.completedStage(DESCRIPTION);
    }

    @Override
    public void deleteTopic(AccountId account, TopicName name) {
        record("delete " + name);
    }

    @Override
    public Page<Topic> listTopics(AccountId account, Listing listing) {
        listing.check("topics", ServiceLimits.STRICT);
        record("list " + listing);
        return new Page<>(List.of(TOPIC), Optional.empty());
    }

    @Override
    public CompletionStage<Page<TopicDescription>> describeTopics(AccountId account, Listing listing) {
        listing.check("topics", ServiceLimits.STRICT);
        record("describe " + listing);
        return CompletableFuture.completedStage(new Page<>(List.of(DESCRIPTION), Optional.empty()));
    }
}
