package io.bida.cluster;

import io.bida.cluster.ClusterCalls.Subject;
import io.bida.cluster.ClusterReport.Node;
import io.bida.error.ServiceUnavailableException;
import io.bida.time.MonotonicTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    /** When a node that could not even be asked counts as one that does not answer: 100 ms later, our choice. */
    static final Duration LATEST = LIMIT.plusMillis(100);

    /** How long a report may take: 2 s, our choice; more than the other nodes may need to keep silent. */
    static final Duration WHOLE_LIMIT = Duration.ofSeconds(2);

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

    private record Peers(
            ClusterCalls calls, SeenNodes seen, Source own, Executor executor, Set<ClusterNode> beingAsked) {}

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
     * @param executor makes that, and asks; it may look at the disk, and waits with one thread for each node that hangs
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
        peers = new Peers(connected, watching, own, executor, ConcurrentHashMap.newKeySet());
    }

    /**
     * How the cluster is, at most a second old; takes at most about a second, however the other nodes are.
     *
     * <p>A node that does not answer is in it as such.
     *
     * @throws ServiceUnavailableException if this node does not get to say of itself how it is: its disk hangs, or it
     *     has much too much to do (ServiceUnavailable)
     */
    public ClusterReport clusterReport() {
        try {
            return current().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new ServiceUnavailableException("this node does not get to say how it is");
            }
            throw e;
        }
    }

    /** The report that all who ask now share: one that is made, or one that is not old. */
    private CompletableFuture<ClusterReport> current() {
        CompletableFuture<ClusterReport> mine = new CompletableFuture<>();
        synchronized (this) {
            long now = monotonic.millis();
            CompletableFuture<ClusterReport> known = last;
            if (known != null && isForOthersToo(known, now)) {
                return known;
            }
            last = mine;
            lastMillis = now;
        }
        // Not under the lock: whoever comes now finds the report that is being made, whatever making it waits for.
        mine.orTimeout(WHOLE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        make(mine);
        return mine;
    }

    private boolean isForOthersToo(CompletableFuture<ClusterReport> report, long now) {
        return !report.isDone() || (!report.isCompletedExceptionally() && now - lastMillis < FRESH_MILLIS);
    }

    private void make(CompletableFuture<ClusterReport> report) {
        Peers others = peers;
        try {
            if (others == null) {
                report.complete(ofThisNode());
            } else {
                others.executor().execute(() -> makeOfAll(others, report));
            }
        } catch (RuntimeException e) {
            report.completeExceptionally(e);
        }
    }

    private ClusterReport ofThisNode() {
        Instant takenAt = clock.instant();
        Source own = source;
        return own == null
                ? new ReportAssembly(takenAt, starting(), false).assemble(List.of())
                : new ReportAssembly(takenAt, own.report(Map.of()), true).assemble(List.of());
    }

    private void makeOfAll(Peers others, CompletableFuture<ClusterReport> report) {
        try {
            Instant takenAt = clock.instant();
            List<CompletableFuture<Node>> asked = others.calls().members().stream()
                    .filter(node -> !node.equals(others.calls().self()))
                    .map(node -> ask(others, node))
                    .toList();
            ReportAssembly assembly = new ReportAssembly(
                    takenAt, others.own().report(others.seen().gone()), false);
            CompletionStage<ClusterReport> assembled = CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                    .thenApply(all -> assembly.assemble(
                            asked.stream().map(CompletableFuture::join).toList()));
            assembled.whenComplete((made, failure) -> {
                if (failure == null) {
                    report.complete(made);
                } else {
                    report.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            report.completeExceptionally(e);
        }
    }

    /** Off this thread: even the sending may wait, for a node that hangs or one that is cut off. */
    private static CompletableFuture<Node> ask(Peers others, ClusterNode node) {
        Function<Throwable, Node> silent = failure -> ReportAssembly.silent(node.name(), reason(failure));
        return CompletableFuture.supplyAsync(() -> question(others, node), others.executor())
                .thenCompose(Function.identity())
                .thenApply(NodeReport::of)
                .thenApply(ReportAssembly::answering)
                .exceptionally(silent)
                .completeOnTimeout(
                        ReportAssembly.silent(
                                node.name(), "it could not even be asked within " + LATEST.toMillis() + " ms"),
                        LATEST.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** One at a time to each node, so that one that hangs never holds more than one thread. */
    private static CompletionStage<byte[]> question(Peers others, ClusterNode node) {
        if (!others.beingAsked().add(node)) {
            return CompletableFuture.failedFuture(new CallFailedException(node, "an earlier question is not sent yet"));
        }
        try {
            return others.calls().call(node, Subject.REPORT, QUESTION, LIMIT);
        } finally {
            others.beingAsked().remove(node);
        }
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
