package io.bida.api.intake;

import io.bida.api.error.ErrorAnswer;
import io.bida.api.header.ApiHeaders;
import io.bida.api.header.RefusedRequestException;
import io.bida.api.header.RequestHead;
import io.bida.api.header.RequestId;
import io.bida.api.header.RequestPath;
import io.bida.error.ErrorCode;
import io.bida.error.InvalidArgumentException;
import io.bida.error.ServiceException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * Meets every request first: gives it an id, puts id and version on whatever answer it gets, refuses methods and paths
 * that none of our URLs has, and bodies whose end is open to interpretation.
 */
final class RequestHandler implements HttpHandler {

    private static final String METHODS = "DELETE, GET, POST, PUT";

    private final HttpHandler next;
    private final BooleanSupplier isLeaving;

    /**
     * A handler in front of another one.
     *
     * @param isLeaving whether the node is about to stop: then every answer ends its connection, so that the client's
     *     next request is a new connection, which may go to another node, and not one that meets a closed port
     */
    RequestHandler(HttpHandler next, BooleanSupplier isLeaving) {
        this.next = next;
        this.isLeaving = isLeaving;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (exchange.getAttachment(RequestHead.KEY) != null) {
            next.handleRequest(exchange); // met before: it keeps its id
            return;
        }
        RequestHead head = RequestHead.of(exchange, RequestId.next());
        exchange.putAttachment(RequestHead.KEY, head);
        if (isLeaving.getAsBoolean()) {
            exchange.setPersistent(false);
        }
        // At the last moment, because the server clears headers set earlier when it turns an answer into an error.
        exchange.addResponseCommitListener(this::finishHead);
        try {
            check(head, exchange);
        } catch (ServiceException refusal) {
            answer(refusal, exchange);
            return;
        }
        hide(exchange.getRequestHeaders());
        next.handleRequest(exchange);
    }

    private void finishHead(HttpServerExchange answer) {
        answer.getResponseHeaders()
                .put(
                        ApiHeaders.REQUEST_ID,
                        answer.getAttachment(RequestHead.KEY).id())
                .put(ApiHeaders.VERSION, ApiHeaders.VERSION_VALUE);
        if (isLeaving.getAsBoolean()) {
            answer.setPersistent(false); // a long poll that began before
        }
    }

    private static void check(RequestHead head, HttpServerExchange exchange) {
        switch (head.method()) {
            case "GET", "PUT", "POST", "DELETE" -> {}
            default -> {
                exchange.getResponseHeaders().put(Headers.ALLOW, METHODS);
                throw new RefusedRequestException(ErrorCode.METHOD_NOT_ALLOWED);
            }
        }
        String encoding = head.headers().getFirst(Headers.TRANSFER_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("chunked")) {
            exchange.setPersistent(false); // where this body ends, the next request might begin
            throw InvalidArgumentException.causedBy("Transfer-Encoding");
        }
        String path = RequestPath.normalize(head.path());
        if (!path.equals(exchange.getRequestURI())) {
            exchange.setRequestURI(path).setRequestPath(path).setRelativePath(path);
        }
    }

    // JAX-RS would try to understand them and refuse what we accept; there is one form of answer, whatever is asked
    // for.
    private static void hide(HeaderMap headers) {
        headers.remove(Headers.CONTENT_TYPE);
        headers.remove(Headers.ACCEPT);
        headers.remove(Headers.ACCEPT_LANGUAGE);
        headers.remove(Headers.ACCEPT_ENCODING);
        headers.remove(Headers.ACCEPT_CHARSET);
        headers.remove(Headers.COOKIE);
    }

    /** Ends the exchange with this refusal. */
    static void answer(ServiceException refusal, HttpServerExchange exchange) {
        ErrorAnswer error = ErrorAnswer.of(refusal, exchange.getAttachment(RequestHead.KEY));
        exchange.setStatusCode(error.status());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, error.contentType());
        exchange.getResponseSender().send(ByteBuffer.wrap(error.document()));
    }
}
