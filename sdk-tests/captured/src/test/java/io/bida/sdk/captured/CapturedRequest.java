package io.bida.sdk.captured;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bida.sdk.wire.Header;
import io.bida.sdk.wire.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One request as a library sent it, with what the library signed.
 *
 * <p>The file: parts that begin with a line {@code === name}; header lines end in a line feed; the body starts after the first
 * empty line of the request, and the line feed before the next part is not part of it.
 */
record CapturedRequest(WireRequest request, String stringToSign, String signature) {

    /** The queue that every captured request is about. */
    static final String QUEUE = "TestQueue";

    /** Reads the capture {@code name}, such as {@code php-send-message}. */
    static CapturedRequest named(String name) {
        String file = read("/captured/" + name + ".txt");
        return new CapturedRequest(
                parse(part(file, "request")), part(file, "string to sign"), part(file, "signature"));
    }

    private static WireRequest parse(String text) {
        int headEnd = text.indexOf("\n\n");
        List<String> head = new ArrayList<>(Arrays.asList(text.substring(0, headEnd).split("\n", -1)));
        String[] requestLine = head.remove(0).split(" ", -1);
        List<Header> headers = head.stream()
                .map(line -> line.split(": ", 2))
                .map(line -> new Header(line[0], line[1]))
                .toList();
        return new WireRequest(requestLine[0], requestLine[1], headers, text.substring(headEnd + 2));
    }

    /** The text between the line that begins with {@code === name} and the next such line. */
    private static String part(String file, String name) {
        int titleAt = file.indexOf("=== " + name + " (");
        int start = file.indexOf('\n', titleAt) + 1;
        int end = file.indexOf("\n=== ", start);
        return file.substring(start, end);
    }

    private static String read(String resource) {
        try (InputStream in =
                Objects.requireNonNull(CapturedRequest.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
