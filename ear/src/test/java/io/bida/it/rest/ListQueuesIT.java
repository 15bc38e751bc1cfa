package io.bida.it.rest;

import static io.bida.it.rest.Documents.element;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listing queues page by page. Wire specification 6.5; RELIABILITY 4.3 rows 69 and 70. */
@Execution(ExecutionMode.CONCURRENT)
class ListQueuesIT {

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void namesAreTheLastOfFivePiecesOfTheUrl() {
        String name = create(server.freshName("list"));

        Answer answer = list(name, "1000").assertStatus(200);

        assertThat(answer.xml().name()).isEqualTo("Queues");
        assertThat(answer.xml().names()).containsExactly("Queue");
        String url = answer.xml().children().get(0).value("QueueURL");
        assertThat(url).isEqualTo("http://" + server.host() + "/queues/" + name);
        assertThat(url.split("/")).hasSize(5).endsWith(name);
    }

    @Test
    void theUrlNamesTheHostThatTheClientUsed() {
        String name = create(server.freshName("list"));
        String host = server.key().accountId() + ".mns.cn-hangzhou.example.test";

        Answer answer =
                server.call(server.get("/queues").replacing("Host", host).header("x-mns-prefix", name));

        assertThat(answer.assertStatus(200).xml().children().get(0).value("QueueURL"))
                .isEqualTo("http://" + host + "/queues/" + name);
    }

    @Test
    void pagesFollowEachOtherInNameOrderWithoutGapOrRepeat() {
        String prefix = server.freshName("page");
        List<String> expected = new ArrayList<>();
        for (String end : List.of("-c", "-a", "-e", "-b", "-d")) {
            expected.add(create(server.toBeDeleted(prefix + end)));
        }
        expected.sort(null);

        List<String> found = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        Optional<String> marker = Optional.empty();
        do {
            WireRequest request =
                    server.get("/queues").header("x-mns-prefix", prefix).header("x-mns-ret-number", "2");
            XmlElement page = server.call(marker.isPresent() ? request.header("x-mns-marker", marker.get()) : request)
                    .assertStatus(200)
                    .xml();
            found.addAll(namesOf(page));
            sizes.add(page.all("Queue").size());
            marker = page.find("NextMarker").map(XmlElement::text);
        } while (marker.isPresent());

        assertThat(found).containsExactlyElementsOf(expected);
        assertThat(sizes).containsExactly(2, 2, 1);
    }

    @Test
    void aPageThatHoldsAllHasNoMarker() {
        String prefix = server.freshName("page");
        create(server.toBeDeleted(prefix + "-a"));
        create(server.toBeDeleted(prefix + "-b"));

        XmlElement page = list(prefix, "2").assertStatus(200).xml();

        assertThat(page.names()).containsExactly("Queue", "Queue");
    }

    @Test
    void aQueueDeletedBetweenPagesDoesNotBreakTheMarker() {
        String prefix = server.freshName("page");
        for (String end : List.of("-a", "-b", "-c")) {
            create(server.toBeDeleted(prefix + end));
        }
        String marker = list(prefix, "1").assertStatus(200).value("NextMarker");

        server.call(server.delete("/queues/" + prefix + "-a")).assertStatus(204);
        server.call(server.delete("/queues/" + prefix + "-b")).assertStatus(204);

        XmlElement page = server.call(
                        server.get("/queues").header("x-mns-prefix", prefix).header("x-mns-marker", marker))
                .assertStatus(200)
                .xml();
        assertThat(namesOf(page)).containsExactly(prefix + "-c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "%", "'", "' OR 1=1 --", "_", "\\", ".*", "(", "%%it", "no-such-prefix"})
    void aPrefixIsLiteralAndAnEmptyListIsNoError(String prefix) {
        create(server.freshName("literal"));

        Answer answer = list(prefix, "1000").assertStatus(200);

        assertThat(answer.xml().name()).isEqualTo("Queues");
        assertThat(answer.xml().children()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "999", "1000"})
    void aPageMayHoldOneToThousand(String number) {
        list("it-none", number).assertStatus(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "x", "1e2", "9223372036854775808", ""})
    void anotherPageSizeIsRefused(String number) {
        list("it-none", number).assertError(400, "InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"forged", "!!!", "AAAA", "bWFya2Vy", "' OR 1=1 --"})
    void aMarkerThatWasNeverGivenIsRefusedOrYieldsNothingOfOthers(String marker) {
        Answer answer =
                server.call(server.get("/queues").header("x-mns-marker", marker).header("x-mns-prefix", "it-none"));

        assertThat(answer.status()).as("%s", answer).isIn(200, 400);
        if (answer.status() == 400) {
            answer.assertError(400, "InvalidArgument");
        } else {
            assertThat(answer.xml().children()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE"})
    void withMetaEachQueueHasItsAttributes(String truth) {
        TestQueue queue = server.createQueue("meta", element("DelaySeconds", 7));
        queue.send("a").assertStatus(201);

        XmlElement page = server.call(server.get("/queues")
                        .header("x-mns-prefix", queue.name())
                        .header("x-mns-with-meta", truth))
                .assertStatus(200)
                .xml();

        XmlElement listed = page.children().get(0);
        assertThat(listed.names())
                .containsExactlyInAnyOrder(
                        "QueueURL",
                        "QueueName",
                        "CreateTime",
                        "LastModifyTime",
                        "DelaySeconds",
                        "MaximumMessageSize",
                        "MessageRetentionPeriod",
                        "VisibilityTimeout",
                        "PollingWaitSeconds",
                        "ActiveMessages",
                        "InactiveMessages",
                        "DelayMessages",
                        "LoggingEnabled");
        assertThat(listed.value("QueueName")).isEqualTo(queue.name());
        assertThat(listed.number("DelaySeconds")).isEqualTo(7);
        assertThat(listed.number("DelayMessages")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False"})
    void withoutMetaThereIsOnlyTheUrl(String truth) {
        String name = create(server.freshName("meta"));

        XmlElement page = server.call(
                        server.get("/queues").header("x-mns-prefix", name).header("x-mns-with-meta", truth))
                .assertStatus(200)
                .xml();

        assertThat(page.children().get(0).names()).containsExactly("QueueURL");
    }

    @Test
    void aHugePrefixIsAnsweredWithoutHarm() {
        try (RawHttp connection = server.connect()) {
            WireRequest request = server.get("/queues")
                    .header("x-mns-prefix", "a".repeat(40_000))
                    .signedV2(server.key());

            assertThat(server.exchange(connection, request).status()).isIn(200, 400, 431);
        }
        server.assertStillServes();
    }

    private String create(String name) {
        server.call(server.put("/queues/" + name)).assertStatus(201);
        return name;
    }

    private Answer list(String prefix, String number) {
        return server.call(server.get("/queues").header("x-mns-prefix", prefix).header("x-mns-ret-number", number));
    }

    private static List<String> namesOf(XmlElement page) {
        return page.all("Queue").stream()
                .map(q -> q.value("QueueURL"))
                .map(url -> url.substring(url.lastIndexOf('/') + 1))
                .toList();
    }
}
