package io.bida.it.rest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** One answer as it came over the wire: status line, headers in their case and order, body bytes. */
public final class RawResponse {

    private final String statusLine;
    private final int status;
    private final List<Header> headers;
    private final byte[] body;

    RawResponse(String statusLine, List<Header> headers, byte[] body) {
        this.statusLine = statusLine;
        this.status = statusOf(statusLine);
        this.headers = List.copyOf(headers);
        this.body = body.clone();
    }

    /** The number in the status line. */
    public int status() {
        return status;
    }

    /** All headers, in order. */
    public List<Header> headers() {
        return headers;
    }

    /** The value of the first header with exactly this name, letter case included. */
    public Optional<String> headerExactly(String name) {
        return headers.stream()
                .filter(h -> h.name().equals(name))
                .map(Header::value)
                .findFirst();
    }

    /** The value of the first header with this name in any letter case. */
    public Optional<String> header(String name) {
        return headers.stream().filter(h -> h.isNamed(name)).map(Header::value).findFirst();
    }

    /** The body after removal of the transfer coding; empty if there was none. */
    public byte[] body() {
        return body.clone();
    }

    /** The body read as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Whether the server said that it closes the connection after this answer. */
    public boolean closesConnection() {
        return header("Connection").map(v -> v.equalsIgnoreCase("close")).orElse(false);
    }

    @Override
    public String toString() {
        StringBuilder all = new StringBuilder(statusLine);
        headers.forEach(h -> all.append('\n').append(h.name()).append(": ").append(h.value()));
        return all.append("\n\n").append(text()).toString();
    }

    private static int statusOf(String statusLine) {
        int blank = statusLine.indexOf(' ');
        if (!statusLine.startsWith("HTTP/1.") || blank < 0 || statusLine.length() < blank + 4) {
            throw new IllegalStateException("Not a status line: " + statusLine);
        }
        return Integer.parseInt(statusLine.substring(blank + 1, blank + 4));
    }
}
