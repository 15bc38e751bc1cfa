package io.bida.it.rest;

import static io.bida.it.rest.Documents.element;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The range of every queue attribute, at its ends and beyond. Wire specification 5.2; RELIABILITY 4.3 rows 27 and 28.
 */
@Execution(ExecutionMode.CONCURRENT)
class QueueLimitsIT {

    @RegisterExtension
    final TestServer server = TestServer.shared();

    @ParameterizedTest
    @CsvSource({
        "DelaySeconds, 0",
        "DelaySeconds, 1",
        "DelaySeconds, 604799",
        "DelaySeconds, 604800",
        "MaximumMessageSize, 1024",
        "MaximumMessageSize, 1025",
        "MaximumMessageSize, 65535",
        "MaximumMessageSize, 65536",
        "MessageRetentionPeriod, 60",
        "MessageRetentionPeriod, 61",
        "MessageRetentionPeriod, 604799",
        "MessageRetentionPeriod, 604800",
        "VisibilityTimeout, 1",
        "VisibilityTimeout, 2",
        "VisibilityTimeout, 43199",
        "VisibilityTimeout, 43200",
        "PollingWaitSeconds, 0",
        "PollingWaitSeconds, 1",
        "PollingWaitSeconds, 29",
        "PollingWaitSeconds, 30"
    })
    void aValueWithinItsRangeIsKept(String attribute, long value) {
        TestQueue created = server.createQueue("limit", element(attribute, value));
        TestQueue changed = server.createQueue("limit");

        changed.set(element(attribute, value)).assertStatus(204);

        assertThat(created.attributes().number(attribute)).isEqualTo(value);
        assertThat(changed.attributes().number(attribute)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "DelaySeconds, -1, 0, 604800",
        "DelaySeconds, 604801, 0, 604800",
        "MaximumMessageSize, 1023, 1024, 65536",
        "MaximumMessageSize, 65537, 1024, 65536",
        "MaximumMessageSize, 0, 1024, 65536",
        "MessageRetentionPeriod, 59, 60, 604800",
        "MessageRetentionPeriod, 604801, 60, 604800",
        "MessageRetentionPeriod, 0, 60, 604800",
        "VisibilityTimeout, 0, 1, 43200",
        "VisibilityTimeout, 43201, 1, 43200",
        "VisibilityTimeout, -1, 1, 43200",
        "PollingWaitSeconds, -1, 0, 30",
        "PollingWaitSeconds, 31, 0, 30"
    })
    void aValueBeyondItsRangeIsRefusedNamingTheRange(String attribute, long value, long low, long high) {
        TestQueue queue = server.createQueue("limit");
        XmlElement before = queue.attributes();
        String path = "/queues/" + server.freshName("limit");
        String unit = attribute.equals("MaximumMessageSize") ? "bytes" : "seconds";
        String text = "The value of " + attribute + " should between " + low + " and " + high + " " + unit;

        Answer refused = queue.set(element(attribute, value)).assertInvalidArgument(attribute);
        Answer notCreated = server.call(server.put(path).body(Documents.queue(element(attribute, value))))
                .assertInvalidArgument(attribute);

        assertThat(refused.value("Message")).startsWith(text);
        assertThat(notCreated.value("Message")).startsWith(text);
        assertThat(queue.attributes()).isEqualTo(before);
        server.call(server.get(path)).assertError(404, "QueueNotExist");
    }

    @ParameterizedTest
    @CsvSource({
        "DelaySeconds, x",
        "DelaySeconds, 1e3",
        "DelaySeconds, 0x10",
        "DelaySeconds, 5.0",
        "DelaySeconds, 9223372036854775808",
        "DelaySeconds, 18446744073709551617",
        "DelaySeconds, -9223372036854775809",
        "DelaySeconds, 4294967297",
        "DelaySeconds, '1 2'",
        "DelaySeconds, ٣",
        "DelaySeconds, １",
        "DelaySeconds, ''",
        "MaximumMessageSize, x",
        "MaximumMessageSize, ''",
        "MaximumMessageSize, 4294969344",
        "MessageRetentionPeriod, x",
        "MessageRetentionPeriod, ''",
        "VisibilityTimeout, x",
        "VisibilityTimeout, ''",
        "PollingWaitSeconds, x",
        "PollingWaitSeconds, ''",
        "LoggingEnabled, x",
        "LoggingEnabled, 1",
        "LoggingEnabled, ''"
    })
    void whatIsNoNumberOrNoTruthIsRefused(String attribute, String value) {
        TestQueue queue = server.createQueue("limit");
        XmlElement before = queue.attributes();
        String path = "/queues/" + server.freshName("limit");

        queue.set(element(attribute, value)).assertInvalidArgument(attribute);
        server.call(server.put(path).body(Documents.queue(element(attribute, value))))
                .assertInvalidArgument(attribute);

        assertThat(queue.attributes()).isEqualTo(before);
        server.call(server.get(path)).assertError(404, "QueueNotExist");
    }

    @Test
    void blanksAroundANumberAreIgnored() {
        TestQueue queue = server.createQueue("limit", "<DelaySeconds> \n\t5 </DelaySeconds>");

        assertThat(queue.attributes().number("DelaySeconds")).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"true, True", "True, True", "TRUE, True", "tRuE, True", "false, False", "False, False", "FALSE, False"})
    void truthsAreReadInAnyLetterCase(String sent, String answered) {
        TestQueue queue = server.createQueue("truth", element("LoggingEnabled", sent));

        assertThat(queue.attributes().value("LoggingEnabled")).isEqualTo(answered);
    }
}
