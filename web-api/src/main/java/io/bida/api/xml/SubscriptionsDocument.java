package io.bida.api.xml;

import io.bida.queue.Page;
import io.bida.topic.Subscription;
import io.bida.topic.SubscriptionName;
import io.bida.topic.TopicName;

/** {@code <Subscriptions>}: a page of a topic's subscriptions. Source: wire specification 8.5. */
public final class SubscriptionsDocument {

    private static final PageWriter PAGE = new PageWriter(Element.root("Subscriptions"), Element.of("Subscription"));
    private static final Element SUBSCRIPTION_URL = Element.of("SubscriptionURL");

    private SubscriptionsDocument() {}

    /**
     * The page with the address of each subscription only.
     *
     * @param baseURL what the addresses begin with, without a final slash
     */
    public static byte[] write(Page<Subscription> page, String baseURL) {
        return PAGE.write(page, 256, (subscription, xml) -> writeURL(subscription, baseURL, xml));
    }

    /** The page with the attributes of each subscription. */
    public static byte[] writeWithMeta(Page<Subscription> page, String baseURL) {
        return PAGE.write(page, 768, (subscription, xml) -> {
            writeURL(subscription, baseURL, xml);
            SubscriptionDocument.writeAttributes(subscription, xml);
        });
    }

    private static void writeURL(Subscription subscription, String baseURL, XMLWriter xml) {
        xml.element(SUBSCRIPTION_URL, url(baseURL, subscription.topicName(), subscription.name()));
    }

    /** The address of a subscription. */
    public static String url(String baseURL, TopicName topic, SubscriptionName subscription) {
        return TopicsDocument.url(baseURL, topic) + "/subscriptions/" + subscription;
    }
}
