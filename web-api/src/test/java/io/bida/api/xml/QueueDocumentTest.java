package io.bida.api.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.AccountId;
import io.bida.error.ErrorCode;
import io.bida.queue.Marker;
import io.bida.queue.Page;
import io.bida.queue.Queue;
import io.bida.queue.QueueAttributes;
import io.bida.queue.QueueAttributesChange;
import io.bida.queue.QueueDescription;
import io.bida.queue.QueueName;
import io.bida.queue.QueueStatistics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueDocumentTest {

    private static final Queue QUEUE = new Queue(
            7,
            new AccountId("1234567890"),
            new QueueName("TestQueue"),
            QueueAttributes.DEFAULT,
            1,
            Instant.ofEpochMilli(1795406000999L),
            Instant.ofEpochSecond(1795406100));

    private static final String ATTRIBUTES = "<QueueName>TestQueue</QueueName><CreateTime>1795406000</CreateTime>"
            + "<LastModifyTime>1795406100</LastModifyTime><DelaySeconds>0</DelaySeconds>"
            + "<MaximumMessageSize>65536</MaximumMessageSize><MessageRetentionPeriod>345600</MessageRetentionPeriod>"
            + "<VisibilityTimeout>30</VisibilityTimeout><PollingWaitSeconds>0</PollingWaitSeconds>"
            + "<ActiveMessages>20</ActiveMessages><InactiveMessages>1</InactiveMessages>"
            + "<DelayMessages>5000000000</DelayMessages><LoggingEnabled>False</LoggingEnabled>";

    private static final QueueDescription DESCRIPTION =
            new QueueDescription(QUEUE, new QueueStatistics(20, 1, 5_000_000_000L));

    private static QueueAttributesChange read(String xml) {
        return QueueDocument.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyAttributeIsReadAndTheRestLeftOut() {
        assertThat(read("<Queue xmlns=\"http://mns.aliyuncs.com/doc/v1\"><VisibilityTimeout>35</VisibilityTimeout>"
                        + "<MaximumMessageSize>2048</MaximumMessageSize><LoggingEnabled>True</LoggingEnabled>"
                        + "<MessageRetentionPeriod>60</MessageRetentionPeriod><DelaySeconds>1</DelaySeconds>"
                        + "<PollingWaitSeconds>2</PollingWaitSeconds><QueueName>q</QueueName></Queue>"))
                .isEqualTo(new QueueAttributesChange(
                        OptionalInt.of(1),
                        OptionalInt.of(2048),
                        OptionalInt.of(60),
                        OptionalInt.of(35),
                        OptionalInt.of(2),
                        Optional.of(true)));
        assertThat(read("<Queue/>")).isEqualTo(QueueAttributesChange.NONE);
    }

    @Test
    void noBodyNamesNoAttribute() {
        assertThat(read("")).isEqualTo(QueueAttributesChange.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE", " true "})
    void booleansMayBeInAnyCase(String text) {
        assertThat(read("<Queue><LoggingEnabled>" + text + "</LoggingEnabled></Queue>")
                        .loggingEnabled())
                .contains(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Queue><LoggingEnabled>yes</LoggingEnabled></Queue>",
                "<Queue><LoggingEnabled/></Queue>",
                "<Queue><DelaySeconds/></Queue>",
                "<Queue><DelaySeconds>x</DelaySeconds></Queue>",
                "<Message/>"
            })
    void whatIsNotOfItsTypeIsAnInvalidArgument(String xml) {
        assertThatThrownBy(() -> read(xml)).extracting("code").isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void allAttributesAreTold() {
        assertThat(QueueDocument.write(DESCRIPTION))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                        + "<Queue xmlns=\"http://mns.aliyuncs.com/doc/v1\">" + ATTRIBUTES + "</Queue>");
    }

    @Test
    void aPageHasAddressesAndAMarkerIfThereIsMore() {
        assertThat(QueuesDocument.write(
                        new Page<>(List.of(QUEUE), Optional.of(new Marker("TestQueue"))), "http://127.0.0.1:8080"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                        + "<Queues xmlns=\"http://mns.aliyuncs.com/doc/v1\"><Queue>"
                        + "<QueueURL>http://127.0.0.1:8080/queues/TestQueue</QueueURL></Queue>"
                        + "<NextMarker>TestQueue</NextMarker></Queues>");
    }

    @Test
    void aPageWithMetaHasTheAttributesToo() {
        assertThat(QueuesDocument.writeWithMeta(new Page<>(List.of(DESCRIPTION), Optional.empty()), "https://h"))
                .asString(StandardCharsets.UTF_8)
                .endsWith("<Queue><QueueURL>https://h/queues/TestQueue</QueueURL>" + ATTRIBUTES + "</Queue></Queues>");
    }

    @Test
    void anEmptyPageIsAnEmptyList() {
        assertThat(QueuesDocument.write(new Page<>(List.of(), Optional.empty()), "http://h"))
                .asString(StandardCharsets.UTF_8)
                .endsWith("<Queues xmlns=\"http://mns.aliyuncs.com/doc/v1\"></Queues>");
    }
}
