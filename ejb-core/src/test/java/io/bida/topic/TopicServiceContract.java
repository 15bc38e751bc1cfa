package io.bida.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.AccountId;
import io.bida.account.AccountNotExistException;
import io.bida.error.InvalidArgumentException;
import io.bida.queue.Listing;
import io.bida.queue.Page;
import io.bida.queue.QueueAttributesChange;
import io.bida.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for topics and subscriptions on every database. */
interface TopicServiceContract {

    /** A node with an account of its own, which may have 5 topics with 3 subscriptions each. */
    TopicNode node();

    private static TopicName name(String text) {
        return new TopicName(text);
    }

    private static SubscriptionName sub(String text) {
        return new SubscriptionName(text);
    }

    private static TopicAttributesChange sized(int bytes) {
        return new TopicAttributesChange(OptionalInt.of(bytes), Optional.empty());
    }

    private static SubscriptionAttributes to(String endpoint) {
        return new SubscriptionAttributes(
                Endpoint.parse(endpoint), Optional.empty(), NotifyStrategy.BACKOFF_RETRY, NotifyContentFormat.XML);
    }

    private boolean create(String topic) {
        return node().topicService().createTopic(node().account(), name(topic), TopicAttributesChange.NONE);
    }

    private boolean subscribe(String topic, String subscription, SubscriptionAttributes attributes) {
        return node().subscriptions().subscribe(node().account(), name(topic), sub(subscription), attributes);
    }

    private Subscription subscription(String topic, String subscription) {
        return node().subscriptions().getSubscriptionAttributes(node().account(), name(topic), sub(subscription));
    }

    @Test
    default void createdTopicHasTheDefaultsAndHoldsNothing() {
        assertThat(create("t")).isTrue();

        TopicDescription described = node().topicService()
                .getTopicAttributes(node().account(), name("t"))
                .toCompletableFuture()
                .join();
        assertThat(described.topic().attributes()).isEqualTo(TopicAttributes.DEFAULT);
        assertThat(described.topic().createdAt())
                .isEqualTo(node().queues().clock().instant());
        assertThat(described.messageCount()).isZero();
    }

    @Test
    default void creatingATopicAgainFindsAnEqualOneAndRefusesAnother() {
        create("t");

        assertThat(create("t")).isFalse();
        assertThatThrownBy(() -> node().topicService().createTopic(node().account(), name("t"), sized(2048)))
                .isInstanceOf(TopicAlreadyExistException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1023, 65537})
    default void sizesOutsideTheRangeAreRefused(int bytes) {
        assertThatThrownBy(() -> node().topicService().createTopic(node().account(), name("t"), sized(bytes)))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> node().topicService().setTopicAttributes(node().account(), name("t"), sized(bytes)))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 65536})
    default void changedAttributesAreSeenByOtherNodes(int bytes) {
        create("t");
        node().queues().clock().moveBy(Duration.ofSeconds(5));

        node().topicService().setTopicAttributes(node().account(), name("t"), sized(bytes));

        Topic seen = node().restarted().getTopic(node().account(), name("t"));
        assertThat(seen.attributes().maximumMessageSize()).isEqualTo(bytes);
        assertThat(seen.lastModifiedAt()).isEqualTo(seen.createdAt().plusSeconds(5));
    }

    @Test
    default void settingWhatIsNotThereIsRefused() {
        assertThatThrownBy(() -> node().topicService().setTopicAttributes(node().account(), name("t"), sized(2048)))
                .isInstanceOf(TopicNotExistException.class);
    }

    @Test
    default void anAccountHasOnlySoManyTopicsUntilOneIsDeleted() {
        for (int i = 0; i < 5; i++) {
            create("t" + i);
        }
        assertThatThrownBy(() -> create("t5")).isInstanceOf(TopicNumExceededLimitException.class);

        node().topicService().deleteTopic(node().account(), name("t0"));

        assertThat(create("t5")).isTrue();
    }

    @Test
    default void aTopicOfAnUnknownAccountIsRefused() {
        assertThatThrownBy(() ->
                        node().topicService().createTopic(new AccountId("99"), name("t"), TopicAttributesChange.NONE))
                .isInstanceOf(AccountNotExistException.class);
    }

    @Test
    default void topicsAreListedInPages() {
        List.of("b", "a", "ab", "c").forEach(this::create);

        Page<Topic> first = node().topicService().listTopics(node().account(), new Listing("a", Optional.empty(), 1));
        assertThat(first.entries()).extracting(topic -> topic.name().value()).containsExactly("a");
        Page<Topic> second = node().topicService().listTopics(node().account(), new Listing("a", first.next(), 1));
        assertThat(second.entries()).extracting(topic -> topic.name().value()).containsExactly("ab");
        assertThat(second.next()).isEmpty();
        assertThatThrownBy(() ->
                        node().topicService().listTopics(node().account(), new Listing("", Optional.empty(), 1001)))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    default void aSubscriptionIsAHiddenQueueThatNoClientFinds() {
        create("t");

        assertThat(subscribe("t", "s", to("http://h.example/push"))).isTrue();

        Subscription made = subscription("t", "s");
        assertThat(node().queues().queues().findQueue(made.id())).isPresent();
        assertThat(node().queues()
                        .service()
                        .listQueues(node().account(), "", Optional.empty(), 1000)
                        .entries())
                .isEmpty();
        assertThat(node().queues().queues().findQueue(node().account(), new QueueName("hidden-" + made.id())))
                .isEmpty();
        assertThat(node().queues()
                        .service()
                        .createQueue(
                                node().account(), new QueueName("hidden-" + made.id()), QueueAttributesChange.NONE))
                .isTrue();
    }

    @Test
    default void otherNodesReadSubscriptionAndQueue() {
        create("t");
        subscribe(
                "t",
                "s",
                new SubscriptionAttributes(
                        Endpoint.parse("acs:mns:r:127:queues/q"),
                        Optional.of(new Tag("tag")),
                        NotifyStrategy.EXPONENTIAL_DECAY_RETRY,
                        NotifyContentFormat.SIMPLIFIED));

        TopicCatalogue elsewhere = node().restarted();

        Topic topic = elsewhere.getTopic(node().account(), name("t"));
        assertThat(elsewhere.subscriptionsOf(topic)).containsExactly(subscription("t", "s"));
        assertThat(node().queues().restarted().findQueue(subscription("t", "s").id()))
                .isPresent();
    }

    @Test
    default void subscribingAgainFindsAnEqualOneAndRefusesAnother() {
        create("t");
        subscribe("t", "s", to("http://h.example/push"));

        assertThat(subscribe("t", "s", to("http://h.example/push"))).isFalse();
        assertThatThrownBy(() -> subscribe("t", "s", to("http://h.example/other")))
                .isInstanceOf(SubscriptionAlreadyExistException.class);
    }

    @Test
    default void subscribingIsRefusedWithoutATopicForAForbiddenEndpointAndBeyondTheLimit() {
        assertThatThrownBy(() -> subscribe("t", "s", to("http://h.example/")))
                .isInstanceOf(TopicNotExistException.class);
        create("t");
        assertThatThrownBy(() -> subscribe("t", "s", to("http://forbidden.example/")))
                .isInstanceOf(InvalidEndpointException.class);
        for (int i = 0; i < 3; i++) {
            subscribe("t", "s" + i, to("http://h.example/"));
        }
        assertThatThrownBy(() -> subscribe("t", "s3", to("http://h.example/")))
                .isInstanceOf(SubscriptionNumExceededLimitException.class);

        node().subscriptions().unsubscribe(node().account(), name("t"), sub("s0"));

        assertThat(subscribe("t", "s3", to("http://h.example/"))).isTrue();
    }

    @Test
    default void aQueueThatTakesLessThanTheTopicIsNoEndpoint() {
        create("t");
        node().queues()
                .service()
                .createQueue(
                        node().account(),
                        new QueueName("small"),
                        new QueueAttributesChange(
                                OptionalInt.empty(),
                                OptionalInt.of(1024),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                Optional.empty()));

        assertThatThrownBy(() -> subscribe("t", "s", to("acs:mns:r:127:queues/small")))
                .isInstanceOf(InvalidArgumentException.class);
        assertThat(subscribe("t", "s", to("acs:mns:r:127:queues/not-there"))).isTrue();
    }

    @Test
    default void anotherAccountsQueueIsNoEndpoint() {
        create("t");
        String other = node().queues().openAccount().value();

        assertThatThrownBy(() -> subscribe("t", "s", to("acs:mns:r:" + other + ":queues/q")))
                .isInstanceOf(ForeignQueueException.class);
        assertThat(subscribe("t", "s", to("acs:mns:r:" + node().account() + ":queues/q")))
                .isTrue();
    }

    @Test
    default void filterAndStrategyCanBeChangedAndTheRestStays() {
        create("t");
        subscribe("t", "s", to("http://h.example/push"));

        node().subscriptions()
                .setSubscriptionAttributes(
                        node().account(),
                        name("t"),
                        sub("s"),
                        new SubscriptionAttributesChange(
                                Optional.of(new Tag("x")), Optional.of(NotifyStrategy.EXPONENTIAL_DECAY_RETRY)));

        assertThat(subscription("t", "s").attributes())
                .isEqualTo(new SubscriptionAttributes(
                        Endpoint.parse("http://h.example/push"),
                        Optional.of(new Tag("x")),
                        NotifyStrategy.EXPONENTIAL_DECAY_RETRY,
                        NotifyContentFormat.XML));
        assertThatThrownBy(() -> node().subscriptions()
                        .setSubscriptionAttributes(
                                node().account(),
                                name("t"),
                                sub("none"),
                                new SubscriptionAttributesChange(Optional.empty(), Optional.empty())))
                .isInstanceOf(SubscriptionNotExistException.class);
    }

    @Test
    default void unsubscribingRemovesTheHiddenQueueAndCanBeRepeated() {
        create("t");
        subscribe("t", "s", to("http://h.example/push"));
        long queue = subscription("t", "s").id();

        node().subscriptions().unsubscribe(node().account(), name("t"), sub("s"));
        node().subscriptions().unsubscribe(node().account(), name("t"), sub("s"));
        node().subscriptions().unsubscribe(node().account(), name("none"), sub("s"));

        assertThat(node().deletedQueues()).containsExactly(queue);
        assertThat(node().queues().queues().findQueue(queue)).isEmpty();
        assertThatThrownBy(() -> subscription("t", "s")).isInstanceOf(SubscriptionNotExistException.class);
    }

    @Test
    default void deletingATopicRemovesItsSubscriptionsAndCanBeRepeated() {
        create("t");
        subscribe("t", "s", to("http://h.example/push"));
        subscribe("t", "u", to("http://h.example/push"));
        List<Long> hidden =
                List.of(subscription("t", "s").id(), subscription("t", "u").id());

        node().topicService().deleteTopic(node().account(), name("t"));
        node().topicService().deleteTopic(node().account(), name("t"));

        assertThat(node().deletedQueues()).containsExactlyInAnyOrderElementsOf(hidden);
        assertThat(node().topics().findSubscription(hidden.get(0))).isEmpty();
        assertThat(node().restarted().findSubscription(hidden.get(1))).isEmpty();
        assertThat(create("t")).isTrue();
        assertThat(node().topics().subscriptionsOf(node().topics().getTopic(node().account(), name("t"))))
                .isEmpty();
    }

    @Test
    default void messagesOfAllSubscriptionsAreCounted() {
        create("t");
        subscribe("t", "s", to("http://h.example/push"));
        subscribe("t", "u", to("http://h.example/push"));

        TopicDescription described = node().topicService()
                .describeTopics(node().account(), new Listing("", Optional.empty(), 1000))
                .toCompletableFuture()
                .join()
                .entries()
                .get(0);

        assertThat(described.messageCount()).isEqualTo(14);
    }
}
