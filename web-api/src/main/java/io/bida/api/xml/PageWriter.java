package io.bida.api.xml;

import io.bida.queue.Page;
import java.util.function.BiConsumer;

/**
 * Writes one kind of listing: a root with an element for each entry, and {@code NextMarker} if there is more. Source:
 * wire specification 6.5.
 *
 * @param root the document's root
 * @param entry what stands around each entry
 */
record PageWriter(Element root, Element entry) {

    private static final Element NEXT_MARKER = Element.of("NextMarker");

    /**
     * The page as a document.
     *
     * @param expectedLength bytes of one entry, roughly, so that the writer need not grow
     * @param writeContent writes what stands in an entry's element
     */
    <T> byte[] write(Page<T> page, int expectedLength, BiConsumer<T, XMLWriter> writeContent) {
        XMLWriter xml = new XMLWriter(256 + expectedLength * page.entries().size()).start(root);
        for (T each : page.entries()) {
            xml.start(entry);
            writeContent.accept(each, xml);
            xml.end(entry);
        }
        page.next().ifPresent(marker -> xml.element(NEXT_MARKER, marker.lastName()));
        return xml.end(root).toByteArray();
    }
}
