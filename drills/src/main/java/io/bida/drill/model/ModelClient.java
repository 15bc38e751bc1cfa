package io.bida.drill.model;

import io.bida.drill.client.QueueClient;
import io.bida.drill.history.Outcome;
import io.bida.drill.time.DrillTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** A client of one node of the model: every call takes a moment before and after its effect, and may be cut short. */
final class ModelClient implements QueueClient {

    private static final Duration POLL_STEP = Duration.ofMillis(25);
    private static final Duration PAUSE_STEP = Duration.ofMillis(100);
    private static final int MOST_MICROS_ON_THE_WAY = 4_000;

    private final String name;
    private final ModelCluster.Node node;
    private final ModelService service;
    private final DrillTime time;
    private final Random random;
    private final Duration patience;

    ModelClient(
            String name,
            ModelCluster.Node node,
            ModelCluster cluster,
            DrillTime time,
            Random random,
            Duration patience) {
        this.name = name;
        this.node = node;
        this.service = cluster.service();
        this.time = time;
        this.random = random;
        this.patience = patience;
    }

    /** What came of a call; the effect's own result is empty if the client did not learn it. */
    private record Done<T>(Call call, Optional<T> result) {}

    @Override
    public String node() {
        return name;
    }

    @Override
    public Call createQueue(String queue, Duration visibilityTimeout) {
        return call(() -> service.create(queue, visibilityTimeout)).call();
    }

    @Override
    public Sent send(String queue, Message message) {
        Done<List<Sent.Entry>> done = call(() -> List.of(service.send(queue, message, name, node.cut)));
        return sent(done, 1);
    }

    @Override
    public Sent sendBatch(String queue, List<Message> messages) {
        return sent(call(() -> service.sendBatch(queue, messages, name, node.cut)), messages.size());
    }

    private static Sent sent(Done<List<Sent.Entry>> done, int size) {
        List<Sent.Entry> unknown =
                Collections.nCopies(size, new Sent.Entry(done.call().outcome(), ""));
        return new Sent(done.call(), done.result().orElse(unknown));
    }

    @Override
    public Received receive(String queue, int upTo, Duration wait) {
        Done<List<Received.Item>> done = call(() -> await(queue, upTo, wait));
        List<Received.Item> items = done.result().orElse(List.of());
        boolean empty = done.result().isPresent() && items.isEmpty();
        Call call = done.call();
        return empty
                ? new Received(new Call(Outcome.FAIL, 404, call.begin(), call.end()), true, items)
                : new Received(call, false, items);
    }

    private List<Received.Item> await(String queue, int upTo, Duration wait) {
        int life = node.life.get();
        long end = time.now() + wait.toNanos();
        List<Received.Item> items = service.receive(queue, upTo);
        while (items.isEmpty() && time.now() < end && node.life.get() == life && !node.paused && !node.cut) {
            time.sleep(POLL_STEP);
            items = service.is(Mistake.WAKE_UP_LOST) ? List.of() : service.receive(queue, upTo);
        }
        return items;
    }

    @Override
    public Call delete(String queue, String handle) {
        Done<Outcome> done = call(() -> service.delete(queue, handle));
        return judged(done.call(), done.result().orElse(done.call().outcome()));
    }

    @Override
    public Deleted deleteBatch(String queue, List<String> handles) {
        Done<List<Outcome>> done = call(() -> {
            List<Outcome> outcomes = new ArrayList<>();
            handles.forEach(h -> outcomes.add(service.delete(queue, h)));
            return outcomes;
        });
        List<Outcome> unknown = Collections.nCopies(handles.size(), done.call().outcome());
        return new Deleted(done.call(), done.result().orElse(unknown));
    }

    @Override
    public Changed changeVisibility(String queue, String handle, Duration timeout) {
        Done<Outcome> done = call(() -> service.change(queue, handle, timeout));
        Call call = judged(done.call(), done.result().orElse(done.call().outcome()));
        return new Changed(call, call.outcome() == Outcome.OK ? handle : "");
    }

    @Override
    public Optional<Counts> counts(String queue) {
        return call(() -> service.counts(queue)).result();
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private static Call judged(Call call, Outcome outcome) {
        int status = outcome == Outcome.FAIL ? 404 : 503;
        return new Call(
                outcome,
                call.status() == 0 || outcome == Outcome.OK ? call.status() : status,
                call.begin(),
                call.end());
    }

    private <T> Done<T> call(Supplier<T> effect) {
        long begin = time.now();
        onTheWay();
        if (!node.up) {
            return unanswered(Outcome.FAIL, begin);
        }
        int life = node.life.get();
        if (!isAwake(begin)) {
            return unanswered(Outcome.INFO, begin);
        }
        if (node.cut && !service.is(Mistake.MINORITY_ACKNOWLEDGES)) {
            return new Done<>(new Call(Outcome.INFO, 503, begin, time.now()), Optional.empty());
        }
        T result = effect.get();
        onTheWay();
        if (node.life.get() != life || !node.up || !isAwake(begin)) {
            return unanswered(Outcome.INFO, begin);
        }
        return new Done<>(new Call(Outcome.OK, 200, begin, time.now()), Optional.of(result));
    }

    /** Waits while the node is paused, and no longer than the client's patience. */
    private boolean isAwake(long begin) {
        while (node.paused && time.now() - begin < patience.toNanos()) {
            time.sleep(PAUSE_STEP);
        }
        return !node.paused && node.up;
    }

    private void onTheWay() {
        time.sleep(Duration.ofNanos(1_000L * (100 + random.nextInt(MOST_MICROS_ON_THE_WAY))));
    }

    private <T> Done<T> unanswered(Outcome outcome, long begin) {
        return new Done<>(new Call(outcome, 0, begin, time.now()), Optional.empty());
    }
}
