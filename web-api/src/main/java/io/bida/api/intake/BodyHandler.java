package io.bida.api.intake;

import io.bida.api.xml.MalformedXMLException;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.RequestBufferingHandler;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
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
 *
 * <p>A client that asks whether to go on ({@code Expect: 100-continue}, as the Java SDK does with every body) is told
 * so here if its body fits into the buffers, before anybody knows whose request it is: the answer costs 25 bytes, while
 * a thread that finds out first would then wait for the body. With a larger body the question is left to the working
 * thread, whose first reading answers it, and a refused client need not send.
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
    private static final AttachmentKey<Boolean> TIMED = AttachmentKey.create(Boolean.class);

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
        if (length > (long) MAX_BUFFERS * exchange.getConnection().getBufferSize()) {
            cutOffLater(exchange);
            next.handleRequest(exchange);
        } else if (HttpContinue.requiresContinueResponse(exchange)) {
            cutOffLater(exchange);
            HttpContinue.sendContinueResponse(exchange, new ToldToGoOn());
        } else {
            takeIn(exchange);
        }
    }

    private void takeIn(HttpServerExchange exchange) throws Exception {
        // Answered by now, or not to be answered; the buffers would leave the body to the working thread.
        exchange.getRequestHeaders().remove(Headers.EXPECT);
        if (exchange.getRequestContentLength() < 0) {
            cutOffLater(exchange); // it may prove larger than the buffers
        }
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

    /** What follows the interim answer, which may have to wait until the client reads. */
    private final class ToldToGoOn implements IoCallback {

        @Override
        public void onComplete(HttpServerExchange exchange, Sender sender) {
            exchange.dispatch(SameThreadExecutor.INSTANCE, BodyHandler.this::takeIn);
        }

        @Override
        public void onException(HttpServerExchange exchange, Sender sender, IOException exception) {
            IoUtils.safeClose(exchange.getConnection());
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

    /** Gives the body its time, counted from the first call. */
    private static void cutOffLater(HttpServerExchange exchange) {
        if (exchange.putAttachment(TIMED, true) != null) {
            return;
        }
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
