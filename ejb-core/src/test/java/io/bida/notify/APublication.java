package io.bida.notify;

import io.bida.account.AccountId;
import io.bida.message.MessageBody;
import io.bida.topic.Endpoint;
import io.bida.topic.NotifyContentFormat;
import io.bida.topic.NotifyStrategy;
import io.bida.topic.Publication;
import io.bida.topic.Subscription;
import io.bida.topic.SubscriptionAttributes;
import io.bida.topic.SubscriptionName;
import io.bida.topic.Tag;
import io.bida.topic.TopicName;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Publications and who subscribes to them. */
final class APublication {

    static final Instant PUBLISHED = Instant.parse("2026-01-02T03:04:05.678Z");

    private APublication() {}

    static Publication of(String body) {
        return of(MessageBody.of(body), Optional.empty());
    }

    static Publication of(String body, String tag) {
        return of(MessageBody.of(body), Optional.of(new Tag(tag)));
    }

    static Publication of(MessageBody body, Optional<Tag> tag) {
        return new Publication("0A-1-2B", tag, PUBLISHED, Map.of(), body);
    }

    static Subscription wantedAs(NotifyContentFormat format) {
        return wantedAs(format, "http://example.com/in");
    }

    static Subscription wantedAs(NotifyContentFormat format, String endpoint) {
        SubscriptionAttributes attributes = new SubscriptionAttributes(
                new Endpoint.Http(endpoint, URI.create(endpoint)),
                Optional.empty(),
                NotifyStrategy.BACKOFF_RETRY,
                format);
        return new Subscription(
                7,
                6,
                new AccountId("1234567890123456"),
                new TopicName("news"),
                new SubscriptionName("mine"),
                attributes,
                PUBLISHED,
                PUBLISHED);
    }
}
