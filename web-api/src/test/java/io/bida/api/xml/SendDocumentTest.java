package io.bida.api.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.error.ErrorCode;
import io.bida.message.MessageProperty;
import io.bida.message.NewMessage;
import io.bida.message.Priority;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendDocumentTest {

    private static SendDocument read(String xml) {
        return SendDocument.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static NewMessage message(String children) {
        return read("<Message>" + children + "</Message>").messages().get(0);
    }

    private static void assertRefused(ErrorCode code, String xml) {
        assertRefused(code, xml.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(ErrorCode code, byte[] xml) {
        assertThatThrownBy(() -> SendDocument.read(xml)).extracting("code").isEqualTo(code);
    }

    @Test
    void whatALibraryOfTheVendorSendsIsRead() {
        SendDocument sent = read("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>"
                + "<Message xmlns=\"http://mns.aliyuncs.com/doc/v1\"><MessageBody>aGVsbG8=</MessageBody>"
                + "<DelaySeconds>0</DelaySeconds><Priority>3</Priority></Message>");

        assertThat(sent.isBatch()).isFalse();
        assertThat(sent.messages()).singleElement().satisfies(message -> {
            assertThat(message.body()).hasToString("aGVsbG8=");
            assertThat(message.priority()).isEqualTo(new Priority(3));
            assertThat(message.delaySeconds()).isEqualTo(OptionalInt.of(0));
        });
    }

    @Test
    void theRootTellsABatchFromASingleMessage() {
        SendDocument sent = read("<Messages><Message><MessageBody>a</MessageBody></Message>"
                + "<Message><MessageBody>b</MessageBody></Message><Other/></Messages>");

        assertThat(sent.isBatch()).isTrue();
        assertThat(sent.messages())
                .extracting(message -> message.body().toString())
                .containsExactly("a", "b");
        assertThat(read("<Messages/>").messages()).isEmpty();
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        NewMessage message = message("<MessageBody>a</MessageBody>");

        assertThat(message.priority()).isEqualTo(Priority.DEFAULT);
        assertThat(message.delaySeconds()).isEmpty();
        assertThat(message.properties().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<m:Message xmlns:m=\"http://mns.aliyuncs.com/doc/v1/\"><m:MessageBody>a</m:MessageBody></m:Message>",
                "<Message xmlns=\"urn:other\"><MessageBody>a</MessageBody></Message>",
                "\uFEFF<Message><MessageBody>a</MessageBody></Message>",
                "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><Message><MessageBody>a</MessageBody></Message>",
                "<!-- c --><Message a=\"b\"><!-- c --><New><x>1</x></New>\n <MessageBody>a</MessageBody></Message><!-- c -->",
                "<?xml-stylesheet href=\"http://127.0.0.1:1/\"?><Message><MessageBody>a</MessageBody></Message>",
                "<Message xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                        + " xsi:schemaLocation=\"urn:a http://127.0.0.1:1/x.xsd\"><MessageBody>a</MessageBody></Message>",
                "<Message><x:include xmlns:x=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\"/>"
                        + "<MessageBody>a</MessageBody></Message>"
            })
    void namespacesCommentsAndUnknownElementsAreNoObstacle(String xml) {
        assertThat(read(xml).messages().get(0).body()).hasToString("a");
    }

    @Test
    void theBodyIsKeptCharacterByCharacter() {
        assertThat(message(
                                "<MessageBody> <![CDATA[<&]]>&lt;&amp;&gt;&quot;&apos;&#13;&#xA;\t<!-- - -->必达 😀 </MessageBody>")
                        .body())
                .hasToString(" <&<&>\"'\r\n\t必达 😀 ");
        assertThat(message("<MessageBody>" + "x".repeat(65_536) + "</MessageBody>")
                        .body()
                        .length())
                .isEqualTo(65_536);
    }

    @Test
    void utf16IsUnderstood() {
        byte[] xml = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><Message><MessageBody>必达</MessageBody></Message>"
                .getBytes(StandardCharsets.UTF_16);

        assertThat(SendDocument.read(xml).messages().get(0).body()).hasToString("必达");
    }

    @Test
    void numbersMayStandBetweenBlanks() {
        NewMessage message =
                message("<Priority> 5\n</Priority><DelaySeconds>\t7 </DelaySeconds><MessageBody>a</MessageBody>");

        assertThat(message.priority().value()).isEqualTo(5);
        assertThat(message.delaySeconds()).hasValue(7);
    }

    @Test
    void propertiesAndGroupAreRead() {
        NewMessage message = message("<MessageBody>a</MessageBody><UserProperties>"
                + "<PropertyValue><Name>b</Name><Value>true</Value><Type>BOOLEAN</Type></PropertyValue>"
                + "<PropertyValue><Name>n</Name><Value>-5.5</Value><Type>NUMBER</Type></PropertyValue>"
                + "<PropertyValue><Name>bin</Name><Value>QUI=</Value><Type>BINARY</Type></PropertyValue>"
                + "<PropertyValue><Name>s</Name><Value> v </Value><Type>STRING</Type></PropertyValue>"
                + "</UserProperties><SystemProperties><SystemPropertyValue><Name>traceparent</Name><Value>00-abc</Value>"
                + "<Type>STRING</Type></SystemPropertyValue></SystemProperties><MessageGroupId>g</MessageGroupId>");

        assertThat(message.properties().messageGroupId()).contains("g");
        assertThat(message.properties().user())
                .containsExactly(
                        new MessageProperty("b", "true", MessageProperty.Type.BOOLEAN),
                        new MessageProperty("n", "-5.5", MessageProperty.Type.NUMBER),
                        new MessageProperty("bin", "QUI=", MessageProperty.Type.BINARY),
                        new MessageProperty("s", " v ", MessageProperty.Type.STRING));
        assertThat(message.properties().system())
                .containsExactly(new MessageProperty("traceparent", "00-abc", MessageProperty.Type.STRING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Name>n</Name><Value>x</Value><Type>NUMBER</Type>",
                "<Name>n</Name><Value>maybe</Value><Type>BOOLEAN</Type>",
                "<Name>n</Name><Value>=</Value><Type>BINARY</Type>",
                "<Name>n</Name><Value>v</Value><Type>OTHER</Type>",
                "<Name></Name><Value>v</Value>",
                "<Value>v</Value>",
                "<Name>n</Name>"
            })
    void propertiesOnWhichReceiversWouldFailAreRefused(String property) {
        assertRefused(
                ErrorCode.INVALID_ARGUMENT,
                "<Message><MessageBody>a</MessageBody><UserProperties><PropertyValue>" + property
                        + "</PropertyValue></UserProperties></Message>");
    }

    @Test
    void systemPropertiesThatOnlyTheServiceSetsAreRefused() {
        assertRefused(
                ErrorCode.INVALID_ARGUMENT,
                "<Message><MessageBody>a</MessageBody><SystemProperties><SystemPropertyValue><Name>DLQSourceArn</Name>"
                        + "<Value>v</Value><Type>STRING</Type></SystemPropertyValue></SystemProperties></Message>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1e3",
                "0x10",
                "5.0",
                "٥",
                "５",
                "five",
                "--5",
                "+",
                "5 5",
                "2147483648",
                "9223372036854775808",
                "<b>5</b>"
            })
    void whatIsNoNumberIsRefusedByName(String text) {
        assertThatThrownBy(() -> message("<MessageBody>a</MessageBody><Priority>" + text + "</Priority>"))
                .hasMessage("The XML you provided did not validate against our published schema, cause by Priority.")
                .extracting("code")
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "17", "-1"})
    void aPriorityOutOfItsRangeIsRefusedWithTheRange(String text) {
        assertThatThrownBy(() -> message("<MessageBody>a</MessageBody><Priority>" + text + "</Priority>"))
                .hasMessage("The value of Priority should between 1 and 16.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Message/>",
                "<Message><MessageBody/></Message>",
                "<Message><MessageBody><b>x</b></MessageBody></Message>",
                "<Queue><MessageBody>a</MessageBody></Queue>",
                "<message><MessageBody>a</MessageBody></message>"
            })
    void wellFormedButNoMessageIsAnInvalidArgument(String xml) {
        assertRefused(ErrorCode.INVALID_ARGUMENT, xml);
    }

    static Stream<Arguments> malformed() {
        String start = "<Message><MessageBody>";
        String end = "</MessageBody></Message>";
        String entities = Stream.iterate(1, i -> i + 1)
                .limit(10)
                .map(i -> "<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">")
                .reduce("<!ENTITY l0 \"lol\">", String::concat);
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("blanks", "  \n"),
                Arguments.of("text only", "hello"),
                Arguments.of("JSON", "{\"MessageBody\":\"a\"}"),
                Arguments.of("cut off", "<Message><MessageBody>a</MessageBody>"),
                Arguments.of("wrong nesting", "<Message><MessageBody>a</Message></MessageBody>"),
                Arguments.of("two roots", start + "a" + end + "<Message/>"),
                Arguments.of("text after the root", start + "a" + end + "x"),
                Arguments.of("bad value before bad syntax", "<Message><Priority>x</Priority><MessageBody>a</Message>"),
                Arguments.of("NUL", start + "a\0b" + end),
                Arguments.of("not a character", start + "\uFFFE" + end),
                Arguments.of("reference to NUL", start + "&#x0;" + end),
                Arguments.of("reference to half a character", start + "&#xD800;" + end),
                Arguments.of("reference to a control character", start + "&#1;" + end),
                Arguments.of("end of CDATA outside", start + "a]]>b" + end),
                Arguments.of("unknown entity", start + "&nbsp;" + end),
                Arguments.of("unbound prefix", "<m:Message><m:MessageBody>a</m:MessageBody></m:Message>"),
                Arguments.of("attribute twice", "<Message a=\"1\" a=\"2\"><MessageBody>a</MessageBody></Message>"),
                Arguments.of("XML 1.1", "<?xml version=\"1.1\"?>" + start + "&#1;" + end),
                Arguments.of("doctype", "<!DOCTYPE Message>" + start + "a" + end),
                Arguments.of("internal entity", "<!DOCTYPE Message [<!ENTITY e \"x\">]>" + start + "&e;" + end),
                Arguments.of("billion laughs", "<!DOCTYPE Message [" + entities + "]>" + start + "&l10;" + end),
                Arguments.of(
                        "external file",
                        "<!DOCTYPE Message [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + start + "&e;" + end),
                Arguments.of("deep", "<a>".repeat(10_000)),
                Arguments.of("a little too deep", "<Message>" + "<a>".repeat(10) + "</a>".repeat(10) + "</Message>"),
                Arguments.of("many attributes", "<Message" + attributes(100_000) + "/>"),
                Arguments.of("declared as GBK", "<?xml version=\"1.0\" encoding=\"GBK\"?>" + start + "a" + end),
                Arguments.of(
                        "declared as Latin", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + start + "a" + end),
                Arguments.of("declared as UTF-7", "<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + start + "a" + end),
                Arguments.of("declared as nonsense", "<?xml version=\"1.0\" encoding=\"x\"?>" + start + "a" + end),
                Arguments.of("wrongly declared", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + start + "a" + end));
    }

    private static String attributes(int count) {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < count; i++) {
            attributes.append(" a").append(i).append("=\"\"");
        }
        return attributes.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void whatIsNoXMLOfTheWireIsMalformed(String name, String xml) {
        Assertions.assertThatCode(() -> assertRefused(ErrorCode.MALFORMED_XML, xml))
                .as(name)
                .doesNotThrowAnyException();
    }

    static Stream<Arguments> wrongBytes() {
        String text = "<Message><MessageBody>ä必</MessageBody></Message>";
        return Stream.of(
                Arguments.of("Latin bytes", text.replace("必", "").getBytes(StandardCharsets.ISO_8859_1)),
                Arguments.of("GBK bytes", text.getBytes(Charset.forName("GBK"))),
                Arguments.of(
                        "half a character", utf8("<Message><MessageBody>", 0xE5, 0xBF, "</MessageBody></Message>")),
                Arguments.of("surrogate", utf8("<Message><MessageBody>", 0xED, 0xA0, 0x80, "</MessageBody></Message>")),
                Arguments.of("overlong", utf8("<Message><MessageBody>", 0xC0, 0xBC, "</MessageBody></Message>")),
                Arguments.of("lone FFFE", new byte[] {(byte) 0xFF, (byte) 0xFE}),
                Arguments.of("zeros", new byte[64]));
    }

    private static byte[] utf8(Object... parts) {
        StringBuilder bytes = new StringBuilder();
        for (Object part : parts) {
            bytes.append(part instanceof Integer b ? Character.toString(b) : part);
        }
        return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongBytes")
    void bytesThatAreNoTextAreMalformed(String name, byte[] xml) {
        Assertions.assertThatCode(() -> assertRefused(ErrorCode.MALFORMED_XML, xml))
                .as(name)
                .doesNotThrowAnyException();
    }

    @Test
    void nothingIsEverFetched() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + probe.getLocalPort() + "/x";

            assertRefused(
                    ErrorCode.MALFORMED_XML,
                    "<!DOCTYPE Message SYSTEM \"" + url + "\"><Message><MessageBody>a</MessageBody></Message>");
            assertRefused(
                    ErrorCode.MALFORMED_XML, "<!DOCTYPE Message [<!ENTITY % p SYSTEM \"" + url + "\"> %p;]><Message/>");
            assertRefused(
                    ErrorCode.MALFORMED_XML,
                    "<!DOCTYPE Message [<!ENTITY e SYSTEM \"" + url + "\">]><Message>&e;</Message>");

            probe.setSoTimeout(50);
            assertThatThrownBy(probe::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void aBombDoesNotGoOff() {
        String bomb = "<!DOCTYPE Message [<!ENTITY a \"" + "x".repeat(50_000) + "\">]><Message>" + "&a;".repeat(50_000)
                + "</Message>";

        Assertions.assertThatCode(() -> org.junit.jupiter.api.Assertions.assertTimeout(
                        Duration.ofSeconds(2), () -> assertRefused(ErrorCode.MALFORMED_XML, bomb)))
                .doesNotThrowAnyException();
    }
}
