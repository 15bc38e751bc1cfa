package io.bida.api.topic;

import io.bida.api.answer.Answers;
import io.bida.api.signature.SignedRequest;
import io.bida.api.xml.TopicDocument;
import io.bida.api.xml.TopicsDocument;
import io.bida.topic.TopicAttributesChange;
import io.bida.topic.TopicName;
import io.bida.topic.TopicService;
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

/**
 * {@code /topics/{topic}}: one topic.
 *
 * <p>Every action refuses a bad name (TopicNameInvalid, TopicNameLengthError).
 */
@Path("/topics/{topic}")
@ApplicationScoped
public class TopicResource {

    @Inject
    TopicService topics;

    /**
     * CreateTopic, wire specification 8.2: 201, or 204 if it exists with equal attributes; SetTopicAttributes: 204. The
     * query tells them apart.
     *
     * <p>Refuses bad XML (MalformedXML), an attribute out of its range (InvalidArgument), other attributes of an
     * existing topic (TopicAlreadyExist), one topic more than the account may have (TopicNumExceededLimit), and setting
     * what is not there (TopicNotExist).
     */
    @PUT
    public Response createOrSetTopic(@PathParam("topic") String topic, @Context SignedRequest request) {
        boolean set = request.isMetaOverride();
        TopicName name = new TopicName(topic);
        TopicAttributesChange attributes = TopicDocument.read(request.body());
        return set ? setTopicAttributes(name, attributes, request) : createTopic(name, attributes, request);
    }

    private Response createTopic(TopicName name, TopicAttributesChange attributes, SignedRequest request) {
        boolean created = topics.createTopic(request.account(), name, attributes);
        String location = TopicsDocument.url(request.head().baseURL(), name);
        return created ? Answers.created(location) : Answers.existing(location);
    }

    private Response setTopicAttributes(TopicName name, TopicAttributesChange attributes, SignedRequest request) {
        topics.setTopicAttributes(request.account(), name, attributes);
        return Answers.done();
    }

    /** GetTopicAttributes, wire specification 8.2: 200. Refuses what is not there (TopicNotExist). */
    @GET
    public CompletionStage<Response> getTopicAttributes(
            @PathParam("topic") String topic, @Context SignedRequest request) {
        request.query();
        return Answers.later(
                request,
                topics.getTopicAttributes(request.account(), new TopicName(topic)),
                description -> Answers.ok(TopicDocument.write(description)));
    }

    /** DeleteTopic, wire specification 8.2: 204, also if there is none. */
    @DELETE
    public Response deleteTopic(@PathParam("topic") String topic, @Context SignedRequest request) {
        request.query();
        topics.deleteTopic(request.account(), new TopicName(topic));
        return Answers.done();
    }
}
