package io.bida.drill.load;

import io.bida.drill.client.QueueClient;
import io.bida.drill.client.QueueClient.Message;
import io.bida.drill.client.QueueClient.Sent;
import io.bida.drill.history.History.Role;
import io.bida.drill.history.History.Send;
import io.bida.drill.history.Outcome;
import io.bida.drill.history.Payload;
import io.bida.drill.history.Recorder;
import io.bida.drill.time.DrillTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Sends messages and batches with all priorities and some delays, now and then one that must be refused. */
final class Sender {

    private static final Duration NO_ROOM = Duration.ofMillis(50);

    /** After a call that came to nothing: a dead node refuses a thousand times a second. */
    private static final Duration BREATH = Duration.ofMillis(50);

    private final Style style;
    private final Workload workload;
    private final Roaming nodes;
    private final Recorder recorder;
    private final DrillTime time;
    private final Random random;
    private final Backlog backlog;
    private int sent;

    /**
     * How a sender goes about it.
     *
     * @param name unique, the beginning of all its payload ids
     * @param node the one to ask; empty to choose one each time
     * @param queue where to
     * @param pause between two sends
     */
    record Style(String name, Role role, String node, String queue, Duration pause) {}

    Sender(
            Style style,
            Workload workload,
            Roaming nodes,
            Recorder recorder,
            DrillTime time,
            Random random,
            Backlog backlog) {
        this.style = style;
        this.workload = workload;
        this.nodes = nodes;
        this.recorder = recorder;
        this.time = time;
        this.random = random;
        this.backlog = backlog;
    }

    void runWhile(BooleanSupplier goOn) {
        try (nodes) {
            while (goOn.getAsBoolean()) {
                step();
                time.sleep(style.pause());
            }
        }
    }

    private void step() {
        boolean batch = style.role() == Role.BULK && random.nextInt(3) > 0;
        int size = batch ? 2 + random.nextInt(15) : 1;
        if (style.role() == Role.BULK && !backlog.take(size)) {
            time.sleep(NO_ROOM);
            return;
        }
        QueueClient first = style.node().isEmpty() ? nodes.any() : nodes.of(style.node());
        boolean mayRetry = style.role() != Role.PINNED;
        boolean done = send(first, style.role(), size, batch);
        if (!done && mayRetry) {
            Role second = style.role() == Role.RETRYING ? Role.RETRY : style.role();
            done = send(nodes.otherThan(first.node()), second, size, batch);
        }
        if (!done) {
            time.sleep(BREATH);
        }
    }

    /** Gives whether there is no reason to try another node. */
    private boolean send(QueueClient client, Role role, int size, boolean batch) {
        boolean refuse = batch && random.nextInt(40) == 0;
        List<Payload> payloads = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Payload payload =
                    Payload.of(style.name() + "-" + sent++, random.nextInt(random.nextInt(20) == 0 ? 3_000 : 300));
            boolean delayed = style.role() == Role.BULK && random.nextInt(5) == 0;
            Duration delay = delayed
                    ? Duration.ofSeconds(
                            1 + random.nextInt((int) workload.longestDelay().toSeconds()))
                    : Duration.ZERO;
            int priority = refuse && i == size / 2 ? 17 : 1 + random.nextInt(16);
            payloads.add(payload);
            messages.add(new Message(payload.body(), priority, delay));
        }
        Sent answer = batch ? client.sendBatch(style.queue(), messages) : client.send(style.queue(), messages.get(0));
        record(client.node(), role, payloads, messages, answer);
        return !answer.call().isWorthARetryElsewhere();
    }

    private void record(String node, Role role, List<Payload> payloads, List<Message> messages, Sent answer) {
        for (int i = 0; i < payloads.size(); i++) {
            Sent.Entry entry = answer.entries().get(i);
            recorder.add(new Send(
                    style.queue(),
                    payloads.get(i).id(),
                    entry.messageId(),
                    role,
                    node,
                    messages.get(i).delay(),
                    entry.outcome(),
                    answer.call().begin(),
                    answer.call().end()));
            if (style.role() == Role.BULK && entry.outcome() != Outcome.OK) {
                backlog.giveBack(1);
            }
        }
    }
}
