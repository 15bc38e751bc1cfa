package io.bida.api.header;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The items of a query, read by the rules of the wire: names in any case, values percent-encoded but not form-encoded.
 *
 * <p>Clients put receipt handles into the URL as they are, so a value ends at {@code &} only and {@code +} stays a
 * plus. Source: wire specification 1.2.
 */
public final class QueryString {

    private static final QueryString EMPTY = new QueryString();

    private final String[] known;
    private final String[] names;
    private final String[] values;
    private int size;

    private QueryString(String... known) {
        this.known = known;
        this.names = new String[known.length];
        this.values = new String[known.length];
    }

    /**
     * Reads an undecoded query.
     *
     * @param known the lower-case names that mean something here
     * @throws RefusedRequestException if an item is not known, comes twice or cannot be decoded (InvalidQueryString)
     */
    public static QueryString read(String query, String... known) {
        if (query.isEmpty()) {
            return EMPTY;
        }
        QueryString read = new QueryString(known);
        for (int from = 0; from <= query.length(); ) {
            int end = query.indexOf('&', from);
            if (end < 0) {
                end = query.length();
            }
            if (end > from) {
                read.add(query.substring(from, end));
            }
            from = end + 1;
        }
        return read;
    }

    private void add(String item) {
        int equals = item.indexOf('=');
        String rawName = equals < 0 ? item : item.substring(0, equals);
        String name = decode(rawName, item).toLowerCase(Locale.ROOT);
        if (!contains(known, known.length, name) || contains(names, size, name)) {
            throw RefusedRequestException.invalidQueryString(rawName);
        }
        names[size] = name;
        values[size] = equals < 0 ? "" : decode(item.substring(equals + 1), item);
        size++;
    }

    private static String decode(String raw, String item) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        byte[] bytes = PercentCoding.decode(raw).orElseThrow(() -> RefusedRequestException.invalidQueryString(item));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static boolean contains(String[] names, int size, String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The item's value, possibly the empty text; empty if the item is absent. */
    public Optional<String> find(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return Optional.of(values[i]);
            }
        }
        return Optional.empty();
    }

    /** Whether the item is there. */
    public boolean has(String name) {
        return contains(names, size, name);
    }

    /**
     * Whether the item says {@code true}, in any case; an absent one says no.
     *
     * @throws RefusedRequestException if it says neither {@code true} nor {@code false} (InvalidQueryString)
     */
    public boolean isTrue(String name) {
        Optional<String> value = find(name);
        if (value.isEmpty() || value.get().equalsIgnoreCase("false")) {
            return false;
        }
        if (value.get().equalsIgnoreCase("true")) {
            return true;
        }
        throw RefusedRequestException.invalidQueryString(name);
    }
}
