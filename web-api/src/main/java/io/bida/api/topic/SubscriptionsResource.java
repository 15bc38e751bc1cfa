package io.bida.api.topic;

import io.bida.api.answer.Answers;
import io.bida.api.header.ListingHeaders;
import io.bida.api.signature.SignedRequest;
import io.bida.api.xml.SubscriptionsDocument;
import io.bida.limits.ServiceLimits;
import io.bida.queue.Page;
import io.bida.topic.Subscription;
import io.bida.topic.SubscriptionService;
import io.bida.topic.TopicName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** {@code /topics/{topic}/subscriptions}: a topic's subscriptions. */
@Path("/topics/{topic}/subscriptions")
@ApplicationScoped
public class SubscriptionsResource {

    @Inject
    SubscriptionService subscriptions;

    @Inject
    ServiceLimits limits;

    /**
     * ListSubscriptionByTopic, wire specification 8.5: 200.
     *
     * <p>Refuses a bad name (TopicNameInvalid, TopicNameLengthError), a page size or marker that cannot be one
     * (InvalidArgument), and a topic that is not there (TopicNotExist).
     */
    @GET
    public Response listSubscriptions(@PathParam("topic") String topic, @Context SignedRequest request) {
        request.query();
        TopicName name = new TopicName(topic);
        ListingHeaders wish = ListingHeaders.read(request.head(), limits);
        Page<Subscription> page = subscriptions.listSubscriptions(request.account(), name, wish.listing());
        String baseURL = request.head().baseURL();
        return Answers.ok(
                wish.withMeta()
                        ? SubscriptionsDocument.writeWithMeta(page, baseURL)
                        : SubscriptionsDocument.write(page, baseURL));
    }
}
