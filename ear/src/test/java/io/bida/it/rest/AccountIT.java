package io.bida.it.rest;

import static io.bida.it.rest.Documents.document;
import static io.bida.it.rest.Documents.element;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Account attributes and opening the service. Wire specification 9. Changes the one account, so one test at a time. */
class AccountIT {

    private static final String ATTRIBUTES = "/?accountmeta=true";

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @AfterEach
    void noLoggingBucketIsLeftBehind() {
        set("").assertStatus(204);
    }

    @Test
    void theLoggingBucketIsThereEvenIfEmpty() {
        set("").assertStatus(204);

        Answer answer = server.call(server.get(ATTRIBUTES)).assertStatus(200);

        assertThat(answer.xml().name()).isEqualTo("Account");
        assertThat(answer.value("LoggingBucket")).isEmpty();
    }

    @Test
    void theLoggingBucketCanBeSet() {
        Answer answer = set("bucket-1 & more").assertStatus(204);

        assertThat(answer.raw().body()).isEmpty();
        assertThat(server.call(server.get(ATTRIBUTES)).value("LoggingBucket")).isEqualTo("bucket-1 & more");
    }

    @Test
    void brokenXmlChangesNothing() {
        set("kept").assertStatus(204);

        server.call(server.put(ATTRIBUTES).body("<Account><LoggingBucket>x")).assertError(400, "MalformedXML");

        assertThat(server.call(server.get(ATTRIBUTES)).value("LoggingBucket")).isEqualTo("kept");
    }

    @Test
    void theOldFormAnswersTheAccountId() {
        Answer answer = server.call(server.get("/?account")).assertStatus(200);

        assertThat(answer.xml().name()).isEqualTo("Account");
        assertThat(answer.value("AccountId")).isEqualTo(server.key().accountId());
    }

    @Test
    void openingTheServiceAnswersAnOrderAlsoTheSecondTime() {
        Answer first = server.call(server.post("/commonbuy/openservice")).assertStatus(200);
        Answer second = server.call(server.post("/commonbuy/openservice")).assertStatus(200);

        assertThat(first.xml().name()).isEqualTo("OpenService");
        assertThat(first.value("OrderId")).isNotBlank().isEqualTo(second.value("OrderId"));
    }

    private Answer set(String bucket) {
        return server.call(server.put(ATTRIBUTES).body(document("Account", element("LoggingBucket", bucket))));
    }
}
