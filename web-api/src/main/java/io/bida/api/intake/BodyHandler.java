package io.bida.api.intake;

import io.bida.api.xml.MalformedXMLException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.RequestBufferingHandler;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/**
 * Takes in a body as it arrives, so that a thread works on a request only once there is something to work on, and cuts
 * off clients that never finish.
 *
 * <p>A byte now and then does not prolong the time. Bodies larger than the buffers are read by the working thread,
 * within the same time.
 */
final class BodyHandler implements HttpHandler {

    /**
     * How long a body may take to arrive, in seconds: 20, our choice, of the order of what a slow uplink needs for 64
     * KiB.
     */
    private static final int BODY_SECONDS = 20;

    /**
     * Buffers of the server's, usually 16 KiB each, that one body may fill: 8, our choice: twice a message of 64 KiB.
     */
    private static final int MAX_BUFFERS = 8;

    private static final AttachmentKey<Boolean> ARRIVED = AttachmentKey.create(Boolean.class);

    private final HttpHandler next;
    private final HttpHandler buffering;

    BodyHandler(HttpHandler next) {
        this.next = next;
        this.buffering = new RequestBufferingHandler(this::arrived, MAX_BUFFERS);
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (exchange.isRequestComplete()) {
            next.handleRequest(exchange);
            return;
        }
        long length = exchange.getRequestContentLength();
        // Who asks whether to go on is answered by the first reading, which the buffers would not begin.
        boolean fits = length <= (long) MAX_BUFFERS * exchange.getConnection().getBufferSize()
                && !HttpContinue.requiresContinueResponse(exchange.getRequestHeaders());
        if (!fits || length < 0) {
            cutOffLater(exchange);
        }
        if (fits) {
            takeIn(exchange);
        } else {
            next.handleRequest(exchange);
        }
    }

    private void takeIn(HttpServerExchange exchange) throws Exception {
        try {
            buffering.handleRequest(exchange);
        } catch (IOException e) {
            if (hasArrived(exchange)) {
                throw e;
            }
            answerCutShort(exchange);
            return;
        }
        if (!hasArrived(exchange)) {
            cutOffLater(exchange);
            exchange.addDefaultResponseListener(ended -> !hasArrived(ended) && answerCutShort(ended));
        }
    }

    private static boolean hasArrived(HttpServerExchange exchange) {
        return exchange.getAttachment(ARRIVED) != null;
    }

    /** Answers a body that ended before its declared end, if the client still listens. */
    private static boolean answerCutShort(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        RequestHandler.answer(new MalformedXMLException(), exchange);
        return true;
    }

    private void arrived(HttpServerExchange exchange) throws Exception {
        exchange.putAttachment(ARRIVED, true);
        next.handleRequest(exchange);
    }

    private static void cutOffLater(HttpServerExchange exchange) {
        XnioExecutor.Key key =
                exchange.getIoThread().executeAfter(() -> cutOff(exchange), BODY_SECONDS, TimeUnit.SECONDS);
        exchange.addExchangeCompleteListener((complete, nextListener) -> {
            key.remove();
            nextListener.proceed();
        });
    }

    private static void cutOff(HttpServerExchange exchange) {
        if (!exchange.isRequestComplete()) {
            IoUtils.safeClose(exchange.getConnection());
        }
    }
}
