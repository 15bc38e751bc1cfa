package io.bida.it.rest;

import static io.bida.it.rest.Documents.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Creating, changing, looking at and deleting a queue. Wire specification 6.1 to 6.4. */
@Execution(ExecutionMode.CONCURRENT)
class QueueOperationsIT {

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @Test
    void creatingAnswers201WithLocationAndNoBody() {
        String name = server.freshName("create");

        Answer answer = server.call(server.put("/queues/" + name).body(Documents.queue()));

        answer.assertStatus(201);
        assertThat(answer.header("Location")).contains("http://" + server.host() + "/queues/" + name);
        assertThat(answer.raw().body()).isEmpty();
    }

    @Test
    void locationNamesTheHostThatTheClientUsed() {
        String name = server.freshName("create");
        String host = server.key().accountId() + ".mns.cn-hangzhou.example.test:8080";

        Answer answer = server.call(server.put("/queues/" + name).replacing("Host", host));

        assertThat(answer.assertStatus(201).header("Location")).contains("http://" + host + "/queues/" + name);
    }

    @Test
    void creatingItAgainWithEqualAttributesAnswers204WithLocation() {
        TestQueue queue = server.createQueue("again", element("VisibilityTimeout", 45));

        Answer answer = server.call(server.put(queue.path()).body(Documents.queue(element("VisibilityTimeout", 45))));

        answer.assertStatus(204);
        assertThat(answer.header("Location")).contains("http://" + server.host() + queue.path());
    }

    @Test
    void leftOutAttributesCountAsTheirDefaults() {
        TestQueue queue = server.createQueue("defaults");
        String spelledOut = Documents.queue(
                element("DelaySeconds", 0),
                element("MaximumMessageSize", 65536),
                element("MessageRetentionPeriod", 345600),
                element("VisibilityTimeout", 30),
                element("PollingWaitSeconds", 0),
                element("LoggingEnabled", "False"));

        server.call(server.put(queue.path()).body(spelledOut)).assertStatus(204);
        server.call(server.put(queue.path())).assertStatus(204);
    }

    @Test
    void noBodyAndAnEmptyBodyMeanAllDefaults() {
        String bare = server.freshName("nobody");
        String typed = server.freshName("nobody");

        server.call(server.put("/queues/" + bare)).assertStatus(201);
        server.call(server.put("/queues/" + typed).body("")).assertStatus(201);

        for (String name : List.of(bare, typed)) {
            XmlElement attributes =
                    server.call(server.get("/queues/" + name)).assertStatus(200).xml();
            assertThat(attributes.number("DelaySeconds")).isZero();
            assertThat(attributes.number("MaximumMessageSize")).isEqualTo(65536);
            assertThat(attributes.number("MessageRetentionPeriod")).isEqualTo(345600);
            assertThat(attributes.number("VisibilityTimeout")).isEqualTo(30);
            assertThat(attributes.number("PollingWaitSeconds")).isZero();
            assertThat(attributes.value("LoggingEnabled")).isEqualTo("False");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<DelaySeconds>1</DelaySeconds>",
                "<MaximumMessageSize>1024</MaximumMessageSize>",
                "<MessageRetentionPeriod>60</MessageRetentionPeriod>",
                "<VisibilityTimeout>31</VisibilityTimeout>",
                "<PollingWaitSeconds>1</PollingWaitSeconds>",
                "<LoggingEnabled>True</LoggingEnabled>"
            })
    void creatingItAgainWithAnotherAttributeIsAConflictAndChangesNothing(String other) {
        TestQueue queue = server.createQueue("conflict");
        XmlElement before = queue.attributes();

        server.call(server.put(queue.path()).body(Documents.queue(other))).assertError(409, "QueueAlreadyExist");

        assertThat(queue.attributes()).isEqualTo(before);
    }

    @Test
    void everyAttributeIsAnswered() {
        TestQueue queue = server.createQueue(
                "get",
                element("DelaySeconds", 1),
                element("MaximumMessageSize", 2048),
                element("MessageRetentionPeriod", 3600),
                element("VisibilityTimeout", 77),
                element("PollingWaitSeconds", 3),
                element("LoggingEnabled", "true"));

        XmlElement attributes = queue.attributes();

        assertThat(attributes.name()).isEqualTo("Queue");
        assertThat(attributes.names())
                .containsExactlyInAnyOrder(
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
        assertThat(attributes.value("QueueName")).isEqualTo(queue.name());
        assertThat(attributes.number("DelaySeconds")).isEqualTo(1);
        assertThat(attributes.number("MaximumMessageSize")).isEqualTo(2048);
        assertThat(attributes.number("MessageRetentionPeriod")).isEqualTo(3600);
        assertThat(attributes.number("VisibilityTimeout")).isEqualTo(77);
        assertThat(attributes.number("PollingWaitSeconds")).isEqualTo(3);
        assertThat(attributes.value("LoggingEnabled")).isEqualTo("True");
    }

    @Test
    void queueTimesAreInSeconds() {
        XmlElement attributes = server.createQueue("times").attributes();
        long now = server.now().getEpochSecond();

        assertThat(attributes.number("CreateTime")).isBetween(now - 60, now + 60);
        assertThat(attributes.number("LastModifyTime")).isBetween(attributes.number("CreateTime"), now + 60);
    }

    @Test
    void settingChangesOnlyWhatIsNamed() {
        TestQueue queue = server.createQueue("set", element("DelaySeconds", 5), element("VisibilityTimeout", 60));

        Answer answer = queue.set(element("VisibilityTimeout", 90), element("LoggingEnabled", "TRUE"));

        answer.assertStatus(204);
        XmlElement attributes = queue.attributes();
        assertThat(attributes.number("DelaySeconds")).isEqualTo(5);
        assertThat(attributes.number("VisibilityTimeout")).isEqualTo(90);
        assertThat(attributes.value("LoggingEnabled")).isEqualTo("True");
        queue.set(element("LoggingEnabled", "false")).assertStatus(204);
        assertThat(queue.attributes().value("LoggingEnabled")).isEqualTo("False");
    }

    @Test
    void settingMovesTheTimeOfLastModification() {
        TestQueue queue = server.createQueue("set");
        XmlElement before = queue.attributes();

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            queue.set(element("VisibilityTimeout", 90)).assertStatus(204);
            queue.set(element("VisibilityTimeout", 91)).assertStatus(204);
            assertThat(queue.attributes().number("LastModifyTime")).isGreaterThan(before.number("LastModifyTime"));
        });
        assertThat(queue.attributes().number("CreateTime")).isEqualTo(before.number("CreateTime"));
    }

    @Test
    void anEmptyChangeKeepsEverything() {
        TestQueue queue = server.createQueue("set", element("DelaySeconds", 5));

        queue.set().assertStatus(204);
        server.call(server.put(queue.path() + "?metaoverride=true")).assertStatus(204);

        assertThat(queue.attributes().number("DelaySeconds")).isEqualTo(5);
    }

    @Test
    void aSetThatIsPartlyWrongChangesNothing() {
        TestQueue queue = server.createQueue("set");
        XmlElement before = queue.attributes();

        queue.set(element("DelaySeconds", 7), element("VisibilityTimeout", 0))
                .assertInvalidArgument("VisibilityTimeout");

        assertThat(queue.attributes()).isEqualTo(before);
    }

    @Test
    void whatDoesNotExistCannotBeSetOrLookedAt() {
        String path = "/queues/" + server.freshName("missing");

        server.call(server.put(path + "?metaoverride=true").body(Documents.queue(element("DelaySeconds", 1))))
                .assertError(404, "QueueNotExist");
        server.call(server.get(path)).assertError(404, "QueueNotExist");
    }

    @Test
    void attributesMayComeInAnyOrderWithUnknownOnesBetweenThem() {
        TestQueue queue = server.createQueue(
                "order",
                element("VisibilityTimeout", 44),
                "<Unknown><Deep>1</Deep></Unknown>",
                element("LoggingEnabled", "True"),
                element("DelaySeconds", 4));

        XmlElement attributes = queue.attributes();
        assertThat(attributes.number("VisibilityTimeout")).isEqualTo(44);
        assertThat(attributes.number("DelaySeconds")).isEqualTo(4);
        assertThat(attributes.value("LoggingEnabled")).isEqualTo("True");
    }

    @Test
    void deletingAnswers204AndTheQueueIsGone() {
        TestQueue queue = server.createQueue("delete");

        queue.drop().assertStatus(204);

        server.call(server.get(queue.path())).assertError(404, "QueueNotExist");
        queue.send("a").assertError(404, "QueueNotExist");
        queue.receive().assertError(404, "QueueNotExist");
        queue.peek().assertError(404, "QueueNotExist");
        queue.sendBatch(Documents.entry("a")).assertError(404, "QueueNotExist");
    }

    @Test
    void deletingWhatDoesNotExistAnswers204() {
        server.call(server.delete("/queues/" + server.freshName("missing"))).assertStatus(204);
    }

    @Test
    void aDeletedQueueCanBeCreatedAtOnceAndIsEmpty() {
        TestQueue queue = server.createQueue("recreate", element("DelaySeconds", 0));
        queue.send("old").assertStatus(201);
        queue.send("old delayed", element("DelaySeconds", 1)).assertStatus(201);
        String handle = queue.receive().assertStatus(200).value("ReceiptHandle");

        queue.drop().assertStatus(204);
        server.call(server.put(queue.path()).body(Documents.queue(element("DelaySeconds", 0))))
                .assertStatus(201);

        assertThat(queue.counts()).containsExactly(0L, 0L, 0L);
        queue.receive("waitseconds=2").assertError(404, "MessageNotExist");
        assertThat(queue.delete(handle).status()).isIn(400, 404);
    }

    @Test
    void countsFollowTheStates() {
        TestQueue queue = server.createQueue("counts");
        for (int i = 0; i < 5; i++) {
            queue.send("m" + i).assertStatus(201);
        }
        queue.send("later", element("DelaySeconds", 600)).assertStatus(201);
        String handle = queue.receive().assertStatus(200).value("ReceiptHandle");
        queue.receive().assertStatus(200);

        assertThat(queue.counts()).as("active, inactive, delayed").containsExactly(3L, 2L, 1L);

        queue.delete(handle).assertStatus(204);

        assertThat(queue.counts()).as("active, inactive, delayed").containsExactly(3L, 1L, 1L);
    }
}
