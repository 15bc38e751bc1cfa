package io.bida.api.xml;

import io.bida.error.InvalidArgumentException;
import io.bida.message.MessageProperty;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What stands in {@code SystemProperties} or {@code UserProperties}. Source: wire specification 3.5, 11.2. */
final class PropertyTexts {

    private record Texts(
            @Nullable String name,
            @Nullable String value,
            @Nullable String type) {}

    private final String all;
    private final String each;
    private List<Texts> properties = List.of();

    PropertyTexts(String all, String each) {
        this.all = all;
        this.each = each;
    }

    boolean isEmpty() {
        return properties.isEmpty();
    }

    /** Reads the element the reader is in, and leaves it. */
    void read(XMLReader xml) {
        properties = new ArrayList<>();
        while (xml.nextChild()) {
            if (xml.name().equals(each)) {
                properties.add(readOne(xml));
            } else {
                xml.skip();
            }
        }
    }

    private static Texts readOne(XMLReader xml) {
        String name = null;
        String value = null;
        String type = null;
        while (xml.nextChild()) {
            switch (xml.name()) {
                case "Name" -> name = xml.text();
                case "Value" -> value = xml.text();
                case "Type" -> type = xml.text();
                default -> xml.skip();
            }
        }
        return new Texts(name, value, type);
    }

    /** The names of system properties that clients may set; other ones make some receivers fail. */
    static boolean isSetByClients(String name) {
        return switch (name) {
            case "traceparent", "tracestate", "baggage" -> true;
            default -> false;
        };
    }

    /**
     * The properties these texts describe.
     *
     * @throws InvalidArgumentException if one lacks its name or value, has a name that is not allowed, or a value that
     *     is not of its type, on which receivers would fail (InvalidArgument)
     */
    List<MessageProperty> toProperties(Predicate<String> isAllowed) {
        List<MessageProperty> checked = new ArrayList<>(properties.size());
        for (Texts texts : properties) {
            if (texts.name == null || texts.name.isEmpty() || texts.value == null || texts.value.isEmpty()) {
                throw InvalidArgumentException.causedBy(all);
            }
            MessageProperty.Type type = type(texts.type);
            if (!isAllowed.test(texts.name) || !isOfType(texts.value, type)) {
                throw InvalidArgumentException.causedBy(all);
            }
            checked.add(new MessageProperty(texts.name, texts.value, type));
        }
        return checked;
    }

    private MessageProperty.Type type(@Nullable String text) {
        return switch (text == null ? "STRING" : text.strip()) {
            case "STRING" -> MessageProperty.Type.STRING;
            case "NUMBER" -> MessageProperty.Type.NUMBER;
            case "BOOLEAN" -> MessageProperty.Type.BOOLEAN;
            case "BINARY" -> MessageProperty.Type.BINARY;
            default -> throw InvalidArgumentException.causedBy(all);
        };
    }

    private static boolean isOfType(String value, MessageProperty.Type type) {
        return switch (type) {
            case STRING -> true;
            case NUMBER -> isNumber(value);
            case BOOLEAN -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
            case BINARY -> isBase64(value);
        };
    }

    // Reading a number takes time that grows with the square of its length, hence the end at 128 characters.
    private static boolean isNumber(String value) {
        try {
            return value.length() <= 128 && new BigDecimal(value).precision() > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isBase64(String value) {
        try {
            return Base64.getMimeDecoder().decode(value).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
