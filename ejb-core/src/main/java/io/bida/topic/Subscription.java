package io.bida.topic;

import io.bida.account.AccountId;
import java.time.Instant;

/**
 * One receiver's wish: which messages of a topic, where to, in which form. One immutable picture of its row in the
 * catalogue.
 *
 * @param id the id of the hidden queue that keeps its messages
 * @param topicId the topic
 * @param accountId the owner of the topic, who is also the subscriber
 * @param topicName the topic's name
 * @param name unique within the topic
 * @param attributes what was asked for
 * @param createdAt when it was made, whole seconds on the wire
 * @param lastModifiedAt when its attributes last changed, whole seconds on the wire
 */
public record Subscription(
        long id,
        long topicId,
        AccountId accountId,
        TopicName topicName,
        SubscriptionName name,
        SubscriptionAttributes attributes,
        Instant createdAt,
        Instant lastModifiedAt) {}
