package io.bida.api.queue;

import io.bida.api.answer.Answers;
import io.bida.api.header.ListingHeaders;
import io.bida.api.signature.SignedRequest;
import io.bida.api.xml.QueuesDocument;
import io.bida.limits.ServiceLimits;
import io.bida.queue.Listing;
import io.bida.queue.QueueService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code /queues}: an account's queues. */
@Path("/queues")
@ApplicationScoped
public class QueuesResource {

    @Inject
    QueueService queues;

    @Inject
    ServiceLimits limits;

    /**
     * ListQueue, wire specification 6.5: 200.
     *
     * <p>Refuses a page size or marker that cannot be one (InvalidArgument).
     */
    @GET
    public CompletionStage<Response> listQueues(@Context SignedRequest request) {
        request.query();
        ListingHeaders wish = ListingHeaders.read(request.head(), limits);
        return wish.withMeta()
                ? describeQueues(wish.listing(), request)
                : CompletableFuture.completedStage(listQueues(wish.listing(), request));
    }

    private Response listQueues(Listing wish, SignedRequest request) {
        return Answers.ok(QueuesDocument.write(
                queues.listQueues(request.account(), wish.prefix(), wish.after(), wish.limit()),
                request.head().baseURL()));
    }

    private CompletionStage<Response> describeQueues(Listing wish, SignedRequest request) {
        return Answers.later(
                request,
                queues.describeQueues(request.account(), wish.prefix(), wish.after(), wish.limit()),
                page -> Answers.ok(
                        QueuesDocument.writeWithMeta(page, request.head().baseURL())));
    }
}
