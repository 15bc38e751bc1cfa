package io.bida.drill.client;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** As much XML as the drills speak. */
final class Xml {

    private Xml() {}

    static String document(String root, String content) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><" + root + " xmlns=\"http://mns.aliyuncs.com/doc/v1/\">"
                + content + "</" + root + ">";
    }

    static String element(String name, Object value) {
        String text = String.valueOf(value).replace("&", "&amp;").replace("<", "&lt;");
        return "<" + name + ">" + text + "</" + name + ">";
    }

    /** The root of an answer, which must be well-formed. */
    static Element parse(String document) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(document)))
                    .getDocumentElement();
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("The answer is not well-formed XML", e);
        }
    }

    static String name(Element element) {
        return String.valueOf(element.getLocalName());
    }

    static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && name(child).equals(name)) {
                children.add(child);
            }
        }
        return children;
    }

    static Optional<String> find(Element parent, String name) {
        return children(parent, name).stream().findFirst().map(e -> String.valueOf(e.getTextContent()));
    }

    static String value(Element parent, String name) {
        return find(parent, name).orElseThrow(() -> new AssertionError("No " + name + " in " + name(parent)));
    }
}
