package io.bida.api.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.api.signature.Heads;
import io.bida.error.ErrorCode;
import io.bida.error.InvalidArgumentException;
import io.bida.error.ServiceException;
import io.bida.error.ServiceUnavailableException;
import io.bida.topic.Tag;
import io.bida.topic.TopicName;
import io.bida.topic.TopicNotExistException;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicationsResourceTest {

    private static final String MESSAGE = "<Message><MessageBody>a</MessageBody><MessageTag>t</MessageTag></Message>";

    private final RecordingPublications core = new RecordingPublications();
    private final PublicationsResource resource = new PublicationsResource();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // no container here that would inject
    void inject() {
        resource.publications = core;
    }

    private Response post(String topic, String query, String body) {
        return resource.publishMessage(topic, Heads.signed(Heads.head("POST", "/topics/t/messages" + query), body))
                .toCompletableFuture()
                .join();
    }

    private static String document(Response answer) {
        assertThat(answer.getHeaderString("Content-Type")).isEqualTo("text/xml;charset=utf-8");
        return new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
    }

    private static void assertRefused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(ServiceException.class)
                .extracting("code")
                .isEqualTo(code);
    }

    @Test
    void aPublishAnswers201WithIdAndDigest() {
        Response answer = post("t", "", MESSAGE);

        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(document(answer))
                .contains("<Message xmlns", "<MessageId>", "<MessageBodyMD5>0CC175B9C0F1B6A831C399E269772661<");
        assertThat(core.topics).containsExactly(new TopicName("t"));
        assertThat(core.published).singleElement().satisfies(publication -> {
            assertThat(publication.body()).hasToString("a");
            assertThat(publication.tag()).contains(new Tag("t"));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "?metaoverride=true,<Message><MessageBody>a</MessageBody></Message>,INVALID_QUERY_STRING",
        "'','',MALFORMED_XML",
        "'',<Message>,MALFORMED_XML",
        "'',<Message/>,INVALID_ARGUMENT",
        "'',<Messages><Message><MessageBody>a</MessageBody></Message></Messages>,INVALID_ARGUMENT"
    })
    void aBadPublishIsRefused(String query, String body, ErrorCode code) {
        assertRefused(code, () -> post("t", query, body));
        assertThat(core.published).isEmpty();
    }

    @Test
    void aBadTopicNameIsRefused() {
        assertRefused(ErrorCode.TOPIC_NAME_INVALID, () -> post("a_b", "", "<not XML"));
        assertRefused(ErrorCode.TOPIC_NAME_LENGTH_ERROR, () -> post("a".repeat(256), "", MESSAGE));
    }

    @Test
    void whatTheCoreRefusesIsRefused() {
        core.refusal = Optional.of(new TopicNotExistException());
        assertRefused(ErrorCode.TOPIC_NOT_EXIST, () -> post("t", "", MESSAGE));
        core.refusal = Optional.of(InvalidArgumentException.outOfRange("MessageBody", 1, 65536, "bytes"));
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> post("t", "", MESSAGE));
    }

    @Test
    void aCopyThatCouldNotBeStoredIsAnError() {
        core.failure = Optional.of(new ServiceUnavailableException("the disk is full"));

        Response answer = post("t", "", MESSAGE);

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(document(answer)).contains("<Error xmlns", "<Code>ServiceUnavailable</Code>");
    }
}
