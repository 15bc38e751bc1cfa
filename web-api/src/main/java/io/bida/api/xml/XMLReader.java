package io.bida.api.xml;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import io.bida.error.InvalidArgumentException;
import java.io.ByteArrayInputStream;
import java.util.Locale;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;

/**
 * Walks through a request's XML, element by element, and lets nothing pass that could hurt.
 *
 * <p>Matches local names only and skips elements nobody asks for (wire specification 3). Refused as MalformedXML: any
 * DOCTYPE, entities beyond the five of XML, XML 1.1, encodings other than UTF-8 and UTF-16, elements nested deeper than
 * 10, more than 16 attributes on one (both our choice; the deepest request nests 5). For one thread.
 */
final class XMLReader {

    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader events;

    /**
     * Opens a document and stops inside its root.
     *
     * @throws MalformedXMLException if there is none (MalformedXML)
     */
    XMLReader(byte[] document) {
        try {
            events = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
            checkDeclaration();
            while (next() != XMLStreamConstants.START_ELEMENT) {
                // comments and blanks before the root
            }
        } catch (XMLStreamException e) {
            throw new MalformedXMLException();
        }
    }

    /**
     * Reads a document of which only the children of the root count.
     *
     * @param root the name the root must have
     * @param take gets the reader inside each child in turn, and leaves that child
     * @throws MalformedXMLException if it is not XML (MalformedXML)
     * @throws InvalidArgumentException if the root is another (InvalidArgument); only after the whole document was
     *     read, because being malformed comes first (wire specification 2.6)
     */
    static void readChildren(byte[] document, String root, Consumer<XMLReader> take) {
        XMLReader xml = new XMLReader(document);
        boolean isExpected = xml.name().equals(root);
        while (xml.nextChild()) {
            take.accept(xml);
        }
        xml.end();
        if (!isExpected) {
            throw InvalidArgumentException.causedBy(root);
        }
    }

    // Constructed, not looked up: a look-up inside a server may find the JDK's, which is seven times slower.
    private static XMLInputFactory factory() {
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, 10);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 16);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 4096);
        return factory;
    }

    private void checkDeclaration() throws XMLStreamException {
        String version = events.getVersion();
        String declared = events.getCharacterEncodingScheme();
        if ((version != null && version.equals("1.1")) || (declared != null && !isRead(declared))) {
            throw new MalformedXMLException();
        }
    }

    private static boolean isRead(String encoding) {
        return switch (encoding.toUpperCase(Locale.ROOT)) {
            case "UTF-8", "UTF8", "UTF-16", "UTF-16BE", "UTF-16LE", "US-ASCII" -> true;
            default -> false;
        };
    }

    /** The local name of the element the reader is in. */
    String name() {
        return events.getLocalName();
    }

    /**
     * Enters the next child of the current element; texts between children are passed over.
     *
     * @return whether there was one; {@code false} once the current element has ended
     */
    boolean nextChild() {
        while (true) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                return false;
            }
        }
    }

    /**
     * The text of the element just entered, which it leaves.
     *
     * @throws InvalidArgumentException if there are elements in it (InvalidArgument)
     */
    String text() {
        String element = name();
        String text = "";
        boolean onlyText = true;
        for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
            if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text = text.isEmpty() ? events.getText() : text + events.getText();
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                skip();
                onlyText = false;
            }
        }
        if (!onlyText) {
            throw InvalidArgumentException.causedBy(element);
        }
        return text;
    }

    /** Leaves the element just entered without looking at what is in it. */
    void skip() {
        for (int depth = 1; depth > 0; ) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    /** Reads on from the end of the root to the end of the document, where nothing but comments may stand. */
    void end() {
        while (next() != XMLStreamConstants.END_DOCUMENT) {
            // comments and blanks after the root
        }
    }

    private int next() {
        try {
            int event = events.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new MalformedXMLException();
            }
            return event;
        } catch (XMLStreamException e) {
            throw new MalformedXMLException();
        }
    }
}
