package io.bida.api.xml;

import io.bida.error.InvalidArgumentException;
import io.bida.topic.Endpoint;
import io.bida.topic.InvalidEndpointException;
import io.bida.topic.NotifyContentFormat;
import io.bida.topic.NotifyStrategy;
import io.bida.topic.SubscriptionAttributes;
import io.bida.topic.SubscriptionAttributesChange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the elements of {@code <Subscription>}, kept as text until the whole document is known to be
 * well-formed. Source: wire specification 8.3.
 */
final class SubscriptionTexts {

    private @Nullable String endpoint;
    private @Nullable String filterTag;
    private @Nullable String strategy;
    private @Nullable String format;

    private SubscriptionTexts() {}

    /**
     * Reads a document; an empty one names nothing.
     *
     * @throws MalformedXMLException if it is not XML (MalformedXML)
     * @throws InvalidArgumentException if the root is another (InvalidArgument)
     */
    static SubscriptionTexts read(byte[] body) {
        SubscriptionTexts texts = new SubscriptionTexts();
        if (body.length > 0) {
            XMLReader.readChildren(body, "Subscription", texts::take);
        }
        return texts;
    }

    private void take(XMLReader xml) {
        switch (xml.name()) {
            case "Endpoint" -> endpoint = xml.text();
            case "FilterTag" -> filterTag = xml.text();
            case "NotifyStrategy" -> strategy = xml.text();
            case "NotifyContentFormat" -> format = xml.text();
            default -> xml.skip();
        }
    }

    /**
     * The wish of who subscribes.
     *
     * @throws InvalidArgumentException if there is no endpoint, or a value is not of its type or too long
     *     (InvalidArgument)
     * @throws InvalidEndpointException if the endpoint has none of the forms (EndpointInvalid)
     */
    SubscriptionAttributes toAttributes() {
        return new SubscriptionAttributes(
                toEndpoint(),
                Values.optionalTag("FilterTag", filterTag),
                toStrategy().orElse(NotifyStrategy.BACKOFF_RETRY),
                toFormat().orElse(NotifyContentFormat.XML));
    }

    /**
     * The change of who has subscribed.
     *
     * @throws InvalidArgumentException if a value is not of its type or too long (InvalidArgument)
     */
    SubscriptionAttributesChange toChange() {
        return new SubscriptionAttributesChange(Values.optionalTag("FilterTag", filterTag), toStrategy());
    }

    private Endpoint toEndpoint() {
        if (endpoint == null || endpoint.isBlank()) {
            throw InvalidArgumentException.causedBy("Endpoint");
        }
        return Endpoint.parse(endpoint.strip());
    }

    private Optional<NotifyStrategy> toStrategy() {
        return Values.optionalWord("NotifyStrategy", NotifyStrategy.values(), strategy);
    }

    /**
     * The format of what is delivered. {@code STREAM}, which one client knows by name, is refused like any other word
     * (our choice): nothing says what it would deliver.
     */
    private Optional<NotifyContentFormat> toFormat() {
        return Values.optionalWord("NotifyContentFormat", NotifyContentFormat.values(), format);
    }
}
