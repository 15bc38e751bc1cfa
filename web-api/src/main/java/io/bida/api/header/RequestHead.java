package io.bida.api.header;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import jakarta.servlet.ServletRequest;
import java.util.Optional;

/**
 * A request as far as its head goes, undecoded: what the signature covers and what an error answer names.
 *
 * @param id by which the request is found in the log; given on every answer
 * @param method in capitals as received
 * @param path of the request line, undecoded, without scheme and host also if those were given
 * @param query of the request line, undecoded, without the question mark; empty if there is none
 * @param scheme {@code http} or {@code https}, as the client used it
 * @param host the host and port the client addressed
 * @param contentType the value of that header, which is kept from JAX-RS; empty if absent
 * @param headers the others as received, one character per byte
 */
public record RequestHead(
        String id,
        String method,
        String path,
        String query,
        String scheme,
        String host,
        Optional<String> contentType,
        HeaderMap headers) {

    /** Where a request's head travels with it. */
    public static final AttachmentKey<RequestHead> KEY = AttachmentKey.create(RequestHead.class);

    /** The name under which it travels beyond the thread that the request began on. */
    public static final String PROPERTY = RequestHead.class.getName();

    /**
     * The head of a request that was let in.
     *
     * @throws IllegalStateException if it was not
     */
    public static RequestHead of(ServletRequest request) {
        // The exchange of this thread first: a request whose path is unknown has no attribute of its own.
        ServletRequestContext here = ServletRequestContext.current();
        RequestHead begun = here == null ? null : here.getExchange().getAttachment(KEY);
        if (begun != null) {
            return begun;
        }
        return request.getAttribute(PROPERTY) instanceof RequestHead head ? head : current();
    }

    /**
     * The head of the request that this thread works on.
     *
     * @throws IllegalStateException if there is none
     */
    public static RequestHead current() {
        RequestHead head = ServletRequestContext.requireCurrent().getExchange().getAttachment(KEY);
        if (head == null) {
            throw new IllegalStateException("the request did not pass the handler that gives it a head");
        }
        return head;
    }

    /** The head of the request of this exchange, under this id. */
    public static RequestHead of(HttpServerExchange exchange, String id) {
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        return new RequestHead(
                id,
                exchange.getRequestMethod().toString(),
                rawPath(exchange),
                exchange.getQueryString(),
                exchange.getRequestScheme(),
                host == null ? exchange.getHostAndPort() : host,
                Optional.ofNullable(exchange.getRequestHeaders().get(Headers.CONTENT_TYPE))
                        .map(RequestHead::only),
                exchange.getRequestHeaders());
    }

    // Two of them are no type that is read.
    private static String only(HeaderValues values) {
        return values.size() == 1 ? values.getFirst().trim() : String.join(",", values);
    }

    // In absolute form the path begins at the third slash (wire specification 2.1).
    private static String rawPath(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (!exchange.isHostIncludedInRequestURI()) {
            return uri;
        }
        int slash = uri.indexOf('/', uri.indexOf("//") + 2);
        return slash < 0 ? "/" : uri.substring(slash);
    }

    /** The header's first value without surrounding blanks; empty if absent. */
    public Optional<String> header(HttpString name) {
        String value = headers.getFirst(name);
        return value == null ? Optional.empty() : Optional.of(value.trim());
    }

    /** Whether the header is there more than once. */
    public boolean isRepeated(HttpString name) {
        var values = headers.get(name);
        return values != null && values.size() > 1;
    }

    /** Whether a body follows, be it empty. */
    public boolean announcesBody() {
        return headers.contains(Headers.TRANSFER_ENCODING)
                || header(Headers.CONTENT_LENGTH)
                        .filter(length -> !length.equals("0"))
                        .isPresent();
    }

    /** The address the client used, without a final slash: what the URLs in answers begin with. */
    public String baseURL() {
        return scheme + "://" + host;
    }

    /** How error answers name the service. Source: wire specification 4.1. */
    public String hostId() {
        return "http://" + host;
    }
}
