package io.bida.cluster;

import io.bida.cluster.ClusterCalls.Subject;
import io.bida.cluster.ClusterReport.Node;
import io.bida.time.MonotonicTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the whole cluster is: asks every node at once what it says of itself, and puts the answers together. Safe for use
 * by any thread.
 *
 * <p>The same on a node that stands alone, which has only itself to ask.
 */
@ApplicationScoped
public class ClusterService {

    private static final byte[] QUESTION = {1};

    /** How long a node may take to answer: 1 s, our choice; a healthy one needs some milliseconds. */
    static final Duration LIMIT = Duration.ofSeconds(1);

    /**
     * How old a report may be for somebody else to get it too, in milliseconds: 1000, our choice, so that many who look
     * cost no more than one.
     */
    static final long FRESH_MILLIS = 1000;

    @Inject
    NodeHealth health;

    @Inject
    Clock clock;

    MonotonicTime monotonic = MonotonicTime.SYSTEM;

    private volatile @Nullable Source source;
    private volatile @Nullable Peers peers;
    private @Nullable CompletableFuture<ClusterReport> last;
    private long lastMillis;

    private record Peers(ClusterCalls calls, SeenNodes seen) {}

    /** Where a node's report of itself comes from. */
    @FunctionalInterface
    public interface Source {

        /** What this node says of itself now; given the nodes that it has seen and that are gone. */
        NodeReport report(Map<String, Instant> gone);
    }

    /** The node stands alone, and says this of itself. */
    public void standAlone(Source own) {
        source = own;
    }

    /**
     * The node is in a cluster from now on: answers the others, and asks them.
     *
     * @param own what it says of itself
     * @param executor makes that for the others; it may look at the disk
     */
    public void connect(ClusterCalls connected, Source own, Executor executor) {
        SeenNodes watching = new SeenNodes(clock);
        connected.onMembersChange(watching::presentAre);
        watching.presentAre(connected.members());
        connected.serve(
                Subject.REPORT,
                (from, question) -> CompletableFuture.supplyAsync(
                        () -> own.report(watching.gone()).bytes(), executor));
        source = own;
        peers = new Peers(connected, watching);
    }

    /**
     * How the cluster is, at most a second old; takes at most about a second, however the other nodes are.
     *
     * <p>A node that does not answer is in it as such.
     */
    public ClusterReport clusterReport() {
        return current().join();
    }

    private synchronized CompletableFuture<ClusterReport> current() {
        long now = monotonic.millis();
        CompletableFuture<ClusterReport> known = last;
        if (known != null && !known.isCompletedExceptionally() && now - lastMillis < FRESH_MILLIS) {
            return known;
        }
        CompletableFuture<ClusterReport> asked = ask();
        last = asked;
        lastMillis = now;
        return asked;
    }

    private CompletableFuture<ClusterReport> ask() {
        Instant takenAt = clock.instant();
        Source own = source;
        Peers others = peers;
        if (own == null) {
            return CompletableFuture.completedFuture(
                    new ReportAssembly(takenAt, starting(), false).assemble(List.of()));
        }
        if (others == null) {
            return CompletableFuture.completedFuture(
                    new ReportAssembly(takenAt, own.report(Map.of()), true).assemble(List.of()));
        }
        List<CompletableFuture<Node>> asked = others.calls().members().stream()
                .filter(node -> !node.equals(others.calls().self()))
                .map(node -> ask(others.calls(), node))
                .toList();
        ReportAssembly assembly =
                new ReportAssembly(takenAt, own.report(others.seen().gone()), false);
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(all -> assembly.assemble(
                        asked.stream().map(CompletableFuture::join).toList()));
    }

    private static CompletableFuture<Node> ask(ClusterCalls connected, ClusterNode node) {
        Function<Throwable, Node> silent = failure -> ReportAssembly.silent(node.name(), reason(failure));
        return connected
                .call(node, Subject.REPORT, QUESTION, LIMIT)
                .thenApply(NodeReport::of)
                .thenApply(ReportAssembly::answering)
                .exceptionally(silent)
                .toCompletableFuture();
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
    }

    /** Of a node that does not know yet what it is. */
    private NodeReport starting() {
        return new NodeReport(
                System.getProperty("bida.node", "bida"),
                NodeState.STARTING,
                health.unreadyReason().orElse("the node is starting"),
                new NodeReport.Run("", "", Duration.ZERO),
                new NodeReport.Membership(0, List.of(), 1, Map.of()),
                NodeReport.Segments.NONE,
                new NodeReport.Room(0, 0, 0, 0),
                0);
    }
}
