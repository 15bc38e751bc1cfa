package io.bida.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.catalogue.TestDatabase;
import io.bida.error.InvalidArgumentException;
import io.bida.error.ServiceUnavailableException;
import io.bida.message.MessageBody;
import io.bida.message.MessageProperties;
import io.bida.message.MessageProperty;
import io.bida.message.NewMessage;
import io.bida.queue.QueueNotExistException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishServiceTest {

    private static final TopicName TOPIC = new TopicName("t");

    private final TopicNode node = new TopicNode(TestDatabase.H2);

    @BeforeEach
    void createTopic() {
        node.topicService().createTopic(node.account(), TOPIC, TopicAttributesChange.NONE);
    }

    private long subscribe(String name, Optional<Tag> filter) {
        SubscriptionName subscription = new SubscriptionName(name);
        node.subscriptions()
                .subscribe(
                        node.account(),
                        TOPIC,
                        subscription,
                        new SubscriptionAttributes(
                                Endpoint.parse("http://h.example/"),
                                filter,
                                NotifyStrategy.BACKOFF_RETRY,
                                NotifyContentFormat.XML));
        return node.subscriptions()
                .getSubscriptionAttributes(node.account(), TOPIC, subscription)
                .id();
    }

    private static NewPublication publication(String body, Optional<Tag> tag) {
        return new NewPublication(MessageBody.of(body), tag, Map.of(), MessageProperties.NONE);
    }

    private PublishedMessage publish(NewPublication publication) {
        return node.publishing()
                .publishMessage(node.account(), TOPIC, publication)
                .toCompletableFuture()
                .join();
    }

    @Test
    void everySubscriptionGetsACopyThatCarriesAllOfIt() {
        long first = subscribe("a", Optional.empty());
        long second = subscribe("b", Optional.empty());
        MessageProperties properties = new MessageProperties(
                Optional.of("group"), List.of(), List.of(new MessageProperty("k", "v", MessageProperty.Type.STRING)));
        NewPublication publication = new NewPublication(
                MessageBody.of("körper"),
                Optional.of(new Tag("标签")),
                Map.of("DirectMail", "{\"Subject\":\"主题\"}"),
                properties);

        PublishedMessage published = publish(publication);

        assertThat(published.bodyMd5()).isEqualTo(MessageBody.of("körper").md5());
        assertThat(node.copies().sent()).containsOnlyKeys(first, second);
        NewMessage copy = node.copies().sentTo(first);
        assertThat(copy.properties()).isEqualTo(properties);
        assertThat(Publication.ofStored(copy.body()))
                .isEqualTo(new Publication(
                        published.id(),
                        publication.tag(),
                        node.queues().clock().instant(),
                        publication.attributes(),
                        publication.body()));
    }

    @Test
    void aFilterLetsOnlyTheEqualTagThrough() {
        long all = subscribe("all", Optional.empty());
        long red = subscribe("red", Optional.of(new Tag("red")));

        publish(publication("untagged", Optional.empty()));
        assertThat(node.copies().sent()).containsOnlyKeys(all);
        publish(publication("blue", Optional.of(new Tag("Red"))));
        assertThat(node.copies().sent()).containsOnlyKeys(all);
        publish(publication("red", Optional.of(new Tag("red"))));
        assertThat(node.copies().sent()).containsOnlyKeys(all, red);
    }

    @Test
    void everyMessageHasANameOfItsOwn() {
        assertThat(publish(publication("same", Optional.empty())).id())
                .isNotEqualTo(publish(publication("same", Optional.empty())).id());
    }

    @Test
    void whatIsEmptyOrTooLargeIsRefused() {
        publish(publication("x".repeat(65536), Optional.empty()));

        assertThatThrownBy(() -> publish(publication("x".repeat(65537), Optional.empty())))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> publish(publication("", Optional.empty())))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void attributesCountIntoTheSize() {
        Map<String, String> attributes = Map.of("DM", "é".repeat(100));

        publish(new NewPublication(
                MessageBody.of("x".repeat(65536 - 202)), Optional.empty(), attributes, MessageProperties.NONE));
        assertThatThrownBy(() -> publish(new NewPublication(
                        MessageBody.of("x".repeat(65536 - 201)), Optional.empty(), attributes, MessageProperties.NONE)))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void aMissingTopicIsRefused() {
        assertThatThrownBy(() -> node.publishing()
                        .publishMessage(node.account(), new TopicName("none"), publication("b", Optional.empty())))
                .isInstanceOf(TopicNotExistException.class);
    }

    @Test
    void itFailsWhenACopyIsNotStored() {
        subscribe("a", Optional.empty());
        long full = subscribe("b", Optional.empty());
        node.copies().fail(full, new ServiceUnavailableException("the disk is full"));

        assertThatThrownBy(() -> publish(publication("b", Optional.empty())))
                .hasCauseInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void aSubscriptionThatIsRemovedAtThisMomentIsLeftOut() {
        long removed = subscribe("a", Optional.empty());
        node.copies().fail(removed, new QueueNotExistException());

        assertThat(publish(publication("b", Optional.empty())).id()).isNotEmpty();
    }

    @Test
    void aRefusalAtOnceDoesNotBreakOffTheOtherCopies() {
        long removed = subscribe("a", Optional.empty());
        long other = subscribe("b", Optional.empty());
        node.copies().fail(removed, new QueueNotExistException());
        node.copies().failAtOnce();

        publish(publication("b", Optional.empty()));

        assertThat(node.copies().sent()).containsOnlyKeys(other);
    }

    @Test
    void aTopicWithoutSubscriptionsTakesTheMessage() {
        assertThat(publish(publication("b", Optional.empty())).id()).isNotEmpty();
        assertThat(node.copies().sent()).isEmpty();
    }
}
