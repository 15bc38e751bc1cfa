package io.bida.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Renders the documents that are sent: bodies of a given size in base64 letters, as the official SDKs send them.
 *
 * <p>The letters come from a fixed seed: each run sends the same bytes, and a store that compresses gains no more from
 * them than from any base64 text.
 */
final class MessageDocuments {

    private static final String NAMESPACE = " xmlns=\"http://mns.aliyuncs.com/doc/v1\"";
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final Random random;
    private final int bodyBytes;

    /**
     * Makes documents whose bodies are of this size.
     *
     * @param bodyBytes 1 or more; a server with strict limits takes up to 65536 per request
     * @param seed what the letters come from
     */
    MessageDocuments(int bodyBytes, long seed) {
        this.bodyBytes = bodyBytes;
        this.random = new Random(seed);
    }

    /** The document of a SendMessage, or of a BatchSendMessage if there is more than one message. */
    byte[] send(int messages) {
        StringBuilder document = new StringBuilder(DECLARATION);
        if (messages == 1) {
            appendMessage(document, NAMESPACE);
        } else {
            document.append("<Messages").append(NAMESPACE).append('>');
            for (int i = 0; i < messages; i++) {
                appendMessage(document, "");
            }
            document.append("</Messages>");
        }
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void appendMessage(StringBuilder document, String namespace) {
        document.append("<Message").append(namespace).append("><MessageBody>");
        for (int i = 0; i < bodyBytes; i++) {
            document.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        document.append("</MessageBody></Message>");
    }
}
