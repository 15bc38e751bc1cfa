package io.bida.it.drill;

import io.bida.it.drill.DrillConnection.Result;
import io.bida.it.drill.History.Delete;
import io.bida.it.drill.History.Reception;
import io.bida.it.rest.Documents;
import io.bida.it.rest.XmlElement;
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
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Receives and deletes. Under load it also leaves messages alone, spoils handles and deletes too late; in a drain it
 * deletes everything at once.
 */
final class DrillReceiver {

    private final String messages;
    private final Duration visibilityTimeout;
    private final DrillConnection connection;
    private final Recorder recorder;
    private final Random random;
    private final Semaphore room;
    private final Deque<Held> late = new ArrayDeque<>();

    DrillReceiver(
            String messages,
            Duration visibilityTimeout,
            DrillConnection connection,
            Recorder recorder,
            Random random,
            Semaphore room) {
        this.messages = messages;
        this.visibilityTimeout = visibilityTimeout;
        this.connection = connection;
        this.recorder = recorder;
        this.random = random;
        this.room = room;
    }

    /** A handle in the hand. */
    private record Held(String payloadId, String handle, long receivedEnd) {}

    /** Receives and mistreats some messages until told to stop. */
    void runWhile(BooleanSupplier goOn) {
        try (connection) {
            while (goOn.getAsBoolean()) {
                boolean one = random.nextInt(3) == 0;
                List<Held> held =
                        receive(one ? "waitseconds=1" : "numOfMessages=" + (1 + random.nextInt(16)) + "&waitseconds=1");
                List<Held> toDelete = new ArrayList<>();
                for (Held message : held) {
                    switch (random.nextInt(20)) {
                        case 0 -> {
                            /* left alone: it must come back */
                        }
                        case 1 ->
                            delete(new Held(message.payloadId(), spoil(message.handle()), message.receivedEnd()), true);
                        case 2 -> late.add(message);
                        default -> toDelete.add(message);
                    }
                }
                deleteAll(toDelete, one);
                deleteTooLate();
            }
        }
    }

    /** Receives and deletes everything; ends when nothing came although {@code maybeMore} said to wait for it. */
    void drainWhile(BooleanSupplier maybeMore) {
        try (connection) {
            List<Held> held = receive("numOfMessages=16&waitseconds=1");
            while (!held.isEmpty() || maybeMore.getAsBoolean()) {
                deleteAll(held, false);
                held = receive("numOfMessages=16&waitseconds=1");
            }
        }
    }

    private List<Held> receive(String query) {
        Result result = connection.call(connection.request("GET", messages + "?" + query));
        if (!result.hasStatus(200)) {
            return List.of();
        }
        XmlElement root = XmlElement.parse(result.response().orElseThrow().body());
        List<Held> held = new ArrayList<>();
        for (XmlElement message : root.name().equals("Messages") ? root.all("Message") : List.of(root)) {
            String body = message.value("MessageBody");
            String payloadId = Payload.idOf(body).orElse("");
            recorder.add(new Reception(
                    payloadId,
                    message.value("MessageId"),
                    message.value("MessageBodyMD5").equals(md5(body)),
                    (int) message.number("DequeueCount"),
                    result.begin(),
                    result.end()));
            held.add(new Held(payloadId, message.value("ReceiptHandle"), result.end()));
        }
        return held;
    }

    private void deleteAll(List<Held> held, boolean singly) {
        if (singly || held.size() == 1) {
            held.forEach(h -> delete(h, false));
        } else if (!held.isEmpty()) {
            deleteBatch(held);
        }
    }

    private void delete(Held held, boolean altered) {
        Result result = connection.call(connection.request("DELETE", messages + "?ReceiptHandle=" + held.handle()));
        record(held, altered, result.outcome(), result);
    }

    private void deleteBatch(List<Held> held) {
        String[] handles = held.stream().map(Held::handle).toArray(String[]::new);
        Result result = connection.call(connection.request("DELETE", messages).body(Documents.receiptHandles(handles)));
        List<String> failed = result.hasStatus(404)
                ? XmlElement.parse(result.response().orElseThrow().body()).all("Error").stream()
                        .map(e -> e.value("ReceiptHandle"))
                        .collect(Collectors.toList())
                : List.of();
        boolean judgedOneByOne = !failed.isEmpty();
        for (Held each : held) {
            Outcome outcome = result.outcome();
            if (judgedOneByOne) {
                outcome = failed.contains(each.handle()) ? Outcome.FAIL : Outcome.OK;
            }
            record(each, false, outcome, result);
        }
    }

    private void record(Held held, boolean altered, Outcome outcome, Result result) {
        if (outcome == Outcome.OK) {
            room.release();
        }
        recorder.add(new Delete(held.payloadId(), altered, outcome, held.receivedEnd(), result.begin(), result.end()));
    }

    private void deleteTooLate() {
        long over = visibilityTimeout.plusMillis(300).toNanos();
        while (!late.isEmpty() && System.nanoTime() - late.element().receivedEnd() > over) {
            delete(late.remove(), false);
        }
    }

    private String spoil(String handle) {
        int place = random.nextInt(handle.length());
        char other = handle.charAt(place) == 'A' ? 'B' : 'A';
        return handle.substring(0, place) + other + handle.substring(place + 1);
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
