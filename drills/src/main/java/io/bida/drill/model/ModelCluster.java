package io.bida.drill.model;

import io.bida.drill.client.QueueClient;
import io.bida.drill.server.ClusterState;
import io.bida.drill.server.Deployment;
import io.bida.drill.time.DrillTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Nodes of the model, which die, pause and are cut off like real ones. Safe for use by several threads. */
public final class ModelCluster implements Deployment {

    private static final Duration START = Duration.ofSeconds(3);
    private static final Duration COPIES_AFTER_START = Duration.ofSeconds(2);

    private final DrillTime time;
    private final Random random;
    private final ModelService service;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private volatile long completeAt;

    /** Running nodes {@code n1} to {@code nX} with these mistakes. */
    public ModelCluster(int size, DrillTime time, Random random, Set<Mistake> mistakes) {
        this.time = time;
        this.random = random;
        this.service = new ModelService(time, new Random(random.nextLong()), mistakes);
        for (int i = 1; i <= size; i++) {
            nodes.put("n" + i, new Node());
        }
    }

    /** One node's condition. */
    static final class Node {
        volatile boolean up = true;
        volatile boolean paused;
        volatile boolean cut;
        final AtomicInteger life = new AtomicInteger();
    }

    ModelService service() {
        return service;
    }

    @Override
    public synchronized List<String> nodes() {
        return List.copyOf(nodes.keySet());
    }

    synchronized Node node(String name) {
        return Optional.ofNullable(nodes.get(name)).orElseThrow();
    }

    @Override
    public synchronized QueueClient connect(String node, Duration patience) {
        return new ModelClient(node, node(node), this, time, new Random(random.nextLong()), patience);
    }

    @Override
    public boolean keepsOneOrder() {
        return true;
    }

    @Override
    public void kill(List<String> names) {
        for (String name : names) {
            node(name).up = false;
            node(name).life.incrementAndGet();
        }
        List<String> survivors = nodes().stream().filter(n -> node(n).up).toList();
        names.forEach(n -> service.lose(n, survivors));
        completeAt = Long.MAX_VALUE;
    }

    @Override
    public void start(List<String> names) {
        time.sleep(START);
        for (String name : names) {
            node(name).up = true;
            service.welcome(name);
        }
        completeAt = time.now() + COPIES_AFTER_START.toNanos();
    }

    @Override
    public void stop(String name) {
        kill(List.of(name));
    }

    @Override
    public boolean isReady(String node) {
        return node(node).up && !node(node).paused && !node(node).cut;
    }

    @Override
    public Optional<ClusterState> state(String node) {
        if (!isReady(node)) {
            return Optional.empty();
        }
        List<String> up = new ArrayList<>(nodes());
        up.removeIf(n -> !isReady(n));
        boolean complete = time.now() >= completeAt;
        return Optional.of(new ClusterState(up.size(), complete ? 0 : 7, !complete, complete, ""));
    }

    @Override
    public void pause(String node) {
        node(node).paused = true;
    }

    @Override
    public void resume(String node) {
        node(node).paused = false;
    }

    @Override
    public String add() {
        time.sleep(START);
        synchronized (this) {
            String name = "n" + (nodes.size() + 1);
            nodes.put(name, new Node());
            return name;
        }
    }

    @Override
    public void cut(Set<String> side) {
        boolean minority = side.size() * 2 < nodes().size();
        nodes().forEach(n -> node(n).cut = side.contains(n) == minority);
    }

    @Override
    public void mend() {
        nodes().forEach(n -> node(n).cut = false);
    }

    @Override
    public void close() {
        // Nothing runs.
    }
}
