package io.bida.drill.load;

import io.bida.drill.client.QueueClient;
import io.bida.drill.client.QueueClient.Call;
import io.bida.drill.client.QueueClient.Changed;
import io.bida.drill.client.QueueClient.Deleted;
import io.bida.drill.client.QueueClient.Received;
import io.bida.drill.history.History.Change;
import io.bida.drill.history.History.Delete;
import io.bida.drill.history.History.Poll;
import io.bida.drill.history.History.Reception;
import io.bida.drill.history.Outcome;
import io.bida.drill.history.Payload;
import io.bida.drill.history.Recorder;
import io.bida.drill.time.DrillTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Receives from one node and deletes through another. Under load it also leaves messages alone, spoils handles, changes
 * visibility timeouts and deletes too late; in a drain it deletes everything at once.
 */
final class Receiver {

    private static final Duration BREATH = Duration.ofMillis(50);
    private static final Duration NOBODY_THERE = Duration.ofSeconds(60);

    private final String queue;
    private final Duration wait;
    private final Duration think;
    private final Workload workload;
    private final Roaming nodes;
    private final Recorder recorder;
    private final DrillTime time;
    private final Random random;
    private final Backlog backlog;
    private final Deque<Held> late = new ArrayDeque<>();
    private boolean lastWasEmpty;

    Receiver(
            String queue,
            Duration wait,
            Duration think,
            Workload workload,
            Roaming nodes,
            Recorder recorder,
            DrillTime time,
            Random random,
            Backlog backlog) {
        this.queue = queue;
        this.wait = wait;
        this.think = think;
        this.workload = workload;
        this.nodes = nodes;
        this.recorder = recorder;
        this.time = time;
        this.random = random;
        this.backlog = backlog;
    }

    /** A handle in the hand, and how urgent its message says it is. */
    record Held(String payloadId, String handle, int priority, long receivedBegin, long receivedEnd) {}

    /** Receives and mistreats some messages until told to stop. */
    void runWhile(BooleanSupplier goOn) {
        try (nodes) {
            while (goOn.getAsBoolean()) {
                boolean one = random.nextInt(3) == 0;
                List<Held> toDelete = new ArrayList<>();
                for (Held held : receive(nodes.any(), one ? 1 : 1 + random.nextInt(16))) {
                    treat(held, toDelete);
                }
                deleteAll(toDelete, one);
                deleteTooLate();
                time.sleep(think);
            }
        }
    }

    private void treat(Held held, List<Held> toDelete) {
        switch (random.nextInt(24)) {
            case 0 -> {
                /* left alone: it must come back */
            }
            case 1 -> delete(nodes.any(), spoilt(held), true);
            case 2 -> late.add(held);
            case 3 -> change(held, workload.visibilityTimeout().plusSeconds(1 + random.nextInt(2)));
            case 4 -> change(held, Duration.ofSeconds(1));
            default -> toDelete.add(held);
        }
    }

    /**
     * Receives and deletes everything; ends when each node in turn has said that there is nothing although
     * {@code maybeMore} said to wait for it, or when none has said anything for long.
     */
    void drainWhile(BooleanSupplier maybeMore) {
        try (nodes) {
            int empty = 0;
            long answered = time.now();
            for (int turn = 0; empty < nodes.size() || maybeMore.getAsBoolean(); turn++) {
                List<Held> held = receive(nodes.inTurn(turn), 16);
                deleteAll(held, false);
                if (!held.isEmpty() || lastWasEmpty) {
                    answered = time.now();
                    empty = held.isEmpty() ? empty + 1 : 0;
                } else if (time.now() - answered > NOBODY_THERE.toNanos()) {
                    return;
                }
            }
        }
    }

    /** Receives once from this node and remembers it. */
    List<Held> receive(QueueClient client, int upTo) {
        Received answer = client.receive(queue, upTo, wait);
        Call call = answer.call();
        lastWasEmpty = answer.empty();
        if (answer.items().isEmpty()) {
            boolean refused = call.outcome() == Outcome.FAIL && !answer.empty();
            Outcome outcome = answer.empty() ? Outcome.OK : Outcome.INFO;
            recorder.add(new Poll(queue, client.node(), refused ? Outcome.FAIL : outcome, call.begin(), call.end()));
            if (!answer.empty()) {
                time.sleep(BREATH);
            }
        }
        List<Held> held = new ArrayList<>();
        for (Received.Item item : answer.items()) {
            String payloadId = Payload.idOf(item.body()).orElse("");
            recorder.add(new Reception(
                    payloadId,
                    item.messageId(),
                    client.node(),
                    item.bodyMd5().equals(md5(item.body())),
                    item.dequeueCount(),
                    call.begin(),
                    call.end()));
            if (!payloadId.isEmpty()) {
                held.add(new Held(payloadId, item.handle(), item.priority(), call.begin(), call.end()));
            }
        }
        return held;
    }

    void deleteAll(List<Held> held, boolean singly) {
        if (singly || held.size() == 1) {
            held.forEach(h -> deleteWithRetry(h));
        } else if (!held.isEmpty()) {
            QueueClient client = nodes.any();
            if (deleteBatch(client, held).isWorthARetryElsewhere()) {
                deleteBatch(nodes.otherThan(client.node()), held);
            }
        }
    }

    private void deleteWithRetry(Held held) {
        QueueClient client = nodes.any();
        if (delete(client, held, false).isWorthARetryElsewhere()) {
            delete(nodes.otherThan(client.node()), held, false);
        }
    }

    private Call delete(QueueClient client, Held held, boolean altered) {
        Call call = client.delete(queue, held.handle());
        record(client, held, altered, call.outcome(), call);
        return call;
    }

    private Call deleteBatch(QueueClient client, List<Held> held) {
        Deleted answer =
                client.deleteBatch(queue, held.stream().map(Held::handle).toList());
        for (int i = 0; i < held.size(); i++) {
            record(client, held.get(i), false, answer.outcomes().get(i), answer.call());
        }
        return answer.call();
    }

    private void record(QueueClient client, Held held, boolean altered, Outcome outcome, Call call) {
        if (call.status() == 0 && outcome == Outcome.FAIL) {
            return; // never sent, so nobody refused it
        }
        if (outcome == Outcome.OK) {
            backlog.giveBack(1);
        }
        recorder.add(new Delete(
                held.payloadId(),
                client.node(),
                altered,
                outcome,
                held.receivedBegin(),
                held.receivedEnd(),
                call.begin(),
                call.end()));
    }

    private void change(Held held, Duration timeout) {
        Changed answer = nodes.any().changeVisibility(queue, held.handle(), timeout);
        Call call = answer.call();
        recorder.add(
                new Change(held.payloadId(), timeout, call.outcome(), held.receivedBegin(), call.begin(), call.end()));
    }

    private void deleteTooLate() {
        long over = workload.visibilityTimeout().plusMillis(300).toNanos();
        while (!late.isEmpty() && time.now() - late.element().receivedEnd() > over) {
            delete(nodes.any(), late.remove(), false);
        }
    }

    private Held spoilt(Held held) {
        String handle = held.handle();
        int place = random.nextInt(handle.length());
        char other = handle.charAt(place) == 'A' ? 'B' : 'A';
        String altered = handle.substring(0, place) + other + handle.substring(place + 1);
        return new Held(held.payloadId(), altered, held.priority(), held.receivedBegin(), held.receivedEnd());
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}
