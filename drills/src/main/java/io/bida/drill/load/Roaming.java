package io.bida.drill.load;

import io.bida.drill.client.QueueClient;
import io.bida.drill.server.Deployment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One client program's connections to all nodes. Not for use by several threads. */
final class Roaming implements AutoCloseable {

    private final Deployment deployment;
    private final Duration patience;
    private final Random random;
    private final Map<String, QueueClient> clients = new HashMap<>();

    Roaming(Deployment deployment, Duration patience, Random random) {
        this.deployment = deployment;
        this.patience = patience;
        this.random = random;
    }

    QueueClient of(String node) {
        return clients.computeIfAbsent(node, n -> deployment.connect(n, patience));
    }

    QueueClient any() {
        List<String> nodes = deployment.nodes();
        return of(nodes.get(random.nextInt(nodes.size())));
    }

    /** One node after the other. */
    QueueClient inTurn(int turn) {
        List<String> nodes = deployment.nodes();
        return of(nodes.get(turn % nodes.size()));
    }

    int size() {
        return deployment.nodes().size();
    }

    /** Another node than this one; the same where there is no other. */
    QueueClient otherThan(String node) {
        List<String> others =
                deployment.nodes().stream().filter(n -> !n.equals(node)).toList();
        return others.isEmpty() ? of(node) : of(others.get(random.nextInt(others.size())));
    }

    @Override
    public void close() {
        clients.values().forEach(QueueClient::close);
        clients.clear();
    }
}
