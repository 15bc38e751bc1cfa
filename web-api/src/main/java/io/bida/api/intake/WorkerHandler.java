package io.bida.api.intake;

import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Gives the request to a worker thread, and tells when that thread has let go of it: only then may another answer it.
 *
 * <p>The server's exchange belongs to one thread at a time and keeps its state in a plain number. An answer that is
 * made while the worker is still on its way out can lose its status, or be taken for one that goes on: the server then
 * counts the request as being under way for ever, and its stop waits for it until the limit.
 */
public final class WorkerHandler implements HttpHandler {

    private static final AttachmentKey<Turn> TURN = AttachmentKey.create(Turn.class);

    private final HttpHandler next;

    WorkerHandler(HttpHandler next) {
        this.next = next;
    }

    /**
     * Runs what it is given with this executor, once the worker has let go of the request.
     *
     * @throws IllegalStateException if no worker was given the request
     */
    public static Executor afterwards(HttpServerExchange exchange, Executor executor) {
        Turn turn = exchange.getAttachment(TURN);
        if (turn == null) {
            throw new IllegalStateException("the request did not pass the handler that gives it to a worker");
        }
        return step -> turn.afterwards(() -> executor.execute(step));
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Turn turn = new Turn();
        exchange.putAttachment(TURN, turn);
        exchange.dispatch(exchange.getConnection().getWorker(), () -> {
            try {
                if (exchange.getConnection().isOpen()) {
                    Connectors.executeRootHandler(next, exchange);
                } else {
                    exchange.endExchange();
                }
            } finally {
                turn.end();
            }
        });
    }

    /** The time in which a worker has a request. */
    private static final class Turn {

        private final List<Runnable> waiting = new ArrayList<>(1);
        private boolean isOver;

        void afterwards(Runnable step) {
            synchronized (this) {
                if (!isOver) {
                    waiting.add(step);
                    return;
                }
            }
            step.run();
        }

        void end() {
            synchronized (this) {
                isOver = true;
            }
            waiting.forEach(Runnable::run);
        }
    }
}
