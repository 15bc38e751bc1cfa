package io.bida.drill.history;

import io.bida.drill.history.History.Change;
import io.bida.drill.history.History.Count;
import io.bida.drill.history.History.Delete;
import io.bida.drill.history.History.Order;
import io.bida.drill.history.History.Poll;
import io.bida.drill.history.History.Reception;
import io.bida.drill.history.History.Send;
import io.bida.drill.history.History.Window;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Collects a history from many threads. */
public final class Recorder {

    private final Queue<Send> sends = new ConcurrentLinkedQueue<>();
    private final Queue<Reception> receptions = new ConcurrentLinkedQueue<>();
    private final Queue<Delete> deletes = new ConcurrentLinkedQueue<>();
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private final Queue<Poll> polls = new ConcurrentLinkedQueue<>();
    private final Queue<Window> windows = new ConcurrentLinkedQueue<>();
    private final Queue<Count> counts = new ConcurrentLinkedQueue<>();
    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();

    public void add(Send send) {
        sends.add(send);
    }

    public void add(Reception reception) {
        receptions.add(reception);
    }

    public void add(Delete delete) {
        deletes.add(delete);
    }

    public void add(Change change) {
        changes.add(change);
    }

    public void add(Poll poll) {
        polls.add(poll);
    }

    public void add(Window window) {
        windows.add(window);
    }

    public void add(Count count) {
        counts.add(count);
    }

    public void add(Order order) {
        orders.add(order);
    }

    /** What was collected so far. */
    public History toHistory(Duration visibilityTimeout, long drainBegin) {
        return new History(
                visibilityTimeout,
                List.copyOf(sends),
                List.copyOf(receptions),
                List.copyOf(deletes),
                List.copyOf(changes),
                List.copyOf(polls),
                List.copyOf(windows),
                List.copyOf(counts),
                List.copyOf(orders),
                drainBegin);
    }
}
