package io.bida.sdk.scenario;

import static io.bida.sdk.OutgoingMessage.aMessage;
import static io.bida.sdk.OutgoingMessage.aRawMessage;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.sdk.IncomingMessage;
import io.bida.sdk.Operation;
import io.bida.sdk.OutgoingMessage;
import io.bida.sdk.SentMessage;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules about what happens to a body on its way: nothing. */
public interface MessageBodyScenarios extends Scenario {

    /** The bodies that are sent, each as it is and in base64. */
    static Stream<OutgoingMessage> bodies() {
        return Stream.of(
                        "hello",
                        "必达：消息一定会到达",
                        "a rocket 🚀, a family 👨‍👩‍👧‍👦 and a flag 🇨🇳",
                        "<Message a=\"1\" b='2'>1 < 2 && 3 > 2</Message> ]]> <![CDATA[x]]> &amp; &#65;",
                        "{\"key\": \"值\", \"list\": [1, 2.5, null]}",
                        "two lines\nand a\ttab",
                        "lines as Windows writes them\r\nto the end\r\n",
                        "  blanks around  ",
                        "é ß Ж ا ह 한 あ \u00a0\u2028\ufffd")
                .flatMap(body -> Stream.of(aRawMessage(body), aMessage(body)));
    }

    @ParameterizedTest
    @MethodSource("io.bida.sdk.scenario.MessageBodyScenarios#bodies")
    default void aBodyArrivesAsItWasSent(OutgoingMessage message) throws Exception {
        String queue = aQueue("body");

        SentMessage sent = send(queue, message);
        IncomingMessage received = receiveOne(queue);

        assertThat(received.bodyLike(message)).isEqualTo(message.body());
        assertThat(received.transmittedBody()).isEqualTo(message.transmittedBody());
        assertThat(sent.bodyMD5()).isEqualTo(md5Of(message.transmittedBody()));
        assertThat(received.bodyMD5()).isEqualTo(sent.bodyMD5());
    }

    @Test
    default void aBodyOfTheGreatestSizeArrives() throws Exception {
        String queue = aQueue("greatest");
        OutgoingMessage message = aRawMessage("x".repeat(65_536));

        send(queue, message);

        assertThat(receiveOne(queue).transmittedBody()).isEqualTo(message.body());
    }

    @Test
    default void aBodyOneByteOverTheGreatestSizeIsRefused() throws Exception {
        String queue = aQueue("too-great");

        assertRefused(Operation.OTHER, "InvalidArgument", () -> client().send(queue, aRawMessage("x".repeat(65_537))));
    }

    @Test
    default void theSizeOfABodyIsMeasuredInBytes() throws Exception {
        String queue = aQueue("bytes");

        assertRefused(Operation.OTHER, "InvalidArgument", () -> client().send(queue, aRawMessage("必".repeat(21_846))));
    }

    private static String md5Of(String text) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%032X", new BigInteger(1, digest));
    }
}
