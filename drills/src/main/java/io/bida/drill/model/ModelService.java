package io.bida.drill.model;

import io.bida.drill.client.QueueClient.Counts;
import io.bida.drill.client.QueueClient.Message;
import io.bida.drill.client.QueueClient.Received;
import io.bida.drill.client.QueueClient.Sent;
import io.bida.drill.history.Outcome;
import io.bida.drill.history.Payload;
import io.bida.drill.time.DrillTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * What the nodes of the model keep together: messages that every node can send, receive and delete. Each message is led
 * by the node that took it; when that node dies, nobody can reach the message for a second, and a third of those in
 * flight come back at once, which is allowed.
 *
 * <p>Every method is one moment. Safe for use by several threads.
 */
final class ModelService {

    private static final Duration FAILOVER = Duration.ofSeconds(1);
    private static final Duration LAST_MOMENTS = Duration.ofMillis(300);

    private final DrillTime time;
    private final Random random;
    private final Set<Mistake> mistakes;
    private final Map<String, Duration> visibilityTimeouts = new HashMap<>();
    private final Map<String, Map<String, Stored>> queues = new HashMap<>();
    private final List<Stored> deleted = new ArrayList<>();
    private final Map<String, Integer> drift = new HashMap<>();
    private String lastId = "";

    ModelService(DrillTime time, Random random, Set<Mistake> mistakes) {
        this.time = time;
        this.random = random;
        this.mistakes = mistakes.isEmpty() ? EnumSet.noneOf(Mistake.class) : EnumSet.copyOf(mistakes);
    }

    /** A message in a queue; its fields change under the service's lock. */
    private static final class Stored {
        final String queue;
        final String id;
        final String body;
        final String digest;
        final int priority;
        final long storedAt;
        String leader;
        long visibleAt;
        long reachableAt;
        long deletedAt;
        int dequeueCount;
        String handle = "";

        Stored(
                String queue,
                String id,
                String body,
                String digest,
                int priority,
                String leader,
                long storedAt,
                long visibleAt) {
            this.queue = queue;
            this.id = id;
            this.body = body;
            this.digest = digest;
            this.priority = priority;
            this.leader = leader;
            this.storedAt = storedAt;
            this.visibleAt = visibleAt;
        }
    }

    synchronized Outcome create(String queue, Duration visibilityTimeout) {
        visibilityTimeouts.put(queue, visibilityTimeout);
        queues.putIfAbsent(queue, new HashMap<>());
        return Outcome.OK;
    }

    synchronized Sent.Entry send(String queue, Message message, String node, boolean dropped) {
        if (!isValid(message)) {
            return new Sent.Entry(Outcome.FAIL, "");
        }
        String id = has(Mistake.ID_USED_TWICE, 150) && !lastId.isEmpty() ? lastId : newId();
        lastId = id;
        if (!dropped && !has(Mistake.ACKNOWLEDGED_SEND_DROPPED, 150)) {
            store(queue, id, message, node);
        }
        if (has(Mistake.MESSAGE_FROM_NOTHING, 150)) {
            store(queue, newId(), new Message(Payload.of("nobody-" + id, 5).body(), 8, Duration.ZERO), node);
        }
        return new Sent.Entry(Outcome.OK, id);
    }

    /** All entries or none: one that is not valid refuses the others too. */
    synchronized List<Sent.Entry> sendBatch(String queue, List<Message> messages, String node, boolean dropped) {
        List<Sent.Entry> entries = new ArrayList<>();
        if (!messages.stream().allMatch(ModelService::isValid)) {
            for (Message message : messages) {
                if (has(Mistake.REFUSED_BATCH_STORED, 1) && isValid(message)) {
                    store(queue, newId(), message, node);
                }
                entries.add(new Sent.Entry(Outcome.FAIL, ""));
            }
            return entries;
        }
        List<Message> stored = new ArrayList<>(messages);
        if (has(Mistake.BODIES_EXCHANGED, 10)) {
            stored.set(0, withBody(messages.get(0), messages.get(1).body()));
            stored.set(1, withBody(messages.get(1), messages.get(0).body()));
        }
        stored.forEach(m -> entries.add(send(queue, m, node, dropped)));
        if (has(Mistake.ENTRY_REPORTED_FAILED, 10)) {
            entries.set(entries.size() / 2, new Sent.Entry(Outcome.FAIL, ""));
        }
        return entries;
    }

    private static Message withBody(Message message, String body) {
        return new Message(body, message.priority(), message.delay());
    }

    private static boolean isValid(Message message) {
        return message.priority() >= 1 && message.priority() <= 16;
    }

    private void store(String queue, String id, Message message, String node) {
        String body = has(Mistake.BODY_ALTERED, 150) ? message.body().replaceFirst(":", ":y") : message.body();
        String digest = has(Mistake.DIGEST_WRONG, 150) ? digest(body + "?") : digest(body);
        long storedAt = time.now() + (is(Mistake.ACKNOWLEDGED_BEFORE_WRITTEN) ? millis(60) : 0);
        long cut = is(Mistake.DELAY_CUT_SHORT) && !message.delay().isZero() ? millis(200) : 0;
        long visibleAt = storedAt + message.delay().toNanos() - cut;
        queue(queue).put(id, new Stored(queue, id, body, digest, message.priority(), node, storedAt, visibleAt));
    }

    synchronized List<Received.Item> receive(String queue, int upTo) {
        long now = time.now();
        Comparator<Stored> first =
                Comparator.comparingInt(m -> is(Mistake.PRIORITY_REVERSED) ? -m.priority : m.priority);
        List<Stored> ready = queue(queue).values().stream()
                .filter(m -> m.visibleAt <= now && m.reachableAt <= now)
                .sorted(first.thenComparing(m -> m.storedAt).thenComparing(m -> m.id))
                .limit(upTo)
                .toList();
        return ready.stream().map(m -> hide(m, now)).toList();
    }

    private Received.Item hide(Stored message, long now) {
        long cut = is(Mistake.VISIBILITY_CUT_SHORT) ? millis(500) : 0;
        if (!has(Mistake.NOT_HIDDEN, 150)) {
            message.visibleAt = now + visibility(message.queue).toNanos() - cut;
        }
        message.dequeueCount++;
        message.handle = message.id + "-" + newId();
        if (has(Mistake.FORGOTTEN_AFTER_RECEIVE, 5)) {
            queue(message.queue).remove(message.id);
        }
        if (has(Mistake.COUNTS_DRIFT, 100)) {
            drift.merge(message.queue, 1, Integer::sum);
        }
        return new Received.Item(
                message.id, message.handle, message.body, message.digest, message.dequeueCount, message.priority);
    }

    synchronized Outcome delete(String queue, String handle) {
        Optional<Stored> found = find(queue, handle);
        if (found.isEmpty()) {
            return Outcome.FAIL;
        }
        Stored message = found.orElseThrow();
        if (message.reachableAt > time.now()) {
            return Outcome.INFO;
        }
        if (has(Mistake.HANDLE_FORGOTTEN, 150)) {
            return Outcome.FAIL;
        }
        if (!has(Mistake.DELETE_NOT_DONE, 150)) {
            queue(queue).remove(message.id);
            message.deletedAt = time.now();
            deleted.add(message);
        }
        return Outcome.OK;
    }

    synchronized Outcome change(String queue, String handle, Duration timeout) {
        Optional<Stored> found = find(queue, handle);
        if (found.isEmpty()) {
            return Outcome.FAIL;
        }
        Stored message = found.orElseThrow();
        long visibleAt = time.now() + timeout.toNanos();
        if (!is(Mistake.PROLONGATION_IGNORED) || visibleAt < message.visibleAt) {
            message.visibleAt = visibleAt;
        }
        return Outcome.OK;
    }

    private Optional<Stored> find(String queue, String handle) {
        int end = handle.indexOf('-');
        Stored message = queue(queue).get(end < 0 ? "" : handle.substring(0, end));
        if (message == null
                || !(message.handle.equals(handle)
                        || (is(Mistake.ALTERED_HANDLE_ACCEPTED) && !message.handle.isEmpty()))) {
            return Optional.empty();
        }
        boolean inTime = message.visibleAt > time.now() || is(Mistake.STALE_HANDLE_ACCEPTED);
        return inTime ? Optional.of(message) : Optional.empty();
    }

    synchronized Counts counts(String queue) {
        long now = time.now();
        long active = 0;
        long inactive = drift.getOrDefault(queue, 0);
        long delayed = 0;
        for (Stored message : queue(queue).values()) {
            boolean visible = message.visibleAt <= now;
            active += visible ? 1 : 0;
            inactive += !visible && message.dequeueCount > 0 ? 1 : 0;
            delayed += !visible && message.dequeueCount == 0 ? 1 : 0;
        }
        return new Counts(active, inactive, delayed);
    }

    /** A node is gone without warning; what it led belongs to the others after a moment. */
    synchronized void lose(String node, List<String> survivors) {
        long now = time.now();
        for (Map<String, Stored> queue : queues.values()) {
            queue.values().removeIf(m -> m.leader.equals(node) && isLostWithItsNode(m, now));
            queue.values().stream()
                    .filter(m -> m.leader.equals(node))
                    .sorted(Comparator.comparing((Stored m) -> m.id))
                    .forEach(m -> passOn(m, now, survivors));
        }
        if (is(Mistake.RESURRECTED_BY_FAILOVER)) {
            revive(now - Duration.ofSeconds(1).toNanos(), node);
        }
    }

    private boolean isLostWithItsNode(Stored message, long now) {
        return message.storedAt > now
                || (is(Mistake.LOST_WITH_A_NODE) && message.storedAt > now - LAST_MOMENTS.toNanos());
    }

    private void passOn(Stored message, long now, List<String> survivors) {
        message.leader = survivors.isEmpty() ? message.leader : survivors.get(random.nextInt(survivors.size()));
        message.reachableAt = now + FAILOVER.toNanos();
        boolean inFlight = message.dequeueCount > 0 && message.visibleAt > now;
        if (inFlight && random.nextInt(3) == 0) {
            message.visibleAt = now;
            message.handle = "";
        }
    }

    /** A node that was gone is back. */
    synchronized void welcome(String node) {
        if (is(Mistake.RESURRECTED_BY_RESTART)) {
            revive(time.now() - Duration.ofSeconds(8).toNanos(), node);
        }
    }

    private void revive(long deletedSince, String node) {
        deleted.stream()
                .filter(m -> m.deletedAt > deletedSince && m.leader.equals(node))
                .limit(20)
                .forEach(m -> {
                    m.visibleAt = time.now();
                    m.handle = "";
                    queue(m.queue).put(m.id, m);
                });
    }

    boolean is(Mistake mistake) {
        return mistakes.contains(mistake);
    }

    private boolean has(Mistake mistake, int oneIn) {
        return is(mistake) && random.nextInt(oneIn) == 0;
    }

    private Map<String, Stored> queue(String name) {
        return queues.computeIfAbsent(name, n -> new HashMap<>());
    }

    private Duration visibility(String queue) {
        return visibilityTimeouts.getOrDefault(queue, Duration.ofSeconds(30));
    }

    private String newId() {
        return HexFormat.of().withUpperCase().toHexDigits(random.nextLong());
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}
