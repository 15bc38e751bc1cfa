package io.bida.api.intake;

import io.bida.api.header.WorkerTurn;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/** Gives the request to a worker thread, for one {@link WorkerTurn}; ends it if its client has gone meanwhile. */
final class WorkerHandler implements HttpHandler {

    private final HttpHandler next;

    WorkerHandler(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        WorkerTurn turn = WorkerTurn.begin(exchange);
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
}
