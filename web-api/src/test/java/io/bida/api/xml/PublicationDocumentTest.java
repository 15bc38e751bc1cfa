package io.bida.api.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.error.ErrorCode;
import io.bida.message.MessageProperties;
import io.bida.message.MessageProperty;
import io.bida.topic.NewPublication;
import io.bida.topic.PublishedMessage;
import io.bida.topic.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationDocumentTest {

    private static final String BODY = "<MessageBody>a</MessageBody>";

    private static NewPublication read(String xml) {
        return PublicationDocument.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static NewPublication publication(String children) {
        return read("<Message>" + children + "</Message>");
    }

    private static NewPublication withAttributes(String attributes) {
        return publication(BODY + "<MessageAttributes>" + attributes + "</MessageAttributes>");
    }

    private static void assertRefused(String element, String children) {
        assertThatThrownBy(() -> publication(children))
                .hasMessage(
                        "The XML you provided did not validate against our published schema, cause by " + element + ".")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void theBodyIsKeptCharacterByCharacter() {
        assertThat(publication("<MessageBody> <![CDATA[<&]]>&lt;&#13;\n必达 😀 </MessageBody>")
                        .body())
                .hasToString(" <&<\r\n必达 😀 ");
    }

    @Test
    void whatIsLeftOutIsNotThere() {
        NewPublication publication = publication(BODY);

        assertThat(publication.tag()).isEmpty();
        assertThat(publication.attributes()).isEmpty();
        assertThat(publication.properties()).isEqualTo(MessageProperties.NONE);
    }

    @Test
    void groupAndPropertiesAreReadAsThoseOfASend() {
        NewPublication publication = publication("<UserProperties><PropertyValue><Name>n</Name><Value>5</Value>"
                + "<Type>NUMBER</Type></PropertyValue></UserProperties><MessageGroupId>g</MessageGroupId>"
                + "<SystemProperties><SystemPropertyValue><Name>baggage</Name><Value>v</Value></SystemPropertyValue>"
                + "</SystemProperties>" + BODY);

        assertThat(publication.properties())
                .isEqualTo(new MessageProperties(
                        Optional.of("g"),
                        List.of(new MessageProperty("baggage", "v", MessageProperty.Type.STRING)),
                        List.of(new MessageProperty("n", "5", MessageProperty.Type.NUMBER))));
    }

    @Test
    void elementsOfASendMeanNothingHere() {
        assertThat(publication("<Priority>x</Priority><DelaySeconds>x</DelaySeconds><New><x/></New>" + BODY)
                        .body())
                .hasToString("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<MessageBody/>", "<MessageBody><b>x</b></MessageBody>", "<MessageTag>t</MessageTag>"})
    void aMessageHasABody(String children) {
        assertRefused("MessageBody", children);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0123456789abcdef", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", " a "})
    void aTagHasOneToSixteenCharacters(String text) {
        assertThat(publication(BODY + "<MessageTag>" + text + "</MessageTag>").tag())
                .contains(new Tag(text));
    }

    @Test
    void anEmptyTagIsNone() {
        assertThat(publication(BODY + "<MessageTag/>").tag()).isEmpty();
    }

    @Test
    void aTagOfSeventeenCharactersIsRefused() {
        assertThatThrownBy(() -> publication(BODY + "<MessageTag>0123456789abcdefg</MessageTag>"))
                .hasMessage("The value of MessageTag should between 1 and 16 characters.")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DirectMail", "DirectSMS", "WebSocket", "Push", "DYSMS", "DM"})
    void everyKnownAttributeIsKeptAsItsText(String name) {
        String text = " {\"Subject\": \"必达\", \"SmsParams\": \"{\\\"a\\\":1}\", \"IsHtml\": 1}\n";

        assertThat(withAttributes("<" + name + ">" + text + "</" + name + ">").attributes())
                .hasSize(1)
                .containsEntry(name, text);
    }

    @Test
    void attributesKeepTheirOrder() {
        assertThat(withAttributes("<DM>{}</DM><DirectSMS>{}</DirectSMS><DYSMS>{}</DYSMS>")
                        .attributes())
                .containsOnlyKeys("DM", "DirectSMS", "DYSMS")
                .extracting(attributes -> List.copyOf(attributes.keySet()))
                .isEqualTo(List.of("DM", "DirectSMS", "DYSMS"));
    }

    @Test
    void attributesThatNobodyKnowsArePassedOver() {
        assertThat(withAttributes("<New>no JSON</New><directmail><x/></directmail>")
                        .attributes())
                .isEmpty();
        assertThat(publication(BODY + "<MessageAttributes/>").attributes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<DM>{}</DM><DYSMS>{}</DYSMS><DM>{}</DM>", "<DM>{\"a\":1}</DM><DM>{\"a\":1}</DM>"})
    void anAttributeComesOnce(String attributes) {
        assertRefused("DM", BODY + "<MessageAttributes>" + attributes + "</MessageAttributes>");
    }

    @Test
    void anAttributeDoesNotComeOnceMoreInASecondElement() {
        String attributes = "<MessageAttributes><DM>{}</DM></MessageAttributes>";

        assertRefused("DM", BODY + attributes + attributes);
    }

    static Stream<Arguments> noObjects() {
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("blanks", " \n"),
                Arguments.of("text", "hello"),
                Arguments.of("number", "1"),
                Arguments.of("string", "\"a\""),
                Arguments.of("null", "null"),
                Arguments.of("array", "[]"),
                Arguments.of("array of objects", "[{}]"),
                Arguments.of("only opened", "{"),
                Arguments.of("cut off", "{\"a\":1"),
                Arguments.of("name without value", "{\"a\"}"),
                Arguments.of("comma at the end", "{\"a\":1,}"),
                Arguments.of("names without quotes", "{a:1}"),
                Arguments.of("single quotes", "{'a':1}"),
                Arguments.of("leading zero", "{\"a\":01}"),
                Arguments.of("two objects", "{}{}"),
                Arguments.of("text behind", "{}x"),
                Arguments.of("comment", "{/**/}"),
                Arguments.of("elements", "<b>{}</b>"),
                Arguments.of("nested a little too deep", nested(10)),
                Arguments.of("nested deeper than the parser goes", nested(100_000)));
    }

    private static String nested(int arrays) {
        return "{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noObjects")
    void anAttributeThatIsNoJSONObjectIsRefusedByName(String name, String text) {
        Assertions.assertThatCode(() -> assertRefused(
                        "DirectMail",
                        BODY + "<MessageAttributes><DirectMail>" + text + "</DirectMail></MessageAttributes>"))
                .as(name)
                .doesNotThrowAnyException();
    }

    @Test
    void anAttributeNestsAtMostTenDeep() {
        assertThat(withAttributes("<DM>" + nested(9) + "</DM>").attributes()).containsEntry("DM", nested(9));
    }

    @ParameterizedTest
    @CsvSource({
        "'',MALFORMED_XML",
        "<Message>,MALFORMED_XML",
        "<Message><MessageAttributes><DM>x</DM></MessageAttributes>,MALFORMED_XML",
        "<Messages/>,INVALID_ARGUMENT",
        "<Topic/>,INVALID_ARGUMENT"
    })
    void whatIsNoMessageIsRefused(String xml, ErrorCode code) {
        assertThatThrownBy(() -> read(xml)).extracting("code").isEqualTo(code);
    }

    @Test
    void thePublisherIsToldIdAndDigest() {
        assertThat(PublicationDocument.write(new PublishedMessage("A-1", "0733351879B2FA9BD05C7CA3061529C0")))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                        + "<Message xmlns=\"http://mns.aliyuncs.com/doc/v1\"><MessageId>A-1</MessageId>"
                        + "<MessageBodyMD5>0733351879B2FA9BD05C7CA3061529C0</MessageBodyMD5></Message>");
    }
}
