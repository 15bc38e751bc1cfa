package io.bida.api.xml;

import io.bida.error.InvalidArgumentException;
import io.bida.message.NewMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * What a POST to a queue's messages carries: {@code <Message>} for one message, {@code <Messages>} for a batch. Source:
 * wire specification 7.1, 7.2.
 *
 * @param isBatch whether the root was {@code Messages}, which also decides the form of the answer
 * @param messages one if it is no batch; otherwise as many as there were, possibly none or too many
 */
public record SendDocument(boolean isBatch, List<NewMessage> messages) {

    /**
     * Reads the body of a send.
     *
     * @throws MalformedXMLException if it is not XML (MalformedXML)
     * @throws InvalidArgumentException if the root is another, or an element is missing, not of its type or out of its
     *     range (InvalidArgument)
     */
    public static SendDocument read(byte[] body) {
        XMLReader xml = new XMLReader(body);
        String root = xml.name();
        List<MessageTexts> texts = new ArrayList<>(1);
        switch (root) {
            case "Message" -> texts.add(MessageTexts.read(xml));
            case "Messages" -> readEntries(xml, texts);
            default -> xml.skip();
        }
        xml.end();
        return new SendDocument(isBatch(root), toMessages(texts));
    }

    private static void readEntries(XMLReader xml, List<MessageTexts> texts) {
        while (xml.nextChild()) {
            if (xml.name().equals("Message")) {
                texts.add(MessageTexts.read(xml));
            } else {
                xml.skip();
            }
        }
    }

    private static boolean isBatch(String root) {
        return switch (root) {
            case "Message" -> false;
            case "Messages" -> true;
            default -> throw InvalidArgumentException.causedBy("Message");
        };
    }

    private static List<NewMessage> toMessages(List<MessageTexts> texts) {
        List<NewMessage> messages = new ArrayList<>(texts.size());
        for (MessageTexts text : texts) {
            messages.add(text.toMessage());
        }
        return messages;
    }
}
