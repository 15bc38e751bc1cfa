package io.bida.drill.load;

import io.bida.drill.client.QueueClient;
import io.bida.drill.client.QueueClient.Counts;
import io.bida.drill.client.QueueClient.Message;
import io.bida.drill.client.QueueClient.Sent;
import io.bida.drill.history.History.Count;
import io.bida.drill.history.History.Order;
import io.bida.drill.history.History.Role;
import io.bida.drill.history.History.Send;
import io.bida.drill.history.Outcome;
import io.bida.drill.history.Payload;
import io.bida.drill.history.Recorder;
import io.bida.drill.server.Deployment;
import io.bida.drill.time.DrillTime;
import io.bida.drill.time.DrillTime.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * All clients of a drill on three queues: a busy one, a sparse one whose receivers wait, and one that is used when all
 * is quiet to see in which order messages come.
 */
public final class Load {

    private static final Duration SPARSE_PAUSE = Duration.ofMillis(400);
    private static final Duration SPARSE_WAIT = Duration.ofSeconds(4);
    private static final Duration SHORT_WAIT = Duration.ofSeconds(1);
    private static final Duration END_BOUND = Duration.ofSeconds(90);
    private static final Duration DRAIN_BOUND = Duration.ofMinutes(10);

    /** Source: reliability notes 3.2, Q11. */
    private static final Duration COUNTS_CONVERGE = Duration.ofSeconds(10);

    private final Deployment deployment;
    private final Workload workload;
    private final Recorder recorder;
    private final DrillTime time;
    private final Random random;
    private final String prefix;
    private final Backlog backlog;
    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final List<Job> jobs = new ArrayList<>();
    private int started;

    /**
     * Clients that have not started.
     *
     * @param prefix of the queues' names and of all payload ids, so that drills can follow each other on one cluster
     */
    public Load(
            Deployment deployment, Workload workload, Recorder recorder, DrillTime time, Random random, String prefix) {
        this.deployment = deployment;
        this.workload = workload;
        this.recorder = recorder;
        this.time = time;
        this.random = random;
        this.prefix = prefix;
        this.backlog = new Backlog(workload.backlog());
    }

    private String busy() {
        return prefix + "-busy";
    }

    private String sparse() {
        return prefix + "-sparse";
    }

    private String order() {
        return prefix + "-order";
    }

    /** Creates the queues and starts all clients. */
    public void start() {
        try (Roaming nodes = roaming()) {
            for (String queue : List.of(busy(), sparse(), order())) {
                QueueClient.Call created =
                        nodes.of(deployment.nodes().get(0)).createQueue(queue, workload.visibilityTimeout());
                if (created.outcome() != Outcome.OK) {
                    throw new AssertionError("The queue " + queue + " was not created: " + created);
                }
            }
        }
        deployment.nodes().forEach(this::startPinned);
        for (int i = 0; i < workload.retrying(); i++) {
            startSender(Role.RETRYING, "", busy(), workload.pause());
        }
        for (int i = 0; i < workload.bulk(); i++) {
            startSender(Role.BULK, "", busy(), workload.pause());
        }
        startSender(Role.SPARSE, "", sparse(), SPARSE_PAUSE);
        for (int i = 0; i < workload.receivers(); i++) {
            startReceiver(busy(), SHORT_WAIT);
        }
        startReceiver(sparse(), SPARSE_WAIT);
        startReceiver(sparse(), SPARSE_WAIT);
    }

    /** Starts senders that stay with this node. */
    public void startPinned(String node) {
        for (int i = 0; i < workload.pinnedPerNode(); i++) {
            startSender(Role.PINNED, node, busy(), workload.pause());
        }
    }

    /** Ends all clients. */
    public void stop() {
        goOn.set(false);
        jobs.forEach(j -> j.await(END_BOUND));
    }

    /** Remembers what each node counts, once that agrees or 10 s after the load. */
    public void count(boolean drained) {
        try (Roaming nodes = roaming()) {
            for (String queue : List.of(busy(), sparse())) {
                count(queue, drained, nodes);
            }
        }
    }

    private void count(String queue, boolean drained, Roaming nodes) {
        long end = time.now() + COUNTS_CONVERGE.toNanos();
        Map<String, Count> last = new ConcurrentHashMap<>();
        boolean agreed = false;
        while (!agreed && time.now() < end) {
            for (String node : deployment.nodes()) {
                Optional<Counts> counts = nodes.of(node).counts(queue);
                counts.ifPresent(c -> last.put(
                        node, new Count(queue, node, drained, c.active(), c.inactive(), c.delayed(), time.now())));
            }
            long different = last.values().stream()
                    .map(c -> c.active() + c.inactive() + c.delayed())
                    .distinct()
                    .count();
            boolean empty = last.values().stream().allMatch(c -> c.active() + c.inactive() + c.delayed() == 0);
            agreed = different == 1 && last.size() == deployment.nodes().size() && (empty || !drained);
            time.sleep(Duration.ofMillis(500));
        }
        last.values().forEach(recorder::add);
    }

    /** Receives and deletes all there is, for as long as something may come back. */
    public void drain() {
        Duration longest = workload.longestDelay().compareTo(workload.visibilityTimeout()) > 0
                ? workload.longestDelay()
                : workload.visibilityTimeout();
        // A visibility timeout may have been prolonged by two seconds.
        long lastDue = time.now() + longest.plusSeconds(4).toNanos();
        BooleanSupplier maybeMore = () -> time.now() < lastDue;
        List<Job> drainers = new ArrayList<>();
        for (int i = 0; i < workload.drainers(); i++) {
            Receiver busy = receiver(busy(), SHORT_WAIT, Duration.ZERO);
            drainers.add(time.start("drain-" + i, () -> busy.drainWhile(maybeMore)));
        }
        Receiver sparse = receiver(sparse(), SHORT_WAIT, Duration.ZERO);
        drainers.add(time.start("drain-sparse", () -> sparse.drainWhile(maybeMore)));
        drainers.forEach(d -> d.await(DRAIN_BOUND));
    }

    /** Sends messages of all priorities in no order and receives them one by one, with nobody else about. */
    public void probeOrder() {
        List<Integer> toSend = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            toSend.add(1 + i % 16);
        }
        Collections.shuffle(toSend, random);
        try (Roaming nodes = roaming()) {
            QueueClient client = nodes.of(deployment.nodes().get(0));
            for (int i = 0; i < toSend.size(); i++) {
                Payload payload = Payload.of(prefix + "-order-" + i, 10);
                Sent sent = client.send(order(), new Message(payload.body(), toSend.get(i), Duration.ZERO));
                Sent.Entry entry = sent.entries().get(0);
                recorder.add(new Send(
                        order(),
                        payload.id(),
                        entry.messageId(),
                        Role.BULK,
                        client.node(),
                        Duration.ZERO,
                        entry.outcome(),
                        sent.call().begin(),
                        sent.call().end()));
            }
            receiveInOrder(client);
        }
    }

    private void receiveInOrder(QueueClient client) {
        Receiver receiver = receiver(order(), SHORT_WAIT, Duration.ZERO);
        List<Integer> priorities = new ArrayList<>();
        List<Receiver.Held> held = receiver.receive(client, 1);
        while (!held.isEmpty()) {
            priorities.add(held.get(0).priority());
            receiver.deleteAll(held, true);
            held = receiver.receive(client, 1);
        }
        recorder.add(new Order(order(), deployment.keepsOneOrder(), priorities));
    }

    private void startSender(Role role, String node, String queue, Duration pause) {
        String name = prefix + "-" + role.name().charAt(0) + started++;
        Sender sender = new Sender(
                new Sender.Style(name, role, node, queue, pause),
                workload,
                new Roaming(deployment, patienceOf(role), newRandom()),
                recorder,
                time,
                newRandom(),
                backlog);
        jobs.add(time.start(name, () -> sender.runWhile(goOn::get)));
    }

    private void startReceiver(String queue, Duration wait) {
        Receiver receiver = receiver(queue, wait, workload.think());
        jobs.add(time.start(prefix + "-receiver-" + started++, () -> receiver.runWhile(goOn::get)));
    }

    private Receiver receiver(String queue, Duration wait, Duration think) {
        return new Receiver(queue, wait, think, workload, roaming(), recorder, time, newRandom(), backlog);
    }

    private Roaming roaming() {
        return new Roaming(deployment, patienceOf(Role.BULK), newRandom());
    }

    private Duration patienceOf(Role role) {
        return role == Role.RETRYING ? workload.patience() : workload.patience().multipliedBy(3);
    }

    private Random newRandom() {
        return new Random(random.nextLong());
    }
}
