package io.bida.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.AccountId;
import io.bida.api.signature.Heads;
import io.bida.api.signature.SignedRequest;
import io.bida.error.ErrorCode;
import io.bida.limits.ServiceLimits;
import io.bida.queue.Marker;
import io.bida.queue.Page;
import io.bida.queue.Queue;
import io.bida.queue.QueueAttributes;
import io.bida.queue.QueueAttributesChange;
import io.bida.queue.QueueDescription;
import io.bida.queue.QueueName;
import io.bida.queue.QueueService;
import io.bida.queue.QueueStatistics;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueResourcesTest {

    private final RecordingQueues core = new RecordingQueues();
    private final QueueResource one = new QueueResource();
    private final QueuesResource all = new QueuesResource();

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // no container here that would inject
    void inject() {
        one.queues = core;
        all.queues = core;
        all.limits = ServiceLimits.STRICT;
    }

    private static SignedRequest request(String method, String target, String body, String... headers) {
        return Heads.signed(Heads.head(method, target, headers), body);
    }

    private Response put(String query, String body) {
        return one.createOrSetQueue("q", request("PUT", "/queues/q" + query, body));
    }

    private Response list(String... headers) {
        return all.listQueues(request("GET", "/queues", "", headers))
                .toCompletableFuture()
                .join();
    }

    private static String document(Response answer) {
        return new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
    }

    @Test
    void aCreatedQueueIsA201WithItsPlace() {
        Response answer = put("", "");

        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(answer.getHeaderString("Location")).isEqualTo("http://127.0.0.1:8080/queues/q");
        assertThat(answer.hasEntity()).isFalse();
    }

    @Test
    void anExistingQueueIsA204WithItsPlace() {
        core.exists = true;

        Response answer = put("?metaoverride=false", "<Queue/>");

        assertThat(answer.getStatus()).isEqualTo(204);
        assertThat(answer.getHeaderString("Location")).isEqualTo("http://127.0.0.1:8080/queues/q");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?metaoverride=true", "?Metaoverride=True", "?metaOverride=TRUE"})
    void theQuerySaysThatAttributesAreToBeSet(String query) {
        Response answer = put(query, "<Queue><DelaySeconds>3</DelaySeconds></Queue>");

        assertThat(answer.getStatus()).isEqualTo(204);
        assertThat(answer.getHeaderString("Location")).isNull();
        assertThat(core.calls).containsExactly("set q 3");
    }

    @ParameterizedTest
    @CsvSource({
        "?metaoverride=maybe,<Queue/>,INVALID_QUERY_STRING",
        "?x=1,<Queue/>,INVALID_QUERY_STRING",
        "'',<Queue>,MALFORMED_XML",
        "'',<Queue><DelaySeconds>1e3</DelaySeconds></Queue>,INVALID_ARGUMENT"
    })
    void aBadPutIsRefused(String query, String body, ErrorCode code) {
        assertThatThrownBy(() -> put(query, body)).extracting("code").isEqualTo(code);
        assertThat(core.calls).isEmpty();
    }

    @Test
    void attributesAreA200() {
        Response answer = one.getQueueAttributes("q", request("GET", "/queues/q", ""))
                .toCompletableFuture()
                .join();

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getHeaderString("Content-Type")).isEqualTo("text/xml;charset=utf-8");
        assertThat(document(answer)).contains("<QueueName>q</QueueName>");
    }

    @Test
    void aDeleteIsA204() {
        assertThat(one.deleteQueue("q", request("DELETE", "/queues/q", "")).getStatus())
                .isEqualTo(204);
        assertThat(core.calls).containsExactly("delete q");
    }

    @Test
    void aListWithoutHeadersIsThePageOfAThousandFromTheStart() {
        Response answer = list();

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(document(answer))
                .contains("<QueueURL>http://127.0.0.1:8080/queues/q</QueueURL>")
                .doesNotContain("QueueName");
        assertThat(core.calls).containsExactly("list  Optional.empty 1000");
    }

    @Test
    void aListTakesItsWishesFromHeaders() {
        Response answer =
                list("x-mns-prefix", "p", "x-mns-marker", "pq", "x-mns-ret-number", "7", "x-mns-with-meta", "True");

        assertThat(document(answer)).contains("<QueueName>q</QueueName>");
        assertThat(core.calls).containsExactly("describe p Optional[Marker[lastName=pq]] 7");
    }

    @Test
    void anEmptyMarkerIsWhereAListBegins() {
        list("x-mns-prefix", "p", "x-mns-marker", "", "x-mns-ret-number", "7");

        assertThat(core.calls).containsExactly("list p Optional.empty 7");
    }

    @ParameterizedTest
    @CsvSource({"x-mns-ret-number,x", "x-mns-ret-number,''", "x-mns-with-meta,maybe", "x-mns-marker,a/b"})
    void aListWithABadHeaderIsRefused(String name, String value) {
        assertThatThrownBy(() -> list(name, value))
                .hasMessageContaining("cause by " + name)
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    /** Remembers what it was asked. */
    private static final class RecordingQueues extends QueueService {

        private final List<String> calls = new ArrayList<>();
        private boolean exists;

        private static final Queue QUEUE = new Queue(
                1, new AccountId("1"), new QueueName("q"), QueueAttributes.DEFAULT, 1, Instant.EPOCH, Instant.EPOCH);
        private static final QueueDescription DESCRIPTION = new QueueDescription(QUEUE, QueueStatistics.EMPTY);

        @Override
        public boolean createQueue(AccountId account, QueueName name, QueueAttributesChange attributes) {
            calls.add("create " + name);
            return !exists;
        }

        @Override
        public void setQueueAttributes(AccountId account, QueueName name, QueueAttributesChange change) {
            calls.add("set " + name + " " + change.delaySeconds().orElse(-1));
        }

        @Override
        public CompletionStage<QueueDescription> getQueueAttributes(AccountId account, QueueName name) {
            return CompletableFuture.completedStage(DESCRIPTION);
        }

        @Override
        public void deleteQueue(AccountId account, QueueName name) {
            calls.add("delete " + name);
        }

        @Override
        public Page<Queue> listQueues(AccountId account, String prefix, Optional<Marker> after, int limit) {
            calls.add("list " + prefix + " " + after + " " + limit);
            return new Page<>(List.of(QUEUE), Optional.empty());
        }

        @Override
        public CompletionStage<Page<QueueDescription>> describeQueues(
                AccountId account, String prefix, Optional<Marker> after, int limit) {
            calls.add("describe " + prefix + " " + after + " " + limit);
            return CompletableFuture.completedStage(new Page<>(List.of(DESCRIPTION), Optional.empty()));
        }
    }
}
