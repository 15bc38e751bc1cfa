package io.bida.api.xml;

import io.bida.error.InvalidArgumentException;
import io.bida.topic.Subscription;
import io.bida.topic.SubscriptionAttributes;
import io.bida.topic.SubscriptionAttributesChange;

/**
 * {@code <Subscription>}: the attributes a client sets and the ones it is told. Source: wire specification 8.3, 8.5.
 *
 * <p>{@code State} is left out of what is told: no client needs it, and its values are unknown.
 */
public final class SubscriptionDocument {

    private static final Element ROOT = Element.root("Subscription");
    private static final Element SUBSCRIPTION_NAME = Element.of("SubscriptionName");
    private static final Element SUBSCRIBER = Element.of("Subscriber");
    private static final Element TOPIC_OWNER = Element.of("TopicOwner");
    private static final Element TOPIC_NAME = Element.of("TopicName");
    private static final Element ENDPOINT = Element.of("Endpoint");
    private static final Element NOTIFY_STRATEGY = Element.of("NotifyStrategy");
    private static final Element NOTIFY_CONTENT_FORMAT = Element.of("NotifyContentFormat");
    private static final Element FILTER_TAG = Element.of("FilterTag");
    private static final Element CREATE_TIME = Element.of("CreateTime");
    private static final Element LAST_MODIFY_TIME = Element.of("LastModifyTime");

    private SubscriptionDocument() {}

    /**
     * What a client asks for when it subscribes; what it leaves out has its default.
     *
     * @throws MalformedXMLException if it is not XML (MalformedXML)
     * @throws InvalidArgumentException if the root is another, there is no endpoint, or a value is not of its type or
     *     too long (InvalidArgument)
     * @throws io.bida.topic.InvalidEndpointException if the endpoint has none of the forms (EndpointInvalid)
     */
    public static SubscriptionAttributes read(byte[] body) {
        return SubscriptionTexts.read(body).toAttributes();
    }

    /**
     * What a client names when it changes a subscription. Endpoint and content format never change, so these elements
     * count among the unknown ones. An empty tag names none: the tag before stays.
     *
     * @throws MalformedXMLException if it is not XML (MalformedXML)
     * @throws InvalidArgumentException if the root is another, or a value is not of its type or too long
     *     (InvalidArgument)
     */
    public static SubscriptionAttributesChange readChange(byte[] body) {
        return SubscriptionTexts.read(body).toChange();
    }

    /** The whole of a subscription: every element but an absent tag, since one client needs each. */
    public static byte[] write(Subscription subscription) {
        XMLWriter xml = new XMLWriter(1024).start(ROOT);
        writeAttributes(subscription, xml);
        return xml.end(ROOT).toByteArray();
    }

    static void writeAttributes(Subscription subscription, XMLWriter xml) {
        SubscriptionAttributes attributes = subscription.attributes();
        String account = subscription.accountId().value();
        xml.element(SUBSCRIPTION_NAME, subscription.name().value())
                .element(SUBSCRIBER, account)
                .element(TOPIC_OWNER, account)
                .element(TOPIC_NAME, subscription.topicName().value())
                .element(ENDPOINT, attributes.endpoint().text())
                .element(NOTIFY_STRATEGY, attributes.strategy().name())
                .element(NOTIFY_CONTENT_FORMAT, attributes.format().name());
        attributes.filterTag().ifPresent(tag -> xml.element(FILTER_TAG, tag.value()));
        xml.element(CREATE_TIME, subscription.createdAt().getEpochSecond())
                .element(LAST_MODIFY_TIME, subscription.lastModifiedAt().getEpochSecond());
    }
}
