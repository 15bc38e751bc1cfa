package io.bida.api.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.api.signature.Heads;
import io.bida.api.signature.SignedRequest;
import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;
import io.bida.limits.ServiceLimits;
import io.bida.topic.TopicAlreadyExistException;
import io.bida.topic.TopicNotExistException;
import io.bida.topic.TopicNumExceededLimitException;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicResourcesTest {

    private final RecordingTopics core = new RecordingTopics();
    private final TopicResource one = new TopicResource();
    private final TopicsResource all = new TopicsResource();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // no container here that would inject
    void inject() {
        one.topics = core;
        all.topics = core;
        all.limits = ServiceLimits.STRICT;
    }

    private static SignedRequest request(String method, String target, String body, String... headers) {
        return Heads.signed(Heads.head(method, target, headers), body);
    }

    private Response put(String query, String body) {
        return put("t", query, body);
    }

    private Response put(String name, String query, String body) {
        return one.createOrSetTopic(name, request("PUT", "/topics/" + name + query, body));
    }

    private Response get(String name, String query) {
        return one.getTopicAttributes(name, request("GET", "/topics/" + name + query, ""))
                .toCompletableFuture()
                .join();
    }

    private Response delete(String name, String query) {
        return one.deleteTopic(name, request("DELETE", "/topics/" + name + query, ""));
    }

    private Response list(String query, String... headers) {
        return all.listTopics(request("GET", "/topics" + query, "", headers))
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
    void aCreatedTopicIsA201WithItsPlace() {
        Response answer = put("", "");

        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(answer.getHeaderString("Location")).isEqualTo("http://127.0.0.1:8080/topics/t");
        assertThat(answer.hasEntity()).isFalse();
        assertThat(core.calls).containsExactly("create t 65536 false");
    }

    @Test
    void anExistingTopicIsA204WithItsPlace() {
        core.exists = true;

        Response answer = put("?metaoverride=false", "<Topic/>");

        assertThat(answer.getStatus()).isEqualTo(204);
        assertThat(answer.getHeaderString("Location")).isEqualTo("http://127.0.0.1:8080/topics/t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?metaoverride=true", "?Metaoverride=True", "?metaOverride=TRUE"})
    void theQuerySaysThatAttributesAreToBeSet(String query) {
        Response answer = put(query, "<Topic><LoggingEnabled>true</LoggingEnabled></Topic>");

        assertThat(answer.getStatus()).isEqualTo(204);
        assertThat(answer.getHeaderString("Location")).isNull();
        assertThat(answer.hasEntity()).isFalse();
        assertThat(core.calls).containsExactly("set t 65536 true");
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 65536})
    void theSizeOfMessagesMayBeAtTheEndsOfItsRange(int size) {
        String topic = "<Topic><MaximumMessageSize>" + size + "</MaximumMessageSize></Topic>";

        put("", topic);
        put("?metaoverride=true", topic);

        assertThat(core.calls).containsExactly("create t " + size + " false", "set t " + size + " false");
    }

    @ParameterizedTest
    @ValueSource(ints = {1023, 65537, -1})
    void theSizeOfMessagesMayNotBeBeyondItsRange(int size) {
        String topic = "<Topic><MaximumMessageSize>" + size + "</MaximumMessageSize></Topic>";

        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> put("", topic));
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> put("?metaoverride=true", topic));
        assertThat(core.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "?metaoverride=maybe,<Topic/>,INVALID_QUERY_STRING",
        "?x=1,<Topic/>,INVALID_QUERY_STRING",
        "'',<Topic>,MALFORMED_XML",
        "'',<Queue/>,INVALID_ARGUMENT",
        "'',<Topic><MaximumMessageSize>1e4</MaximumMessageSize></Topic>,INVALID_ARGUMENT"
    })
    void aBadPutIsRefused(String query, String body, ErrorCode code) {
        assertRefused(code, () -> put(query, body));
        assertThat(core.calls).isEmpty();
    }

    @Test
    void attributesAreA200() {
        Response answer = get("TestTopic", "");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(document(answer)).contains("<Topic xmlns", "<TopicName>TestTopic</TopicName>");
    }

    @Test
    void aDeleteIsA204() {
        Response answer = delete("t", "");

        assertThat(answer.getStatus()).isEqualTo(204);
        assertThat(answer.hasEntity()).isFalse();
        assertThat(core.calls).containsExactly("delete t");
    }

    @Test
    void aListWithoutHeadersIsThePageOfAThousandFromTheStart() {
        Response answer = list("");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(document(answer))
                .contains("<TopicURL>http://127.0.0.1:8080/topics/TestTopic</TopicURL>")
                .doesNotContain("TopicName");
        assertThat(core.calls).containsExactly("list Listing[prefix=, after=Optional.empty, limit=1000]");
    }

    @Test
    void aListTakesItsWishesFromHeaders() {
        Response answer =
                list("", "x-mns-prefix", "p", "x-mns-marker", "pq", "x-mns-ret-number", "7", "x-mns-with-meta", "true");

        assertThat(document(answer)).contains("<TopicName>TestTopic</TopicName>");
        assertThat(core.calls)
                .containsExactly("describe Listing[prefix=p, after=Optional[Marker[lastName=pq]], limit=7]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1000"})
    void aPageMayBeAtTheEndsOfItsRange(String number) {
        assertThat(list("", "x-mns-ret-number", number).getStatus()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"x-mns-ret-number,0", "x-mns-ret-number,1001", "x-mns-ret-number,x", "x-mns-marker,a/b"})
    void aListWithABadHeaderIsRefused(String name, String value) {
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> list("", name, value));
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> list("", name, value, "x-mns-with-meta", "true"));
    }

    @Test
    void nothingButAPutHasAQuery() {
        assertRefused(ErrorCode.INVALID_QUERY_STRING, () -> get("t", "?metaoverride=true"));
        assertRefused(ErrorCode.INVALID_QUERY_STRING, () -> delete("t", "?metaoverride=true"));
        assertRefused(ErrorCode.INVALID_QUERY_STRING, () -> list("?metaoverride=true"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255})
    void aNameHasOneTo255Characters(int length) {
        put("a".repeat(length), "", "");

        assertThat(core.calls).containsExactly("create " + "a".repeat(length) + " 65536 false");
    }

    @Test
    void aBadNameIsRefusedByEveryAction() {
        assertRefused(ErrorCode.TOPIC_NAME_INVALID, () -> put("a_b", "", "<not XML"));
        assertRefused(ErrorCode.TOPIC_NAME_INVALID, () -> put("-a", "?metaoverride=true", ""));
        assertRefused(ErrorCode.TOPIC_NAME_INVALID, () -> get("a\r\nX:1", ""));
        assertRefused(ErrorCode.TOPIC_NAME_LENGTH_ERROR, () -> delete("a".repeat(256), ""));
        assertRefused(ErrorCode.TOPIC_NAME_LENGTH_ERROR, () -> put("", "", ""));
    }

    @Test
    void whatTheCoreRefusesIsRefused() {
        core.refusal = Optional.of(new TopicAlreadyExistException());
        assertRefused(ErrorCode.TOPIC_ALREADY_EXIST, () -> put("", ""));
        core.refusal = Optional.of(new TopicNumExceededLimitException(1000));
        assertRefused(ErrorCode.TOPIC_NUM_EXCEEDED_LIMIT, () -> put("", ""));
        core.refusal = Optional.of(new TopicNotExistException());
        assertRefused(ErrorCode.TOPIC_NOT_EXIST, () -> put("?metaoverride=true", ""));
        assertRefused(ErrorCode.TOPIC_NOT_EXIST, () -> get("t", ""));
    }
}
