package io.bida.api.xml;

import io.bida.queue.Page;
import io.bida.topic.Topic;
import io.bida.topic.TopicDescription;
import io.bida.topic.TopicName;

/** {@code <Topics>}: a page of an account's topics. Source: wire specification 8.2. */
public final class TopicsDocument {

    private static final PageWriter PAGE = new PageWriter(Element.root("Topics"), Element.of("Topic"));
    private static final Element TOPIC_URL = Element.of("TopicURL");

    private TopicsDocument() {}

    /**
     * The page with the address of each topic only.
     *
     * @param baseURL what the addresses begin with, without a final slash
     */
    public static byte[] write(Page<Topic> page, String baseURL) {
        return PAGE.write(page, 128, (topic, xml) -> xml.element(TOPIC_URL, url(baseURL, topic.name())));
    }

    /** The page with the attributes of each topic. */
    public static byte[] writeWithMeta(Page<TopicDescription> page, String baseURL) {
        return PAGE.write(page, 512, (topic, xml) -> {
            xml.element(TOPIC_URL, url(baseURL, topic.topic().name()));
            TopicDocument.writeAttributes(topic, xml);
        });
    }

    /** The address of a topic. */
    public static String url(String baseURL, TopicName topic) {
        return baseURL + "/topics/" + topic;
    }
}
