package io.bida.api.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.api.signature.CapturedRequest;
import io.bida.api.signature.SignedRequest;
import io.bida.limits.ServiceLimits;
import io.bida.topic.Endpoint;
import io.bida.topic.NewPublication;
import io.bida.topic.NotifyContentFormat;
import io.bida.topic.NotifyStrategy;
import io.bida.topic.SubscriptionAttributes;
import io.bida.topic.SubscriptionAttributesChange;
import io.bida.topic.Tag;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an official SDK sent to topics, answered as it accepted it. */
class CapturedTopicCallsTest {

    private final RecordingTopics topics = new RecordingTopics();
    private final RecordingSubscriptions subscriptions = new RecordingSubscriptions();
    private final RecordingPublications publications = new RecordingPublications();

    private final TopicsResource allTopics = new TopicsResource();
    private final TopicResource oneTopic = new TopicResource();
    private final PublicationsResource messages = new PublicationsResource();
    private final SubscriptionsResource allSubscriptions = new SubscriptionsResource();
    private final SubscriptionResource oneSubscription = new SubscriptionResource();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // no container here that would inject
    void inject() {
        allTopics.topics = topics;
        allTopics.limits = ServiceLimits.STRICT;
        oneTopic.topics = topics;
        messages.publications = publications;
        allSubscriptions.subscriptions = subscriptions;
        allSubscriptions.limits = ServiceLimits.STRICT;
        oneSubscription.subscriptions = subscriptions;
    }

    static Stream<String> files() {
        return CapturedRequest.resource("vectors.tsv")
                .lines()
                .map(line -> line.split("\t"))
                .filter(columns -> columns[3].startsWith("/topics"))
                .map(columns -> columns[0])
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyCallGetsTheAnswerThatItsClientAccepted(String file) {
        CapturedRequest captured = CapturedRequest.open(file);

        Response answer = answer(captured.signed());

        assertThat(told(answer)).isEqualTo(captured.answer());
    }

    @Test
    void thereAreCallsOfEveryAction() {
        files().forEach(this::replay);

        assertThat(topics.calls)
                .containsExactlyInAnyOrder(
                        "create TestTopic 65536 false",
                        "set TestTopic 65536 false",
                        "get TestTopic",
                        "delete TestTopic",
                        "list Listing[prefix=Test, after=Optional.empty, limit=10]",
                        "describe Listing[prefix=Test, after=Optional.empty, limit=10]");
        assertThat(subscriptions.calls)
                .containsExactlyInAnyOrder(
                        "subscribe TestTopic TestSub",
                        "subscribe TestTopic TestSubHttp",
                        "set TestTopic TestSub",
                        "get TestTopic TestSub",
                        "unsubscribe TestTopic TestSub",
                        "list TestTopic Listing[prefix=Test, after=Optional.empty, limit=10]",
                        "list TestTopic Listing[prefix=Test, after=Optional.empty, limit=10]");
        assertThat(publications.topics).hasSize(3).containsOnly(RecordingTopics.TOPIC.name());
    }

    @Test
    void whatTheSubscriberAskedForArrives() {
        replay("java-subscribe-queue.txt");
        replay("java-subscribe-http.txt");
        replay("java-set-subscription-attributes.txt");

        assertThat(subscriptions.wishes)
                .containsExactly(
                        new SubscriptionAttributes(
                                Endpoint.parse("acs:mns:cn-hangzhou:1234567890:queues/TestQueue"),
                                Optional.of(new Tag("important")),
                                NotifyStrategy.BACKOFF_RETRY,
                                NotifyContentFormat.SIMPLIFIED),
                        new SubscriptionAttributes(
                                Endpoint.parse("http://127.0.0.1:9999/notifications"),
                                Optional.empty(),
                                NotifyStrategy.EXPONENTIAL_DECAY_RETRY,
                                NotifyContentFormat.XML));
        assertThat(subscriptions.changes)
                .containsExactly(new SubscriptionAttributesChange(
                        Optional.of(new Tag("important")), Optional.of(NotifyStrategy.BACKOFF_RETRY)));
    }

    @Test
    void whatThePublisherSaidArrives() {
        replay("java-publish-message.txt");
        replay("java-publish-message-base64.txt");
        replay("java-publish-message-attributes.txt");

        assertThat(publications.published)
                .extracting(publication -> publication.body().toString())
                .containsExactly("hello topic", "aGVsbG8gdG9waWM=", "mail body");
        assertThat(publications.published)
                .extracting(NewPublication::tag)
                .containsExactly(Optional.of(new Tag("important")), Optional.empty(), Optional.empty());
        assertThat(publications.published.get(2).attributes())
                .containsOnlyKeys("DYSMS", "DM")
                .containsEntry("DYSMS", "{\"PhoneNumber\":\"13800000000\"}")
                .containsEntry("DM", "{\"MailAddress\":\"a@example.com\",\"Subject\":\"subj\",\"IsHtml\":1}");
    }

    private void replay(String file) {
        assertThat(answer(CapturedRequest.open(file).signed()).getStatus()).isLessThan(300);
    }

    private static CapturedRequest.Answer told(Response answer) {
        return new CapturedRequest.Answer(
                answer.getStatus(),
                Optional.ofNullable(answer.getHeaderString("Location")),
                answer.hasEntity() ? new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8) : "");
    }

    /** Finds the resource, as JAX-RS does by the paths of their annotations. */
    private Response answer(SignedRequest call) {
        String[] path = call.head().path().split("/", -1);
        return switch (path.length) {
            case 2 -> join(allTopics.listTopics(call));
            case 3 -> topic(path[2], call);
            case 4 ->
                path[3].equals("messages")
                        ? join(messages.publishMessage(path[2], call))
                        : allSubscriptions.listSubscriptions(path[2], call);
            default -> subscription(path[2], path[4], call);
        };
    }

    private Response topic(String topic, SignedRequest call) {
        return switch (call.head().method()) {
            case "PUT" -> oneTopic.createOrSetTopic(topic, call);
            case "GET" -> join(oneTopic.getTopicAttributes(topic, call));
            default -> oneTopic.deleteTopic(topic, call);
        };
    }

    private Response subscription(String topic, String subscription, SignedRequest call) {
        return switch (call.head().method()) {
            case "PUT" -> oneSubscription.subscribeOrSet(topic, subscription, call);
            case "GET" -> oneSubscription.getSubscriptionAttributes(topic, subscription, call);
            default -> oneSubscription.unsubscribe(topic, subscription, call);
        };
    }

    private static Response join(CompletionStage<Response> answer) {
        return answer.toCompletableFuture().join();
    }
}
