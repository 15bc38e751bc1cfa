package io.bida.api.header;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Which paths can be one of ours at all, before anything decodes them.
 *
 * <p>Several leading slashes and one trailing slash are accepted (wire specification 1.2). Whatever different readers
 * could read differently is refused: dot segments, encoded slashes, backslashes and NUL, parameters behind a semicolon,
 * bytes that are no UTF-8.
 */
public final class RequestPath {

    private RequestPath() {}

    /**
     * The path with one leading slash.
     *
     * @param raw the path of the request line, undecoded
     * @throws RefusedRequestException if it is none of ours (InvalidRequestURL)
     */
    public static String normalize(String raw) {
        if (!raw.startsWith("/")) {
            throw RefusedRequestException.invalidRequestURL();
        }
        int start = 0;
        while (start + 1 < raw.length() && raw.charAt(start + 1) == '/') {
            start++;
        }
        String path = start == 0 ? raw : raw.substring(start);
        for (int from = 1; from <= path.length(); ) {
            int end = path.indexOf('/', from);
            if (end < 0) {
                end = path.length();
            }
            checkSegment(path, from, end);
            from = end + 1;
        }
        if (path.indexOf('%') >= 0) {
            checkIsText(path);
        }
        return path;
    }

    private static void checkIsText(String path) {
        try {
            byte[] bytes = PercentCoding.decode(path).orElseThrow(RefusedRequestException::invalidRequestURL);
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw RefusedRequestException.invalidRequestURL();
        }
    }

    private static void checkSegment(String path, int from, int end) {
        boolean emptyInside = from == end && end < path.length();
        boolean onlyDots = end > from;
        for (int i = from; i < end; i++) {
            char c = path.charAt(i);
            if (c == '%') {
                c = decoded(path, i, end);
                i += 2;
                if (c == '/' || c == '\\' || c == 0) {
                    throw RefusedRequestException.invalidRequestURL();
                }
            } else if (c == ';' || c == '\\') {
                throw RefusedRequestException.invalidRequestURL();
            }
            onlyDots &= c == '.';
        }
        if (emptyInside || onlyDots) {
            throw RefusedRequestException.invalidRequestURL();
        }
    }

    private static char decoded(String path, int at, int end) {
        int high = at + 2 < end ? Character.digit(path.charAt(at + 1), 16) : -1;
        int low = at + 2 < end ? Character.digit(path.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw RefusedRequestException.invalidRequestURL();
        }
        return (char) (high << 4 | low);
    }
}
