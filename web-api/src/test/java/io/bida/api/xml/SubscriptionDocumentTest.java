package io.bida.api.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.account.AccountId;
import io.bida.error.ErrorCode;
import io.bida.queue.Marker;
import io.bida.queue.Page;
import io.bida.topic.Endpoint;
import io.bida.topic.NotifyContentFormat;
import io.bida.topic.NotifyStrategy;
import io.bida.topic.Subscription;
import io.bida.topic.SubscriptionAttributes;
import io.bida.topic.SubscriptionAttributesChange;
import io.bida.topic.SubscriptionName;
import io.bida.topic.Tag;
import io.bida.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionDocumentTest {

    private static final String HTTP = "<Endpoint>http://127.0.0.1:9999/n?a=1&amp;b=2</Endpoint>";
    private static final Endpoint ENDPOINT = Endpoint.parse("http://127.0.0.1:9999/n?a=1&b=2");

    private static SubscriptionAttributes read(String children) {
        return SubscriptionDocument.read(document(children));
    }

    private static SubscriptionAttributesChange readChange(String children) {
        return SubscriptionDocument.readChange(document(children));
    }

    private static byte[] document(String children) {
        return ("<Subscription xmlns=\"http://mns.aliyuncs.com/doc/v1\">" + children + "</Subscription>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Subscription subscription(Optional<Tag> filterTag) {
        return new Subscription(
                8,
                7,
                new AccountId("1234567890"),
                new TopicName("TestTopic"),
                new SubscriptionName("TestSub"),
                new SubscriptionAttributes(
                        ENDPOINT, filterTag, NotifyStrategy.EXPONENTIAL_DECAY_RETRY, NotifyContentFormat.JSON),
                Instant.ofEpochMilli(1795406000999L),
                Instant.ofEpochSecond(1795406100));
    }

    private static String attributes(String filterTag) {
        return "<SubscriptionName>TestSub</SubscriptionName><Subscriber>1234567890</Subscriber>"
                + "<TopicOwner>1234567890</TopicOwner><TopicName>TestTopic</TopicName>" + HTTP
                + "<NotifyStrategy>EXPONENTIAL_DECAY_RETRY</NotifyStrategy>"
                + "<NotifyContentFormat>JSON</NotifyContentFormat>" + filterTag
                + "<CreateTime>1795406000</CreateTime><LastModifyTime>1795406100</LastModifyTime>";
    }

    @Test
    void everythingASubscriberAsksForIsRead() {
        assertThat(read("<FilterTag>important</FilterTag><NotifyContentFormat>SIMPLIFIED</NotifyContentFormat>"
                        + "<NotifyStrategy> EXPONENTIAL_DECAY_RETRY </NotifyStrategy><State>x</State>" + HTTP))
                .isEqualTo(new SubscriptionAttributes(
                        ENDPOINT,
                        Optional.of(new Tag("important")),
                        NotifyStrategy.EXPONENTIAL_DECAY_RETRY,
                        NotifyContentFormat.SIMPLIFIED));
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        assertThat(read(HTTP))
                .isEqualTo(new SubscriptionAttributes(
                        ENDPOINT, Optional.empty(), NotifyStrategy.BACKOFF_RETRY, NotifyContentFormat.XML));
    }

    @ParameterizedTest
    @EnumSource(NotifyContentFormat.class)
    void everyFormatHasItsNameOnTheWire(NotifyContentFormat format) {
        assertThat(read(HTTP + "<NotifyContentFormat>" + format + "</NotifyContentFormat>")
                        .format())
                .isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<Endpoint/>", "<Endpoint> \n</Endpoint>"})
    void whoSubscribesMustSayWhereTo(String children) {
        assertThatThrownBy(() -> read(children))
                .hasMessage("The XML you provided did not validate against our published schema, cause by Endpoint.")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void noBodySaysNothing() {
        assertThatThrownBy(() -> SubscriptionDocument.read(new byte[0]))
                .hasMessageContaining("cause by Endpoint")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(SubscriptionDocument.readChange(new byte[0]))
                .isEqualTo(new SubscriptionAttributesChange(Optional.empty(), Optional.empty()));
    }

    @Test
    void blanksAroundAnEndpointDoNotCount() {
        assertThat(read("<Endpoint>\n acs:mns:cn:1:queues/q </Endpoint>").endpoint())
                .isEqualTo(Endpoint.parse("acs:mns:cn:1:queues/q"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h/", "http://", "acs:mns:cn:1:queues/a_b", "mail:directmail:x", "必达"})
    void anEndpointOfNoKnownFormIsInvalid(String text) {
        assertThatThrownBy(() -> read("<Endpoint>" + text + "</Endpoint>"))
                .extracting("code")
                .isEqualTo(ErrorCode.ENDPOINT_INVALID);
    }

    @Test
    void anEndpointHasAtMost2048Characters() {
        String longest = "http://h/" + "a".repeat(2048 - "http://h/".length());

        assertThat(read("<Endpoint>" + longest + "</Endpoint>").endpoint().text())
                .isEqualTo(longest);
        assertThatThrownBy(() -> read("<Endpoint>" + longest + "a</Endpoint>"))
                .extracting("code")
                .isEqualTo(ErrorCode.ENDPOINT_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0123456789abcdef", "必达必达必达必达必达必达必达必达", " a "})
    void aFilterTagHasOneToSixteenCharacters(String text) {
        assertThat(read(HTTP + "<FilterTag>" + text + "</FilterTag>").filterTag())
                .contains(new Tag(text));
        assertThat(readChange("<FilterTag>" + text + "</FilterTag>").filterTag())
                .contains(new Tag(text));
    }

    @Test
    void anEmptyFilterTagIsNone() {
        assertThat(read(HTTP + "<FilterTag/>").filterTag()).isEmpty();
        assertThat(readChange("<FilterTag></FilterTag>").filterTag()).isEmpty();
    }

    @Test
    void aFilterTagOfSeventeenCharactersIsRefused() {
        assertThatThrownBy(() -> read(HTTP + "<FilterTag>0123456789abcdefg</FilterTag>"))
                .hasMessage("The value of FilterTag should between 1 and 16 characters.")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @CsvSource({
        "NotifyStrategy,''",
        "NotifyStrategy,backoff_retry",
        "NotifyStrategy,NONE",
        "NotifyStrategy,<b>BACKOFF_RETRY</b>",
        "NotifyContentFormat,''",
        "NotifyContentFormat,xml",
        "NotifyContentFormat,STREAM"
    })
    void aWordThatIsNoneOfThemIsRefusedByName(String element, String text) {
        assertThatThrownBy(() -> read(HTTP + "<" + element + ">" + text + "</" + element + ">"))
                .hasMessageContaining("cause by " + element)
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void aChangeNamesTagAndStrategyOnly() {
        assertThat(readChange("<NotifyStrategy>EXPONENTIAL_DECAY_RETRY</NotifyStrategy><FilterTag>t</FilterTag>"
                        + "<Endpoint>nowhere</Endpoint><NotifyContentFormat>STREAM</NotifyContentFormat>"))
                .isEqualTo(new SubscriptionAttributesChange(
                        Optional.of(new Tag("t")), Optional.of(NotifyStrategy.EXPONENTIAL_DECAY_RETRY)));
        assertThat(readChange("")).isEqualTo(new SubscriptionAttributesChange(Optional.empty(), Optional.empty()));
    }

    @Test
    void aChangeToAWordThatIsNoneIsRefused() {
        assertThatThrownBy(() -> readChange("<NotifyStrategy>x</NotifyStrategy>"))
                .hasMessageContaining("cause by NotifyStrategy")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @CsvSource({"<Topic/>,INVALID_ARGUMENT", "<Subscription>,MALFORMED_XML", "x,MALFORMED_XML"})
    void whatIsNoSubscriptionIsRefused(String xml, ErrorCode code) {
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> SubscriptionDocument.read(body))
                .extracting("code")
                .isEqualTo(code);
        assertThatThrownBy(() -> SubscriptionDocument.readChange(body))
                .extracting("code")
                .isEqualTo(code);
    }

    @Test
    void allAttributesAreTold() {
        assertThat(SubscriptionDocument.write(subscription(Optional.of(new Tag("a<b")))))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                        + "<Subscription xmlns=\"http://mns.aliyuncs.com/doc/v1\">"
                        + attributes("<FilterTag>a&lt;b</FilterTag>") + "</Subscription>");
    }

    @Test
    void aTagThatIsNotThereIsNoElement() {
        assertThat(SubscriptionDocument.write(subscription(Optional.empty())))
                .asString(StandardCharsets.UTF_8)
                .endsWith(attributes("") + "</Subscription>");
    }

    @Test
    void aPageHasAddressesAndAMarkerIfThereIsMore() {
        Page<Subscription> page =
                new Page<>(List.of(subscription(Optional.empty())), Optional.of(new Marker("TestSub")));

        assertThat(SubscriptionsDocument.write(page, "http://127.0.0.1:8080"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                        + "<Subscriptions xmlns=\"http://mns.aliyuncs.com/doc/v1\"><Subscription>"
                        + "<SubscriptionURL>http://127.0.0.1:8080/topics/TestTopic/subscriptions/TestSub"
                        + "</SubscriptionURL></Subscription><NextMarker>TestSub</NextMarker></Subscriptions>");
    }

    @Test
    void aPageWithMetaHasTheAttributesToo() {
        Page<Subscription> page = new Page<>(List.of(subscription(Optional.empty())), Optional.empty());

        assertThat(SubscriptionsDocument.writeWithMeta(page, "https://h"))
                .asString(StandardCharsets.UTF_8)
                .endsWith("<Subscription><SubscriptionURL>https://h/topics/TestTopic/subscriptions/TestSub"
                        + "</SubscriptionURL>" + attributes("") + "</Subscription></Subscriptions>");
    }

    @Test
    void anEmptyPageIsAnEmptyList() {
        assertThat(SubscriptionsDocument.write(new Page<>(List.of(), Optional.empty()), "http://h"))
                .asString(StandardCharsets.UTF_8)
                .endsWith("<Subscriptions xmlns=\"http://mns.aliyuncs.com/doc/v1\"></Subscriptions>");
    }
}
