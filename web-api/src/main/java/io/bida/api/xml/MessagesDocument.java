package io.bida.api.xml;

import static io.bida.api.xml.MessageDocument.MESSAGE;

import io.bida.message.PeekedMessage;
import io.bida.message.ReceivedMessage;
import io.bida.message.SendOutcome;
import java.util.List;

/** {@code <Messages>}: the answers to batches. Source: wire specification 4.3, 7.2, 7.4, 7.5. */
public final class MessagesDocument {

    private static final Element ROOT = Element.root("Messages");
    private static final Element ERROR_CODE = Element.of("ErrorCode");
    private static final Element ERROR_MESSAGE = Element.of("ErrorMessage");

    private MessagesDocument() {}

    /** One entry for each message sent, in order: what it is called now, or why it was refused. */
    public static byte[] writeSent(List<SendOutcome> outcomes) {
        XMLWriter xml = new XMLWriter(128 + 192 * outcomes.size()).start(ROOT);
        for (SendOutcome outcome : outcomes) {
            xml.start(MESSAGE);
            if (outcome instanceof SendOutcome.Sent sent) {
                MessageDocument.writeContent(sent.message(), xml);
            } else if (outcome instanceof SendOutcome.Failed failed) {
                xml.element(ERROR_CODE, failed.reason().code().wireName())
                        .element(ERROR_MESSAGE, failed.reason().getMessage());
            }
            xml.end(MESSAGE);
        }
        return xml.end(ROOT).toByteArray();
    }

    /** The messages received. */
    public static byte[] writeReceived(List<ReceivedMessage> messages) {
        int length = 128;
        for (ReceivedMessage message : messages) {
            length += MessageDocument.expectedLength(message);
        }
        XMLWriter xml = new XMLWriter(length).start(ROOT);
        for (ReceivedMessage message : messages) {
            xml.start(MESSAGE);
            MessageDocument.writeContent(message, xml);
            xml.end(MESSAGE);
        }
        return xml.end(ROOT).toByteArray();
    }

    /** The messages seen. */
    public static byte[] writePeeked(List<PeekedMessage> messages) {
        int length = 128;
        for (PeekedMessage message : messages) {
            length += MessageDocument.expectedLength(message);
        }
        XMLWriter xml = new XMLWriter(length).start(ROOT);
        for (PeekedMessage message : messages) {
            xml.start(MESSAGE);
            MessageDocument.writeContent(message, xml);
            xml.end(MESSAGE);
        }
        return xml.end(ROOT).toByteArray();
    }
}
