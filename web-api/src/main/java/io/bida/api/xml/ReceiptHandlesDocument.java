package io.bida.api.xml;

import io.bida.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;

/** {@code <ReceiptHandles>}: what a batch of deletes names. Source: wire specification 7.7. */
public final class ReceiptHandlesDocument {

    private ReceiptHandlesDocument() {}

    /**
     * The handles in order, possibly none or too many.
     *
     * @throws MalformedXMLException if it is not XML (MalformedXML)
     * @throws InvalidArgumentException if the root is another (InvalidArgument)
     */
    public static List<String> read(byte[] body) {
        List<String> texts = new ArrayList<>();
        XMLReader.readChildren(body, "ReceiptHandles", xml -> {
            if (xml.name().equals("ReceiptHandle")) {
                texts.add(xml.text().strip());
            } else {
                xml.skip();
            }
        });
        return texts;
    }
}
