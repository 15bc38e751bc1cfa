package io.bida.api.xml;

import io.bida.error.InvalidArgumentException;
import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands in {@code MessageAttributes}: for each kind of endpoint that needs more than the body, a JSON object as
 * text. Source: wire specification 8.6.
 */
final class AttributeTexts {

    /**
     * Deepest nesting of an attribute, in objects and arrays: 10, our choice, as for XML; the deepest one known nests
     * 1. Beyond 1000 the parser would fail in its own way.
     */
    private static final int MAX_DEPTH = 10;

    private static final JsonParserFactory JSON = Json.createParserFactory(Map.of());

    private record Attribute(String name, String text) {}

    private final List<Attribute> attributes = new ArrayList<>(0);

    /** Reads the element the reader is in, and leaves it; attributes of kinds that nobody knows are passed over. */
    void read(XMLReader xml) {
        while (xml.nextChild()) {
            if (isKnown(xml.name())) {
                attributes.add(new Attribute(xml.name(), xml.text()));
            } else {
                xml.skip();
            }
        }
    }

    /** Other ones would be stored with every copy of the message, and nothing would ever read them. */
    private static boolean isKnown(String name) {
        return switch (name) {
            case "DirectMail", "DirectSMS", "WebSocket", "Push", "DYSMS", "DM" -> true;
            default -> false;
        };
    }

    /**
     * The texts by name, in the order given.
     *
     * @throws InvalidArgumentException if there are two of a name, or one is no JSON object (InvalidArgument)
     */
    Map<String, String> toAttributes() {
        Map<String, String> checked = new LinkedHashMap<>();
        for (Attribute attribute : attributes) {
            boolean isFirst = checked.put(attribute.name(), attribute.text()) == null;
            if (!isFirst || !isObject(attribute.text())) {
                throw InvalidArgumentException.causedBy(attribute.name());
            }
        }
        return checked;
    }

    private static boolean isObject(String text) {
        try (JsonParser json = JSON.createParser(new StringReader(text))) {
            boolean isObject = json.next() == Event.START_OBJECT;
            int depth = 1;
            while (json.hasNext() && depth <= MAX_DEPTH) {
                depth += step(json.next());
            }
            return isObject && depth == 0;
        } catch (JsonParsingException e) {
            return false;
        }
    }

    private static int step(Event event) {
        return switch (event) {
            case START_OBJECT, START_ARRAY -> 1;
            case END_OBJECT, END_ARRAY -> -1;
            default -> 0;
        };
    }
}
