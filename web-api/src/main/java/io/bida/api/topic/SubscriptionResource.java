package io.bida.api.topic;

import io.bida.api.answer.Answers;
import io.bida.api.signature.SignedRequest;
import io.bida.api.xml.SubscriptionDocument;
import io.bida.api.xml.SubscriptionsDocument;
import io.bida.topic.SubscriptionAttributes;
import io.bida.topic.SubscriptionAttributesChange;
import io.bida.topic.SubscriptionName;
import io.bida.topic.SubscriptionService;
import io.bida.topic.TopicName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/**
 * {@code /topics/{topic}/subscriptions/{subscription}}: one subscription.
 *
 * <p>Every action refuses a bad name (TopicNameInvalid, TopicNameLengthError, SubscriptionNameInvalid,
 * SubscriptionNameLengthError), the topic's before the subscription's.
 */
@Path("/topics/{topic}/subscriptions/{subscription}")
@ApplicationScoped
public class SubscriptionResource {

    @Inject
    SubscriptionService subscriptions;

    /**
     * Subscribe, wire specification 8.5: 201, or 204 if it exists with equal attributes; SetSubscriptionAttributes:
     * 204. The query tells them apart.
     *
     * <p>Refuses bad XML (MalformedXML), a value that is missing, not of its type or too long (InvalidArgument), and a
     * topic that is not there (TopicNotExist). Subscribing also refuses an endpoint that nothing can be delivered to
     * (EndpointInvalid), a queue that takes no messages as large as the topic's (InvalidArgument), another account's
     * queue (AccessDenied), other attributes of an existing subscription (SubscriptionAlreadyExist), and one
     * subscription more than the topic may have (SubscriptionNumExceededLimit); setting refuses what is not there
     * (SubscriptionNotExist).
     */
    @PUT
    public Response subscribeOrSet(
            @PathParam("topic") String topic,
            @PathParam("subscription") String subscription,
            @Context SignedRequest request) {
        boolean set = request.isMetaOverride();
        TopicName topicName = new TopicName(topic);
        SubscriptionName name = new SubscriptionName(subscription);
        return set ? setSubscriptionAttributes(topicName, name, request) : subscribe(topicName, name, request);
    }

    private Response subscribe(TopicName topic, SubscriptionName name, SignedRequest request) {
        SubscriptionAttributes attributes = SubscriptionDocument.read(request.body());
        boolean made = subscriptions.subscribe(request.account(), topic, name, attributes);
        String location = SubscriptionsDocument.url(request.head().baseURL(), topic, name);
        return made ? Answers.created(location) : Answers.existing(location);
    }

    private Response setSubscriptionAttributes(TopicName topic, SubscriptionName name, SignedRequest request) {
        SubscriptionAttributesChange change = SubscriptionDocument.readChange(request.body());
        subscriptions.setSubscriptionAttributes(request.account(), topic, name, change);
        return Answers.done();
    }

    /**
     * GetSubscriptionAttributes, wire specification 8.5: 200. Refuses what is not there (TopicNotExist,
     * SubscriptionNotExist).
     */
    @GET
    public Response getSubscriptionAttributes(
            @PathParam("topic") String topic,
            @PathParam("subscription") String subscription,
            @Context SignedRequest request) {
        request.query();
        TopicName topicName = new TopicName(topic);
        SubscriptionName name = new SubscriptionName(subscription);
        return Answers.ok(SubscriptionDocument.write(
                subscriptions.getSubscriptionAttributes(request.account(), topicName, name)));
    }

    /** Unsubscribe, wire specification 8.5: 204, also if there is none, nor such a topic. */
    @DELETE
    public Response unsubscribe(
            @PathParam("topic") String topic,
            @PathParam("subscription") String subscription,
            @Context SignedRequest request) {
        request.query();
        subscriptions.unsubscribe(request.account(), new TopicName(topic), new SubscriptionName(subscription));
        return Answers.done();
    }
}
