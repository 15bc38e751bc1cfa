package io.bida.api.header;

import java.util.Locale;

/**
 * Which bodies are read: XML in UTF-8.
 *
 * <p>Accepted: {@code text/xml} and {@code application/xml}, in any case, without a charset or with {@code utf-8}; that
 * covers what every known client sends (wire specification 1.3). Other parameters are ignored.
 */
public final class ContentType {

    private ContentType() {}

    /** Whether a body of this type is read. */
    public static boolean isReadable(String contentType) {
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).trim();
        if (!type.equalsIgnoreCase("text/xml") && !type.equalsIgnoreCase("application/xml")) {
            return false;
        }
        return end < 0 || isUtf8(contentType, end + 1);
    }

    private static boolean isUtf8(String contentType, int from) {
        while (from < contentType.length()) {
            int end = contentType.indexOf(';', from);
            String parameter = contentType
                    .substring(from, end < 0 ? contentType.length() : end)
                    .trim()
                    .toLowerCase(Locale.ROOT);
            if (parameter.startsWith("charset=")
                    && !parameter.equals("charset=utf-8")
                    && !parameter.equals("charset=\"utf-8\"")) {
                return false;
            }
            from = end < 0 ? contentType.length() : end + 1;
        }
        return true;
    }
}
