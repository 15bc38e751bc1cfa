package io.bida.it.drill;

import static java.lang.System.Logger.Level.INFO;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.it.drill.DrillConnection.Result;
import io.bida.it.drill.History.Outage;
import io.bida.it.rest.Documents;
import io.bida.it.rest.Timing;
import io.bida.it.rest.XmlElement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A server killed with SIGKILL five times under load keeps what it acknowledged. About two and a half minutes.
 *
 * <p>Seed and length can be given: {@code -Dbida.it.drill.seed=…} (default: another each time, printed) and
 * {@code -Dbida.it.drill.kills=…} (default 5).
 */
@Isolated("needs the machine for itself to put load on its server")
class CrashDrillIT {

    private static final System.Logger LOG = System.getLogger(CrashDrillIT.class.getName());

    private static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(3);
    private static final int SENDERS = 4;
    private static final int RECEIVERS = 3;
    private static final int DRAINERS = 6;

    /** Messages that may wait at a time: enough to be in every state, few enough to drain in seconds. */
    private static final int BACKLOG = 4_000;

    private static final int VIOLATIONS_SHOWN = 10;

    private static final String QUEUE = "/queues/crash-drill";

    private final long seed = Long.getLong("bida.it.drill.seed", System.nanoTime());
    private final int kills = Integer.getInteger("bida.it.drill.kills", 5);
    private final Random random = new Random(seed);
    private final Recorder recorder = new Recorder();
    private final Semaphore room = new Semaphore(BACKLOG);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Test
    @Timeout(900)
    void nothingAcknowledgedIsLostAndNothingDeletedReturns(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) {
        LOG.log(INFO, "crash drill with seed {0}", Long.toString(seed));
        try (OwnServer server = new OwnServer(directory, Map.of("BIDA_HEAP", "768m"))) {
            server.start();
            createQueue(server);

            killUnderLoad(server);
            long drainBegin = System.nanoTime();
            drain(server);

            History history = recorder.toHistory(VISIBILITY_TIMEOUT, drainBegin);
            List<Violation> violations = HistoryChecker.check(history);
            LOG.log(INFO, "crash drill: {0}", summary(history, violations));
            assertThat(violations.stream().limit(VIOLATIONS_SHOWN).toList())
                    .as("seed %d: %s", seed, summary(history, violations))
                    .isEmpty();
            assertThat(acknowledged(history))
                    .as("the drill did enough to mean something")
                    .isGreaterThan(100L * kills);
            assertThat(counts(server))
                    .as("active, inactive, delayed after the drain")
                    .containsExactly(0L, 0L, 0L);
        } finally {
            threads.shutdownNow();
        }
    }

    private void killUnderLoad(OwnServer server) {
        AtomicBoolean goOn = new AtomicBoolean(true);
        List<Future<?>> clients = startLoad(server, goOn);
        try {
            for (int i = 0; i < kills; i++) {
                Timing.letPass(Duration.ofMillis(1_500 + random.nextInt(3_500)));
                long begin = System.nanoTime();
                server.kill();
                Duration start = server.start();
                recorder.add(new Outage(begin, System.nanoTime()));
                LOG.log(INFO, "kill {0}: ready again {1} ms after the start", i + 1, start.toMillis());
            }
            Timing.letPass(Duration.ofSeconds(2));
        } finally {
            goOn.set(false);
        }
        clients.forEach(c -> Timing.within(Duration.ofSeconds(40), c));
    }

    private List<Future<?>> startLoad(OwnServer server, AtomicBoolean goOn) {
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            DrillSender sender = new DrillSender(
                    "s" + i, QUEUE + "/messages", connection(server), recorder, new Random(random.nextLong()), room);
            clients.add(threads.submit(inThread(() -> sender.runWhile(goOn::get))));
        }
        for (int i = 0; i < RECEIVERS; i++) {
            DrillReceiver receiver = receiver(server);
            clients.add(threads.submit(inThread(() -> receiver.runWhile(goOn::get))));
        }
        return clients;
    }

    private void drain(OwnServer server) {
        Duration longestHidden = DrillSender.LONGEST_DELAY.compareTo(VISIBILITY_TIMEOUT) > 0
                ? DrillSender.LONGEST_DELAY
                : VISIBILITY_TIMEOUT;
        long lastDue = System.nanoTime() + longestHidden.plusSeconds(2).toNanos();
        List<Future<?>> drainers = new ArrayList<>();
        for (int i = 0; i < DRAINERS; i++) {
            DrillReceiver receiver = receiver(server);
            drainers.add(threads.submit(inThread(() -> receiver.drainWhile(() -> System.nanoTime() < lastDue))));
        }
        drainers.forEach(d -> Timing.within(Duration.ofSeconds(60), d));
    }

    private DrillReceiver receiver(OwnServer server) {
        return new DrillReceiver(
                QUEUE + "/messages",
                VISIBILITY_TIMEOUT,
                connection(server),
                recorder,
                new Random(random.nextLong()),
                room);
    }

    private static DrillConnection connection(OwnServer server) {
        return new DrillConnection(server.endpoint(), server.key());
    }

    private static void createQueue(OwnServer server) {
        try (DrillConnection connection = connection(server)) {
            String attributes = Documents.queue(Documents.element("VisibilityTimeout", VISIBILITY_TIMEOUT.toSeconds()));
            Result result = connection.call(connection.request("PUT", QUEUE).body(attributes));
            assertThat(result.hasStatus(201)).as("%s", result).isTrue();
        }
    }

    private static List<Long> counts(OwnServer server) {
        try (DrillConnection connection = connection(server)) {
            Result result = connection.call(connection.request("GET", QUEUE));
            XmlElement attributes =
                    XmlElement.parse(result.response().orElseThrow().body());
            return List.of(
                    attributes.number("ActiveMessages"),
                    attributes.number("InactiveMessages"),
                    attributes.number("DelayMessages"));
        }
    }

    private static long acknowledged(History history) {
        return history.sends().stream().filter(s -> s.outcome() == Outcome.OK).count();
    }

    private static String summary(History history, List<Violation> violations) {
        Map<Violation.Rule, Long> broken =
                violations.stream().collect(Collectors.groupingBy(Violation::rule, Collectors.counting()));
        long ids = history.receptions().stream()
                .map(History.Reception::payloadId)
                .distinct()
                .count();
        return String.format(
                "sent %d (acknowledged %d, unknown %d), received %d, duplicates %d, deleted %d, kills %d, "
                        + "lost %d, resurrected %d, all broken promises %s",
                history.sends().size(),
                acknowledged(history),
                history.sends().stream()
                        .filter(s -> s.outcome() == Outcome.INFO)
                        .count(),
                ids,
                history.receptions().size() - ids,
                history.deletes().stream()
                        .filter(d -> d.outcome() == Outcome.OK)
                        .count(),
                history.outages().size(),
                broken.getOrDefault(Violation.Rule.LOST, 0L) + broken.getOrDefault(Violation.Rule.LOST_LATER, 0L),
                broken.getOrDefault(Violation.Rule.RESURRECTED, 0L),
                broken);
    }

    private interface Loop {
        void run() throws InterruptedException;
    }

    private static Callable<Boolean> inThread(Loop loop) {
        return () -> {
            loop.run();
            return true;
        };
    }
}
