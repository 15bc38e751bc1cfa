package io.bida.api.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.api.signature.Heads;
import io.bida.api.signature.SignedRequest;
import io.bida.error.ErrorCode;
import io.bida.error.ServiceException;
import io.bida.limits.ServiceLimits;
import io.bida.topic.Endpoint;
import io.bida.topic.InvalidEndpointException;
import io.bida.topic.NotifyContentFormat;
import io.bida.topic.NotifyStrategy;
import io.bida.topic.SubscriptionAlreadyExistException;
import io.bida.topic.SubscriptionAttributes;
import io.bida.topic.SubscriptionAttributesChange;
import io.bida.topic.SubscriptionNotExistException;
import io.bida.topic.SubscriptionNumExceededLimitException;
import io.bida.topic.Tag;
import io.bida.topic.TopicNotExistException;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionResourcesTest {

    private static final String WISH = "<Subscription><Endpoint>http://h/</Endpoint></Subscription>";

    private final RecordingSubscriptions core = new RecordingSubscriptions();
    private final SubscriptionResource one = new SubscriptionResource();
    private final SubscriptionsResource all = new SubscriptionsResource();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // no container here that would inject
    void inject() {
        one.subscriptions = core;
        all.subscriptions = core;
        all.limits = ServiceLimits.STRICT;
    }

    private static SignedRequest request(String method, String target, String body, String... headers) {
        return Heads.signed(Heads.head(method, target, headers), body);
    }

    private Response put(String query, String body) {
        return put("t", "s", query, body);
    }

    private Response put(String topic, String name, String query, String body) {
        return one.subscribeOrSet(topic, name, request("PUT", "/topics/t/subscriptions/s" + query, body));
    }

    private Response get(String topic, String name, String query) {
        return one.getSubscriptionAttributes(topic, name, request("GET", "/topics/t/subscriptions/s" + query, ""));
    }

    private Response delete(String topic, String name, String query) {
        return one.unsubscribe(topic, name, request("DELETE", "/topics/t/subscriptions/s" + query, ""));
    }

    private Response list(String topic, String query, String... headers) {
        return all.listSubscriptions(topic, request("GET", "/topics/t/subscriptions" + query, "", headers));
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
    void aNewSubscriptionIsA201WithItsPlace() {
        Response answer = put("", WISH);

        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(answer.getHeaderString("Location")).isEqualTo("http://127.0.0.1:8080/topics/t/subscriptions/s");
        assertThat(answer.hasEntity()).isFalse();
        assertThat(core.calls).containsExactly("subscribe t s");
        assertThat(core.wishes)
                .containsExactly(new SubscriptionAttributes(
                        Endpoint.parse("http://h/"),
                        Optional.empty(),
                        NotifyStrategy.BACKOFF_RETRY,
                        NotifyContentFormat.XML));
    }

    @Test
    void anExistingSubscriptionIsA204WithItsPlace() {
        core.exists = true;

        Response answer = put("?metaoverride=false", WISH);

        assertThat(answer.getStatus()).isEqualTo(204);
        assertThat(answer.getHeaderString("Location")).isEqualTo("http://127.0.0.1:8080/topics/t/subscriptions/s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?metaoverride=true", "?Metaoverride=True", "?metaOverride=TRUE"})
    void theQuerySaysThatAttributesAreToBeSet(String query) {
        Response answer = put(query, "<Subscription><FilterTag>new</FilterTag></Subscription>");

        assertThat(answer.getStatus()).isEqualTo(204);
        assertThat(answer.getHeaderString("Location")).isNull();
        assertThat(answer.hasEntity()).isFalse();
        assertThat(core.calls).containsExactly("set t s");
        assertThat(core.changes)
                .containsExactly(new SubscriptionAttributesChange(Optional.of(new Tag("new")), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "?metaoverride=maybe,<Subscription/>,INVALID_QUERY_STRING",
        "?x=1,<Subscription/>,INVALID_QUERY_STRING",
        "'',<Subscription>,MALFORMED_XML",
        "?metaoverride=true,<Subscription>,MALFORMED_XML",
        "'',<Topic/>,INVALID_ARGUMENT",
        "'',<Subscription/>,INVALID_ARGUMENT",
        "'',<Subscription><Endpoint>nowhere</Endpoint></Subscription>,ENDPOINT_INVALID",
        "?metaoverride=true,<Subscription><NotifyStrategy>x</NotifyStrategy></Subscription>,INVALID_ARGUMENT"
    })
    void aBadPutIsRefused(String query, String body, ErrorCode code) {
        assertRefused(code, () -> put(query, body));
        assertThat(core.calls).isEmpty();
    }

    @Test
    void attributesAreA200() {
        Response answer = get("t", "s", "");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(document(answer)).contains("<Subscription xmlns", "<SubscriptionName>TestSub</SubscriptionName>");
        assertThat(core.calls).containsExactly("get t s");
    }

    @Test
    void anUnsubscribeIsA204() {
        Response answer = delete("t", "s", "");

        assertThat(answer.getStatus()).isEqualTo(204);
        assertThat(answer.hasEntity()).isFalse();
        assertThat(core.calls).containsExactly("unsubscribe t s");
    }

    @Test
    void aListWithoutHeadersIsThePageOfAThousandFromTheStart() {
        Response answer = list("t", "");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(document(answer))
                .contains("<SubscriptionURL>http://127.0.0.1:8080/topics/TestTopic/subscriptions/TestSub<")
                .doesNotContain("SubscriptionName");
        assertThat(core.calls).containsExactly("list t Listing[prefix=, after=Optional.empty, limit=1000]");
    }

    @Test
    void aListTakesItsWishesFromHeaders() {
        Response answer = list(
                "t", "", "x-mns-prefix", "p", "x-mns-marker", "pq", "x-mns-ret-number", "7", "x-mns-with-meta", "true");

        assertThat(document(answer)).contains("<SubscriptionName>TestSub</SubscriptionName>");
        assertThat(core.calls)
                .containsExactly("list t Listing[prefix=p, after=Optional[Marker[lastName=pq]], limit=7]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1000"})
    void aPageMayBeAtTheEndsOfItsRange(String number) {
        assertThat(list("t", "", "x-mns-ret-number", number).getStatus()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"x-mns-ret-number,0", "x-mns-ret-number,1001", "x-mns-ret-number,x", "x-mns-marker,a/b"})
    void aListWithABadHeaderIsRefused(String name, String value) {
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> list("t", "", name, value));
    }

    @Test
    void nothingButAPutHasAQuery() {
        assertRefused(ErrorCode.INVALID_QUERY_STRING, () -> get("t", "s", "?metaoverride=true"));
        assertRefused(ErrorCode.INVALID_QUERY_STRING, () -> delete("t", "s", "?metaoverride=true"));
        assertRefused(ErrorCode.INVALID_QUERY_STRING, () -> list("t", "?metaoverride=true"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255})
    void aNameHasOneTo255Characters(int length) {
        put("t", "a".repeat(length), "", WISH);

        assertThat(core.calls).containsExactly("subscribe t " + "a".repeat(length));
    }

    @Test
    void aBadNameIsRefusedByEveryAction() {
        String tooLong = "a".repeat(256);

        assertRefused(ErrorCode.SUBSCRIPTION_NAME_INVALID, () -> put("t", "a_b", "", "<not XML"));
        assertRefused(ErrorCode.SUBSCRIPTION_NAME_LENGTH_ERROR, () -> put("t", tooLong, "?metaoverride=true", ""));
        assertRefused(ErrorCode.SUBSCRIPTION_NAME_INVALID, () -> get("t", "-a", ""));
        assertRefused(ErrorCode.SUBSCRIPTION_NAME_LENGTH_ERROR, () -> delete("t", tooLong, ""));
        assertRefused(ErrorCode.SUBSCRIPTION_NAME_LENGTH_ERROR, () -> delete("t", "", ""));
    }

    @Test
    void aBadNameOfTheTopicIsRefusedFirst() {
        String tooLong = "a".repeat(256);

        assertRefused(ErrorCode.TOPIC_NAME_INVALID, () -> put("a_b", "a_b", "", WISH));
        assertRefused(ErrorCode.TOPIC_NAME_LENGTH_ERROR, () -> get(tooLong, "a_b", ""));
        assertRefused(ErrorCode.TOPIC_NAME_INVALID, () -> delete("-a", "a_b", ""));
        assertRefused(ErrorCode.TOPIC_NAME_LENGTH_ERROR, () -> list(tooLong, ""));
    }

    @Test
    void whatTheCoreRefusesIsRefused() {
        core.refusal = Optional.of(new SubscriptionAlreadyExistException());
        assertRefused(ErrorCode.SUBSCRIPTION_ALREADY_EXIST, () -> put("", WISH));
        core.refusal = Optional.of(new SubscriptionNumExceededLimitException(100));
        assertRefused(ErrorCode.SUBSCRIPTION_NUM_EXCEEDED_LIMIT, () -> put("", WISH));
        core.refusal = Optional.of(new InvalidEndpointException("its address is forbidden"));
        assertRefused(ErrorCode.ENDPOINT_INVALID, () -> put("", WISH));
        core.refusal = Optional.of(new SubscriptionNotExistException());
        assertRefused(ErrorCode.SUBSCRIPTION_NOT_EXIST, () -> put("?metaoverride=true", ""));
        assertRefused(ErrorCode.SUBSCRIPTION_NOT_EXIST, () -> get("t", "s", ""));
        core.refusal = Optional.of(new TopicNotExistException());
        assertRefused(ErrorCode.TOPIC_NOT_EXIST, () -> put("", WISH));
        assertRefused(ErrorCode.TOPIC_NOT_EXIST, () -> get("t", "s", ""));
        assertRefused(ErrorCode.TOPIC_NOT_EXIST, () -> list("t", ""));
    }
}
