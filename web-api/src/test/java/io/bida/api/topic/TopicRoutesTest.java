package io.bida.api.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import java.net.URISyntaxException;
import java.util.List;
import org.jboss.resteasy.core.SynchronousDispatcher;
import org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.jboss.resteasy.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which action a method and a path are, as the server's JAX-RS finds it. Source: wire specification 1.2. */
class TopicRoutesTest {

    private final Registry registry = new SynchronousDispatcher(new ResteasyProviderFactoryImpl()).getRegistry();

    @BeforeEach
    void register() {
        List.of(
                        TopicsResource.class,
                        TopicResource.class,
                        PublicationsResource.class,
                        SubscriptionsResource.class,
                        SubscriptionResource.class)
                .forEach(registry::addPerRequestResource);
    }

    private String action(String method, String path) throws URISyntaxException {
        return registry.getResourceInvoker(MockHttpRequest.create(method, path))
                .getMethod()
                .getName();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/topics,listTopics",
        "GET,/topics/,listTopics",
        "PUT,/topics/t,createOrSetTopic",
        "GET,/topics/t,getTopicAttributes",
        "GET,/topics/t/,getTopicAttributes",
        "DELETE,/topics/t,deleteTopic",
        "POST,/topics/t/messages,publishMessage",
        "POST,/topics/t/messages/,publishMessage",
        "GET,/topics/t/subscriptions,listSubscriptions",
        "GET,/topics/t/subscriptions/,listSubscriptions",
        "PUT,/topics/t/subscriptions/s,subscribeOrSet",
        "GET,/topics/t/subscriptions/s,getSubscriptionAttributes",
        "GET,/topics/t/subscriptions/s/,getSubscriptionAttributes",
        "DELETE,/topics/t/subscriptions/s,unsubscribe"
    })
    void everyActionHasItsMethodAndPath(String method, String path, String action) throws URISyntaxException {
        assertThat(action(method, path)).isEqualTo(action);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/topics/messages,createOrSetTopic",
        "PUT,/topics/subscriptions,createOrSetTopic",
        "POST,/topics/messages/messages,publishMessage",
        "GET,/topics/messages/subscriptions,listSubscriptions",
        "PUT,/topics/subscriptions/subscriptions/messages,subscribeOrSet"
    })
    void namesMayBeWordsOfThePaths(String method, String path, String action) throws URISyntaxException {
        assertThat(action(method, path)).isEqualTo(action);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/topics",
        "POST,/topics/t",
        "GET,/topics/t/messages",
        "DELETE,/topics/t/messages",
        "PUT,/topics/t/subscriptions",
        "POST,/topics/t/subscriptions/s"
    })
    void otherMethodsAreNone(String method, String path) {
        assertThatThrownBy(() -> action(method, path)).isInstanceOf(NotAllowedException.class);
    }

    @ParameterizedTest
    @CsvSource({"GET,/topics/t/x", "GET,/topics/t/subscriptions/s/x", "POST,/topics/t/messages/x", "GET,/topic"})
    void otherPathsAreNone(String method, String path) {
        assertThatThrownBy(() -> action(method, path)).isInstanceOf(NotFoundException.class);
    }
}
