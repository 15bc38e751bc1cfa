package io.bida.api.queue;

import io.bida.api.answer.Answers;
import io.bida.api.header.ApiHeaders;
import io.bida.api.signature.SignedRequest;
import io.bida.api.xml.QueuesDocument;
import io.bida.api.xml.Values;
import io.bida.error.InvalidArgumentException;
import io.bida.error.ServiceException;
import io.bida.limits.ServiceLimits;
import io.bida.queue.Marker;
import io.bida.queue.QueueName;
import io.bida.queue.QueueService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
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
        String prefix = request.head().header(ApiHeaders.PREFIX).orElse("");
        Optional<Marker> after = request.head()
                .header(ApiHeaders.MARKER)
                .filter(text -> !text.isEmpty()) // so a client asks for the beginning
                .map(QueuesResource::marker);
        int limit = request.head()
                .header(ApiHeaders.RET_NUMBER)
                .map(text -> Values.integer("x-mns-ret-number", text))
                .orElse(limits.maxListed());
        boolean withMeta = request.head()
                .header(ApiHeaders.WITH_META)
                .map(text -> Values.bool("x-mns-with-meta", text))
                .orElse(false);
        String baseURL = request.head().baseURL();
        return withMeta
                ? Answers.later(
                        request,
                        queues.describeQueues(request.account(), prefix, after, limit),
                        page -> Answers.ok(QueuesDocument.writeWithMeta(page, baseURL)))
                : CompletableFuture.completedStage(Answers.ok(
                        QueuesDocument.write(queues.listQueues(request.account(), prefix, after, limit), baseURL)));
    }

    private static Marker marker(String text) {
        try {
            return new Marker(new QueueName(text).value());
        } catch (ServiceException e) {
            throw InvalidArgumentException.causedBy("x-mns-marker");
        }
    }
}
