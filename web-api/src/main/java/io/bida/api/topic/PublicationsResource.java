package io.bida.api.topic;

import io.bida.api.answer.Answers;
import io.bida.api.signature.SignedRequest;
import io.bida.api.xml.PublicationDocument;
import io.bida.topic.NewPublication;
import io.bida.topic.PublishService;
import io.bida.topic.TopicName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** {@code /topics/{topic}/messages}: what is published to a topic. */
@Path("/topics/{topic}/messages")
@ApplicationScoped
public class PublicationsResource {

    @Inject
    PublishService publications;

    /**
     * PublishMessage, wire specification 8.6: 201, also if nobody has subscribed.
     *
     * <p>Refuses a bad name (TopicNameInvalid, TopicNameLengthError), bad XML (MalformedXML), a message that is empty,
     * too large, or has a tag, attribute or property that is not of its form (InvalidArgument), and a topic that is not
     * there (TopicNotExist).
     */
    @POST
    public CompletionStage<Response> publishMessage(@PathParam("topic") String topic, @Context SignedRequest request) {
        request.query();
        TopicName name = new TopicName(topic);
        NewPublication publication = PublicationDocument.read(request.body());
        return Answers.later(
                request,
                publications.publishMessage(request.account(), name, publication),
                published -> Answers.sent(PublicationDocument.write(published)));
    }
}
