package io.bida.sdk.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One answer as it came over the wire.
 *
 * @param headers in their order, names in their case
 */
public record WireAnswer(int status, List<Header> headers, String body) {

    public WireAnswer {
        headers = List.copyOf(headers);
    }

    /** The value of a header that is named in exactly this case, as clients with a case-sensitive map see it. */
    public Optional<String> findExactly(String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst();
    }

    /** The value of a header in whatever case it is named. */
    public Optional<String> find(String name) {
        return headers.stream()
                .filter(header -> header.is(name))
                .map(Header::value)
                .findFirst();
    }

    static WireAnswer readFrom(InputStream in) throws IOException {
        String statusLine = readLine(in);
        int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
        List<Header> headers = new ArrayList<>();
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            int colon = line.indexOf(':');
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        WireAnswer head = new WireAnswer(status, headers, "");
        return new WireAnswer(status, headers, head.readBody(in));
    }

    private String readBody(InputStream in) throws IOException {
        if (status == 204) {
            return "";
        }
        if (find("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
            return readChunks(in);
        }
        int length = find("content-length").map(Integer::parseInt).orElse(0);
        return new String(readBytes(in, length), UTF_8);
    }

    private static String readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int length = Integer.parseInt(readLine(in), 16);
        while (length > 0) {
            body.writeBytes(readBytes(in, length));
            readLine(in);
            length = Integer.parseInt(readLine(in), 16);
        }
        return body.toString(UTF_8);
    }

    private static byte[] readBytes(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The answer ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("The server closed the connection after \"" + line.toString(ISO_8859_1) + '"');
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(ISO_8859_1);
    }
}
