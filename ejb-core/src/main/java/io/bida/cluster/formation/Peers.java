package io.bida.cluster.formation;

import io.bida.cluster.ClusterCalls;
import io.bida.cluster.ClusterCalls.Subject;
import io.bida.cluster.ClusterNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Asks several nodes at once, and gives all answers together on one executor. */
final class Peers {

    private static final Logger LOG = Logger.getLogger(Peers.class);

    private final ClusterCalls calls;
    private final ClusterNode self;
    private final Executor executor;

    Peers(ClusterCalls calls, Executor executor) {
        this.calls = calls;
        self = calls.self();
        this.executor = executor;
    }

    ClusterNode self() {
        return self;
    }

    List<ClusterNode> members() {
        return calls.members();
    }

    /** What each says of itself; empty for one that does not answer. In the order of the nodes. */
    CompletionStage<Map<ClusterNode, Optional<NodeStatus>>> statuses(Collection<ClusterNode> nodes, NodeStatus own) {
        return ask(
                nodes,
                node -> Frames.status(own),
                (node, answer) -> Optional.of(Frames.statusAnswer(answer)),
                Optional.empty());
    }

    /** Whether each did what was asked; one that does not answer did not. */
    CompletionStage<Map<ClusterNode, Boolean>> ask(
            Collection<ClusterNode> nodes, Function<ClusterNode, byte[]> request) {
        return ask(nodes, request, (node, answer) -> Frames.isDone(answer), false);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(ClusterNode node, byte[] answer);
    }

    private <T> CompletionStage<Map<ClusterNode, T>> ask(
            Collection<ClusterNode> nodes, Function<ClusterNode, byte[]> request, Reading<T> reading, T none) {
        Map<ClusterNode, CompletableFuture<T>> asked = new LinkedHashMap<>();
        for (ClusterNode node : nodes) {
            asked.put(
                    node,
                    calls.call(node, Subject.FORMATION, request.apply(node), FormationSettings.CALL_LIMIT)
                            .thenApply(answer -> reading.read(node, answer))
                            .exceptionally(failure -> {
                                LOG.debugf(failure, "Node %s gave no answer about the cluster's formation", node);
                                return none;
                            })
                            .toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.values().toArray(new CompletableFuture<?>[0]))
                .thenApplyAsync(
                        done -> {
                            Map<ClusterNode, T> answers = new LinkedHashMap<>();
                            asked.forEach((node, answer) -> answers.put(node, answer.join()));
                            return answers;
                        },
                        executor);
    }
}
