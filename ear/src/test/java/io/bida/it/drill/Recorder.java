package io.bida.it.drill;

import io.bida.it.drill.History.Delete;
import io.bida.it.drill.History.Outage;
import io.bida.it.drill.History.Reception;
import io.bida.it.drill.History.Send;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Collects a history from many threads. */
final class Recorder {

    private final Queue<Send> sends = new ConcurrentLinkedQueue<>();
    private final Queue<Reception> receptions = new ConcurrentLinkedQueue<>();
    private final Queue<Delete> deletes = new ConcurrentLinkedQueue<>();
    private final Queue<Outage> outages = new ConcurrentLinkedQueue<>();

    void add(Send send) {
        sends.add(send);
    }

    void add(Reception reception) {
        receptions.add(reception);
    }

    void add(Delete delete) {
        deletes.add(delete);
    }

    void add(Outage outage) {
        outages.add(outage);
    }

    History toHistory(Duration visibilityTimeout, long drainBegin) {
        return new History(
                visibilityTimeout,
                List.copyOf(sends),
                List.copyOf(receptions),
                List.copyOf(deletes),
                List.copyOf(outages),
                drainBegin);
    }
}
