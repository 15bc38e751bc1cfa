package io.bida.api.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.AccountId;
import io.bida.error.ErrorCode;
import io.bida.queue.Marker;
import io.bida.queue.Page;
import io.bida.topic.Topic;
import io.bida.topic.TopicAttributes;
import io.bida.topic.TopicAttributesChange;
import io.bida.topic.TopicDescription;
import io.bida.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicDocumentTest {

    private static final Topic TOPIC = new Topic(
            7,
            new AccountId("1234567890"),
            new TopicName("TestTopic"),
            new TopicAttributes(1024, true),
            Instant.ofEpochMilli(1795406000999L),
            Instant.ofEpochSecond(1795406100));

    private static final TopicDescription DESCRIPTION = new TopicDescription(TOPIC, 5_000_000_000L);

    private static final String ATTRIBUTES = "<TopicName>TestTopic</TopicName><CreateTime>1795406000</CreateTime>"
            + "<LastModifyTime>1795406100</LastModifyTime><MaximumMessageSize>1024</MaximumMessageSize>"
            + "<MessageRetentionPeriod>86400</MessageRetentionPeriod><MessageCount>5000000000</MessageCount>"
            + "<LoggingEnabled>True</LoggingEnabled>";

    private static TopicAttributesChange read(String xml) {
        return TopicDocument.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyAttributeOfAClientIsReadAndTheServersAreLeftOut() {
        assertThat(read("<Topic xmlns=\"http://mns.aliyuncs.com/doc/v1/\"><LoggingEnabled>True</LoggingEnabled>"
                        + "<MessageRetentionPeriod>x</MessageRetentionPeriod><TopicName>t</TopicName>"
                        + "<MaximumMessageSize> 2048 </MaximumMessageSize></Topic>"))
                .isEqualTo(new TopicAttributesChange(OptionalInt.of(2048), Optional.of(true)));
        assertThat(read("<Topic/>")).isEqualTo(TopicAttributesChange.NONE);
    }

    @Test
    void noBodyNamesNoAttribute() {
        assertThat(read("")).isEqualTo(TopicAttributesChange.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MaximumMessageSize", "LoggingEnabled"})
    void aValueThatIsNotOfItsTypeIsRefusedByName(String element) {
        for (String text : List.of("", "x", "<b>1</b>")) {
            assertThatThrownBy(() -> read("<Topic><" + element + ">" + text + "</" + element + "></Topic>"))
                    .hasMessageContaining("cause by " + element)
                    .extracting("code")
                    .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        }
    }

    @Test
    void anotherRootIsRefused() {
        assertThatThrownBy(() -> read("<Queue/>"))
                .hasMessageContaining("cause by Topic")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Topic>", "<Queue>", "<Topic><MaximumMessageSize>x</Topic>"})
    void beingMalformedComesBeforeAnythingElse(String xml) {
        assertThatThrownBy(() -> read(xml)).extracting("code").isEqualTo(ErrorCode.MALFORMED_XML);
    }

    @Test
    void allAttributesAreTold() {
        assertThat(TopicDocument.write(DESCRIPTION))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                        + "<Topic xmlns=\"http://mns.aliyuncs.com/doc/v1\">" + ATTRIBUTES + "</Topic>");
    }

    @Test
    void aPageHasAddressesAndAMarkerIfThereIsMore() {
        assertThat(TopicsDocument.write(
                        new Page<>(List.of(TOPIC), Optional.of(new Marker("TestTopic"))), "http://127.0.0.1:8080"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                        + "<Topics xmlns=\"http://mns.aliyuncs.com/doc/v1\"><Topic>"
                        + "<TopicURL>http://127.0.0.1:8080/topics/TestTopic</TopicURL></Topic>"
                        + "<NextMarker>TestTopic</NextMarker></Topics>");
    }

    @Test
    void aPageWithMetaHasTheAttributesToo() {
        assertThat(TopicsDocument.writeWithMeta(new Page<>(List.of(DESCRIPTION), Optional.empty()), "https://h"))
                .asString(StandardCharsets.UTF_8)
                .endsWith("<Topic><TopicURL>https://h/topics/TestTopic</TopicURL>" + ATTRIBUTES + "</Topic></Topics>");
    }

    @Test
    void anEmptyPageIsAnEmptyList() {
        assertThat(TopicsDocument.write(new Page<>(List.of(), Optional.empty()), "http://h"))
                .asString(StandardCharsets.UTF_8)
                .endsWith("<Topics xmlns=\"http://mns.aliyuncs.com/doc/v1\"></Topics>");
    }
}
