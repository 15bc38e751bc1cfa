package io.bida.api.topic;

import io.bida.api.answer.Answers;
import io.bida.api.header.ListingHeaders;
import io.bida.api.signature.SignedRequest;
import io.bida.api.xml.TopicsDocument;
import io.bida.limits.ServiceLimits;
import io.bida.queue.Listing;
import io.bida.topic.TopicService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code /topics}: an account's topics. */
@Path("/topics")
@ApplicationScoped
public class TopicsResource {

    @Inject
    TopicService topics;

    @Inject
    ServiceLimits limits;

    /**
     * ListTopic, wire specification 8.2: 200.
     *
     * <p>Refuses a page size or marker that cannot be one (InvalidArgument).
     */
    @GET
    public CompletionStage<Response> listTopics(@Context SignedRequest request) {
        request.query();
        ListingHeaders wish = ListingHeaders.read(request.head(), limits);
        return wish.withMeta()
                ? describeTopics(wish.listing(), request)
                : CompletableFuture.completedStage(listTopics(wish.listing(), request));
    }

    private Response listTopics(Listing wish, SignedRequest request) {
        return Answers.ok(TopicsDocument.write(
                topics.listTopics(request.account(), wish), request.head().baseURL()));
    }

    private CompletionStage<Response> describeTopics(Listing wish, SignedRequest request) {
        return Answers.later(
                request,
                topics.describeTopics(request.account(), wish),
                page -> Answers.ok(
                        TopicsDocument.writeWithMeta(page, request.head().baseURL())));
    }
}
