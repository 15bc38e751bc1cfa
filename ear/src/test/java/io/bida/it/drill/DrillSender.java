package io.bida.it.drill;

import io.bida.it.drill.DrillConnection.Result;
import io.bida.it.drill.History.Send;
import io.bida.it.rest.Documents;
import io.bida.it.rest.XmlElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Sends single messages and batches, with all priorities and some delays, until it is told to stop. */
final class DrillSender {

    /** The longest delay a drill gives a message. */
    static final Duration LONGEST_DELAY = Duration.ofSeconds(4);

    private final String name;
    private final String messages;
    private final DrillConnection connection;
    private final Recorder recorder;
    private final Random random;
    private final Semaphore room;
    private int sent;

    /**
     * A sender.
     *
     * @param name unique, the beginning of all its payload ids
     * @param messages path of the queue's messages
     * @param room permits for messages that wait in the queue, so that what is left can be drained in time
     */
    DrillSender(
            String name,
            String messages,
            DrillConnection connection,
            Recorder recorder,
            Random random,
            Semaphore room) {
        this.name = name;
        this.messages = messages;
        this.connection = connection;
        this.recorder = recorder;
        this.random = random;
        this.room = room;
    }

    void runWhile(BooleanSupplier goOn) throws InterruptedException {
        try (connection) {
            while (goOn.getAsBoolean()) {
                int size = random.nextInt(3) == 0 ? 2 + random.nextInt(15) : 1;
                if (room.tryAcquire(size, 100, TimeUnit.MILLISECONDS)) {
                    send(size);
                }
            }
        }
    }

    private void send(int size) {
        List<Payload> payloads = new ArrayList<>();
        List<Duration> delays = new ArrayList<>();
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Payload payload = Payload.of(name + "-" + sent++, random.nextInt(random.nextInt(20) == 0 ? 3_000 : 300));
            Duration delay = random.nextInt(5) == 0
                    ? Duration.ofSeconds(1 + random.nextInt((int) LONGEST_DELAY.toSeconds()))
                    : Duration.ZERO;
            payloads.add(payload);
            delays.add(delay);
            entries.add(Documents.entry(
                    payload.body(),
                    Documents.element("Priority", 1 + random.nextInt(16)),
                    Documents.element("DelaySeconds", delay.toSeconds())));
        }
        boolean single = size == 1;
        String document = single ? entries.get(0) : Documents.messages(entries.toArray(String[]::new));
        Result result = connection.call(connection.request("POST", messages).body(document));
        record(single, payloads, delays, result);
    }

    private void record(boolean single, List<Payload> payloads, List<Duration> delays, Result result) {
        List<XmlElement> answers = result.outcome() == Outcome.OK || isPartialFailure(single, result)
                ? answers(single, result)
                : List.of();
        for (int i = 0; i < payloads.size(); i++) {
            Outcome outcome = result.outcome();
            String id = "";
            if (i < answers.size() && answers.get(i).find("MessageId").isPresent()) {
                outcome = Outcome.OK;
                id = answers.get(i).value("MessageId");
            } else if (outcome == Outcome.OK) {
                throw new AssertionError("A 2xx answer without an id: " + result);
            }
            if (outcome != Outcome.OK) {
                room.release();
            }
            recorder.add(new Send(payloads.get(i).id(), id, delays.get(i), outcome, result.begin()));
        }
    }

    private static boolean isPartialFailure(boolean single, Result result) {
        return !single
                && result.hasStatus(500)
                && result.response().map(r -> r.text().contains("<Messages")).orElse(false);
    }

    private static List<XmlElement> answers(boolean single, Result result) {
        XmlElement root = XmlElement.parse(result.response().orElseThrow().body());
        return single ? List.of(root) : root.all("Message");
    }
}
