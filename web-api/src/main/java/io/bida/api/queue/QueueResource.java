package io.bida.api.queue;

import io.bida.api.answer.Answers;
import io.bida.api.signature.SignedRequest;
import io.bida.api.xml.QueueDocument;
import io.bida.api.xml.QueuesDocument;
import io.bida.queue.QueueAttributesChange;
import io.bida.queue.QueueName;
import io.bida.queue.QueueService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** {@code /queues/{queue}}: one queue. */
@Path("/queues/{queue}")
@ApplicationScoped
public class QueueResource {

    @Inject
    QueueService queues;

    /**
     * CreateQueue, wire specification 6.1: 201, or 204 if it exists with equal attributes; SetQueueAttributes, 6.2:
     * 204. The query tells them apart.
     *
     * <p>Refuses a bad name (InvalidQueueName, QueueNameLengthError), bad XML (MalformedXML), an attribute out of its
     * range (InvalidArgument), other attributes of an existing queue (QueueAlreadyExist), and setting what is not there
     * (QueueNotExist).
     */
    @PUT
    public Response createOrSetQueue(@PathParam("queue") String queue, @Context SignedRequest request) {
        boolean set = request.isMetaOverride();
        QueueName name = new QueueName(queue);
        QueueAttributesChange attributes = QueueDocument.read(request.body());
        return set ? setQueueAttributes(name, attributes, request) : createQueue(name, attributes, request);
    }

    private Response createQueue(QueueName name, QueueAttributesChange attributes, SignedRequest request) {
        boolean created = queues.createQueue(request.account(), name, attributes);
        String location = QueuesDocument.url(request.head().baseURL(), name);
        return created ? Answers.created(location) : Answers.existing(location);
    }

    private Response setQueueAttributes(QueueName name, QueueAttributesChange attributes, SignedRequest request) {
        queues.setQueueAttributes(request.account(), name, attributes);
        return Answers.done();
    }

    /** GetQueueAttributes, wire specification 6.3: 200. Refuses what is not there (QueueNotExist). */
    @GET
    public CompletionStage<Response> getQueueAttributes(
            @PathParam("queue") String queue, @Context SignedRequest request) {
        request.query();
        return Answers.later(
                request,
                queues.getQueueAttributes(request.account(), new QueueName(queue)),
                description -> Answers.ok(QueueDocument.write(description)));
    }

    /** DeleteQueue, wire specification 6.4: 204, also if there is none. */
    @DELETE
    public Response deleteQueue(@PathParam("queue") String queue, @Context SignedRequest request) {
        request.query();
        queues.deleteQueue(request.account(), new QueueName(queue));
        return Answers.done();
    }
}
