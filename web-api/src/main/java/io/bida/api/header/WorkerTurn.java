package io.bida.api.header;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The time in which a worker thread has a request: only afterwards may another thread answer it. Safe for use by any
 * thread.
 *
 * <p>The server's exchange belongs to one thread at a time and keeps its state in a plain number. An answer that is
 * made while the worker is still on its way out can lose its status, or be taken for one that goes on: the server then
 * counts the request as being under way for ever, and its stop waits for it until the limit.
 */
public final class WorkerTurn {

    private static final AttachmentKey<WorkerTurn> KEY = AttachmentKey.create(WorkerTurn.class);

    private final List<Runnable> waiting = new ArrayList<>(1);
    private boolean isOver;

    private WorkerTurn() {}

    /** The turn of the worker that is about to get the request. */
    public static WorkerTurn begin(HttpServerExchange exchange) {
        WorkerTurn turn = new WorkerTurn();
        exchange.putAttachment(KEY, turn);
        return turn;
    }

    /**
     * Runs what it is given with this executor, once the worker has let go of the request.
     *
     * @throws IllegalStateException if no worker was given the request
     */
    public static Executor afterwards(HttpServerExchange exchange, Executor executor) {
        WorkerTurn turn = exchange.getAttachment(KEY);
        if (turn == null) {
            throw new IllegalStateException("the request did not pass the handler that gives it to a worker");
        }
        return step -> turn.afterwards(() -> executor.execute(step));
    }

    private void afterwards(Runnable step) {
        synchronized (this) {
            if (!isOver) {
                waiting.add(step);
                return;
            }
        }
        step.run();
    }

    /** The worker has let go of the request. */
    public void end() {
        synchronized (this) {
            isOver = true;
        }
        waiting.forEach(Runnable::run);
    }
}
