package io.bida.api.xml;

import java.nio.charset.StandardCharsets;

/** An element name with its start and end tag as bytes, made once. */
final class Element {

    // Without a final slash: with one, the Java SDK cannot parse any error (wire specification 3, rule 1).
    private static final String NAMESPACE = "http://mns.aliyuncs.com/doc/v1";
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

    private final byte[] start;
    private final byte[] end;

    private Element(String start, String name) {
        this.start = start.getBytes(StandardCharsets.UTF_8);
        this.end = ("</" + name + ">").getBytes(StandardCharsets.UTF_8);
    }

    /** An element inside a document. */
    static Element of(String name) {
        return new Element("<" + name + ">", name);
    }

    /** A document's root: its start tag follows the declaration and names the namespace. */
    static Element root(String name) {
        return new Element(DECLARATION + "<" + name + " xmlns=\"" + NAMESPACE + "\">", name);
    }

    byte[] start() {
        return start;
    }

    byte[] end() {
        return end;
    }
}
