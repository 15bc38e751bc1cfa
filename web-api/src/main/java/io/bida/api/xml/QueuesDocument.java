package io.bida.api.xml;

import io.bida.queue.Page;
import io.bida.queue.Queue;
import io.bida.queue.QueueDescription;
import io.bida.queue.QueueName;

/** {@code <Queues>}: a page of an account's queues. Source: wire specification 6.5. */
public final class QueuesDocument {

    private static final PageWriter PAGE = new PageWriter(Element.root("Queues"), Element.of("Queue"));
    private static final Element QUEUE_URL = Element.of("QueueURL");

    private QueuesDocument() {}

    /**
     * The page with the address of each queue only.
     *
     * @param baseURL what the addresses begin with, without a final slash
     */
    public static byte[] write(Page<Queue> page, String baseURL) {
        return PAGE.write(page, 128, (queue, xml) -> xml.element(QUEUE_URL, url(baseURL, queue.name())));
    }

    /** The page with the attributes of each queue. */
    public static byte[] writeWithMeta(Page<QueueDescription> page, String baseURL) {
        return PAGE.write(page, 640, (queue, xml) -> {
            xml.element(QUEUE_URL, url(baseURL, queue.queue().name()));
            QueueDocument.writeAttributes(queue.queue(), queue.statistics(), xml);
        });
    }

    /** The address of a queue. */
    public static String url(String baseURL, QueueName queue) {
        return baseURL + "/queues/" + queue;
    }
}
