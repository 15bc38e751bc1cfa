package io.bida.api.signature;

import io.bida.api.header.ApiHeaders;
import io.bida.api.header.PercentCoding;
import io.bida.api.header.RequestHead;
import io.undertow.util.HeaderValues;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a signature covers, made from the head of a request exactly as received.
 *
 * <p>The one canonicaliser: nothing here looks at a decoded path, a parsed query or a copied header. Every character of
 * the result stands for one byte of the request. Source: wire specification 2.1, 2.2.
 */
final class StringToSign {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private StringToSign() {}

    /**
     * Version 2: method, three headers, the {@code x-mns-} headers, and path and query as in the request line.
     *
     * @param date the value for the date's place, as sent
     */
    static String version2(RequestHead head, String date) {
        return version2(head, date, head.query().isEmpty() ? "" : "?" + head.query());
    }

    /** The same for a query of which the server did not keep the question mark. */
    static String version2(RequestHead head, String date, String query) {
        StringBuilder text = new StringBuilder(256)
                .append(head.method())
                .append('\n')
                .append(head.header(ApiHeaders.CONTENT_MD5).orElse(""))
                .append('\n')
                .append(head.contentType().orElse(""))
                .append('\n')
                .append(date)
                .append('\n');
        appendHeaders(mnsHeaders(head), text);
        return text.append(head.path()).append(query).toString();
    }

    /** Version 4: algorithm, time and scope, then the request in its canonical form, not hashed. */
    static String version4(RequestHead head, Authorization.Version4 authorization, Instant time) {
        StringBuilder text = new StringBuilder(384)
                .append(authorization.dialect().algorithm())
                .append('\n')
                .append(TIMESTAMP.format(time))
                .append('\n')
                .append(authorization.scope())
                .append('\n')
                .append(head.method())
                .append('\n');
        PercentCoding.encode(decoded(head.path()), true, text);
        text.append('\n');
        appendQuery(head.query(), text);
        text.append('\n');
        // In the order of their names: content-md5, content-type, x-mns-…
        head.header(ApiHeaders.CONTENT_MD5).ifPresent(value -> appendHeader("content-md5", value, text));
        head.contentType().ifPresent(value -> appendHeader("content-type", value, text));
        appendHeaders(mnsHeaders(head), text);
        return text.append('\n').toString();
    }

    private static List<HeaderValues> mnsHeaders(RequestHead head) {
        List<HeaderValues> mns = new ArrayList<>(4);
        for (HeaderValues values : head.headers()) {
            if (values.getHeaderName().toString().regionMatches(true, 0, "x-mns-", 0, 6)) {
                mns.add(values);
            }
        }
        return mns;
    }

    private static void appendHeaders(List<HeaderValues> headers, StringBuilder text) {
        if (headers.size() > 1) {
            headers.sort(Comparator.comparing(StringToSign::lowerCaseName));
        }
        for (HeaderValues values : headers) {
            String name = lowerCaseName(values);
            for (String value : values) {
                appendHeader(name, value.trim(), text);
            }
        }
    }

    private static void appendHeader(String name, String value, StringBuilder text) {
        text.append(name).append(':').append(value).append('\n');
    }

    private static String lowerCaseName(HeaderValues values) {
        return values.getHeaderName().toString().toLowerCase(Locale.ROOT);
    }

    private static void appendQuery(String query, StringBuilder text) {
        if (query.isEmpty()) {
            return;
        }
        List<String[]> items = new ArrayList<>(4);
        for (int from = 0; from <= query.length(); ) {
            int end = query.indexOf('&', from);
            if (end < 0) {
                end = query.length();
            }
            if (end > from) {
                items.add(canonicalItem(query.substring(from, end)));
            }
            from = end + 1;
        }
        items.sort(Comparator.comparing((String[] item) -> item[0]));
        String separator = "";
        for (String[] item : items) {
            text.append(separator).append(item[0]);
            if (!item[1].isEmpty()) {
                text.append('=').append(item[1]);
            }
            separator = "&";
        }
    }

    private static String[] canonicalItem(String item) {
        int equals = item.indexOf('=');
        String name = equals < 0 ? item : item.substring(0, equals);
        String value = equals < 0 ? "" : item.substring(equals + 1);
        return new String[] {encoded(name, true), encoded(value, false)};
    }

    private static String encoded(String raw, boolean lowerCase) {
        String text = new String(decoded(raw), StandardCharsets.UTF_8).trim();
        if (lowerCase) {
            text = text.toLowerCase(Locale.ROOT);
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        PercentCoding.encode(text.getBytes(StandardCharsets.UTF_8), false, encoded);
        return encoded.toString();
    }

    // What cannot be decoded was not encoded: it stands for itself.
    private static byte[] decoded(String raw) {
        return PercentCoding.decode(raw).orElseGet(() -> raw.getBytes(StandardCharsets.ISO_8859_1));
    }
}
