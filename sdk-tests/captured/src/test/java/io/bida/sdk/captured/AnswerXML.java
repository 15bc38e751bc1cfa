package io.bida.sdk.captured;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The document of an answer, read by tag names as the libraries do. */
final class AnswerXML {

    private final Document document;

    private AnswerXML(Document document) {
        this.document = document;
    }

    static AnswerXML parse(String body) throws IOException {
        try {
            return new AnswerXML(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(body))));
        } catch (ParserConfigurationException | SAXException unreadable) {
            throw new IOException("Not an XML document: " + body, unreadable);
        }
    }

    String root() {
        return document.getDocumentElement().getTagName();
    }

    /** The texts of all elements of this name, in their order. */
    List<String> texts(String tag) {
        NodeList elements = document.getElementsByTagName(tag);
        return IntStream.range(0, elements.getLength())
                .mapToObj(i -> elements.item(i).getTextContent())
                .toList();
    }

    /** The text of the one element of this name. */
    String text(String tag) throws IOException {
        List<String> texts = texts(tag);
        if (texts.size() != 1) {
            throw new IOException("The answer has " + texts.size() + " elements " + tag + ", not one");
        }
        return texts.get(0);
    }

    /** The names of the root's children, in their order. */
    List<String> children() {
        NodeList nodes = document.getDocumentElement().getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .map(node -> node.getNodeName())
                .filter(name -> !name.startsWith("#"))
                .toList();
    }
}
