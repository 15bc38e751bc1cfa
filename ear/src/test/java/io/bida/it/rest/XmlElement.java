package io.bida.it.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * An element of an answer.
 *
 * @param name its local name
 * @param prefix its prefix, empty if none
 * @param namespace its namespace, empty if none
 * @param children its child elements, in order
 * @param text all text inside it
 */
public record XmlElement(String name, String prefix, String namespace, List<XmlElement> children, String text) {

    /** Reads a document; one that is not well-formed or has a DOCTYPE fails the test. */
    public static XmlElement parse(byte[] document) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return of(factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(document))
                    .getDocumentElement());
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("The answer is not well-formed XML", e);
        }
    }

    /** The text of the one child of that name. */
    public String value(String child) {
        return find(child)
                .orElseThrow(() -> new AssertionError("No " + child + " in " + name + " with " + names()))
                .text();
    }

    /** The one child of that name read as a number. */
    public long number(String child) {
        return Long.parseLong(value(child));
    }

    /** The first child of that name. */
    public Optional<XmlElement> find(String child) {
        return children.stream().filter(c -> c.name().equals(child)).findFirst();
    }

    /** All children of that name. */
    public List<XmlElement> all(String child) {
        return children.stream().filter(c -> c.name().equals(child)).toList();
    }

    /** The names of the children, in order. */
    public List<String> names() {
        return children.stream().map(XmlElement::name).toList();
    }

    /** This element and everything below it. */
    public List<XmlElement> withDescendants() {
        List<XmlElement> all = new ArrayList<>(List.of(this));
        children.forEach(c -> all.addAll(c.withDescendants()));
        return all;
    }

    private static XmlElement of(Element element) {
        List<XmlElement> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(of(child));
            }
        }
        return new XmlElement(
                element.getLocalName(),
                Optional.ofNullable(element.getPrefix()).orElse(""),
                Optional.ofNullable(element.getNamespaceURI()).orElse(""),
                List.copyOf(children),
                element.getTextContent());
    }
}
