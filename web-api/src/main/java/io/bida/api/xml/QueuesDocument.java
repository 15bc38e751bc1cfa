package io.bida.api.xml;

import io.bida.queue.Marker;
import io.bida.queue.Page;
import io.bida.queue.Queue;
import io.bida.queue.QueueDescription;
import java.util.Optional;

/** {@code <Queues>}: a page of an account's queues. Source: wire specification 6.5. */
public final class QueuesDocument {

    private static final Element ROOT = Element.root("Queues");
    private static final Element QUEUE = Element.of("Queue");
    private static final Element QUEUE_URL = Element.of("QueueURL");
    private static final Element NEXT_MARKER = Element.of("NextMarker");

    private QueuesDocument() {}

    /**
     * The page with the address of each queue only.
     *
     * @param baseURL what the addresses begin with, without a final slash
     */
    public static byte[] write(Page<Queue> page, String baseURL) {
        XMLWriter xml = new XMLWriter(256 + 128 * page.entries().size()).start(ROOT);
        for (Queue queue : page.entries()) {
            xml.start(QUEUE).element(QUEUE_URL, url(queue, baseURL)).end(QUEUE);
        }
        return finish(xml, page.next());
    }

    /** The page with the attributes of each queue. */
    public static byte[] writeWithMeta(Page<QueueDescription> page, String baseURL) {
        XMLWriter xml = new XMLWriter(256 + 640 * page.entries().size()).start(ROOT);
        for (QueueDescription queue : page.entries()) {
            xml.start(QUEUE).element(QUEUE_URL, url(queue.queue(), baseURL));
            QueueDocument.writeAttributes(queue.queue(), queue.statistics(), xml);
            xml.end(QUEUE);
        }
        return finish(xml, page.next());
    }

    private static String url(Queue queue, String baseURL) {
        return baseURL + "/queues/" + queue.name();
    }

    private static byte[] finish(XMLWriter xml, Optional<Marker> next) {
        next.ifPresent(marker -> xml.element(NEXT_MARKER, marker.lastName()));
        return xml.end(ROOT).toByteArray();
    }
}
