package io.bida.message;

import io.bida.cluster.ClusterCalls;
import io.bida.cluster.ClusterCalls.Subject;
import io.bida.cluster.ClusterNode;
import io.bida.message.DepartureForm.Answer;
import io.bida.message.DepartureForm.Question;
import io.bida.message.DepartureForm.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * How nodes leave their cluster one after the other, so that no message ever has fewer complete copies than it must.
 *
 * <p>A node that is to stop asks the first member for leave. It is given when nobody else is leaving, all copies are
 * complete, and enough nodes stay. Then the node tells all members to take over its copies and what it leads; it serves
 * until that is done, and goes. When all members want to stop nobody waits for anybody: what they have stored is on
 * their disks, and they start again together.
 *
 * <p>Safe for use by any thread.
 */
final class Departure {

    private static final Logger LOG = Logger.getLogger(Departure.class);

    /**
     * How long a node that is to stop serves at least, in nanoseconds: 2 s, our choice. In that time it is known
     * whether all are to stop, and clients with a connection have been told to look for another.
     */
    private static final long LEAST_NANOS = 2_000_000_000L;

    /** Between two questions, in milliseconds: 200, our choice. */
    private static final long PAUSE_MILLIS = 200;

    /** How long another node may take to answer: 2 s, our choice. */
    private static final Duration CALL_LIMIT = Duration.ofSeconds(2);

    private final ClusterCalls calls;
    private final int minCopies;
    private final Copies copies;
    private final LongSupplier nanos;
    private final Set<UUID> wanting = new HashSet<>();
    private final Set<UUID> handingOver = new HashSet<>();
    private Set<UUID> allOf = Set.of();

    /** The copies of the messages, as this node sees them. */
    interface Copies {

        /** Whether the members are agreed on, each has all its copies, and nothing is being moved. */
        boolean areComplete();

        /**
         * Gives the copies of this run of a node to those that stay; to be called on all nodes, any number of times.
         */
        void handOver(UUID run);

        /** Whether that is done. */
        boolean areHandedOver(UUID run);
    }

    /** How a node left. */
    enum Outcome {
        /** Everything it had is with the others. */
        HANDED_OVER,
        /** Together with all others. */
        WITH_ALL,
        /** The time was over before it had leave, or before all was handed over. */
        TIMED_OUT
    }

    /**
     * The leaving of a node that answers the others from now on.
     *
     * @param minCopies how many complete copies of each message must stay: 1 or more
     */
    Departure(ClusterCalls calls, int minCopies, Copies copies) {
        this(calls, minCopies, copies, System::nanoTime);
    }

    Departure(ClusterCalls calls, int minCopies, Copies copies, LongSupplier nanos) {
        this.calls = calls;
        this.minCopies = minCopies;
        this.copies = copies;
        this.nanos = nanos;
        calls.serve(
                Subject.LEAVING, (from, question) -> CompletableFuture.completedFuture(answer(from.id(), question)));
    }

    // ---- answering ----

    private byte[] answer(UUID from, byte[] question) {
        return answer(from, Question.of(question)).bytes();
    }

    private synchronized Answer answer(UUID from, Question question) {
        Set<UUID> members = calls.members().stream().map(ClusterNode::id).collect(Collectors.toSet());
        wanting.retainAll(members);
        handingOver.retainAll(members);
        return switch (question) {
            case WANTS, ASKS -> {
                wanting.add(from);
                Answer answer = decide(from, members);
                if (answer.verdict() == Verdict.HAND_OVER) {
                    if (question == Question.WANTS) {
                        yield Answer.waitFor("it serves a moment longer");
                    }
                    handingOver.add(from);
                }
                yield answer;
            }
            case HANDS_OVER -> {
                handingOver.add(from);
                copies.handOver(from);
                yield Answer.HAND_OVER;
            }
            case ALL_GO -> {
                allOf = members;
                yield Answer.ALL_GO;
            }
        };
    }

    private Answer decide(UUID from, Set<UUID> members) {
        if (wanting.containsAll(members) || allOf.containsAll(members)) {
            return Answer.ALL_GO;
        }
        if (handingOver.contains(from)) {
            return Answer.HAND_OVER;
        }
        if (!handingOver.isEmpty()) {
            return Answer.waitFor("another node is leaving");
        }
        if (members.size() - 1 < minCopies) {
            return Answer.waitFor(
                    members.size() - 1 + " nodes would stay, and a message needs " + minCopies + " copies");
        }
        if (!copies.areComplete()) {
            return Answer.waitFor("not every message has all its copies");
        }
        return Answer.HAND_OVER;
    }

    // ---- leaving ----

    /**
     * Returns when this node may go, or when the time is over; in both cases it must then go.
     *
     * @param limit how long it may take
     */
    Outcome leave(Duration limit) throws InterruptedException {
        long begun = nanos.getAsLong();
        String waitsFor = "an answer";
        while (nanos.getAsLong() - begun < limit.toNanos()) {
            boolean asks = nanos.getAsLong() - begun >= Math.min(LEAST_NANOS, limit.toNanos() / 2);
            Answer answer = ask(asks ? Question.ASKS : Question.WANTS);
            waitsFor = answer.reason();
            if (answer.verdict() == Verdict.ALL_GO) {
                tellAll(Question.ALL_GO);
                LOG.info("All nodes of the cluster stop; this one does not wait for the others");
                return Outcome.WITH_ALL;
            }
            if (answer.verdict() == Verdict.HAND_OVER) {
                tellAll(Question.HANDS_OVER);
                waitsFor = "the other nodes are still copying what this one has";
                if (copies.areHandedOver(calls.self().id())) {
                    LOG.info("The other nodes have everything that this one had; it leaves");
                    return Outcome.HANDED_OVER;
                }
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        LOG.warnf(
                "This node leaves after %d s of bida.stop.timeout without having handed over what it has: %s. Start it "
                        + "again, or wait until ./bida cluster status says that a node can be lost, before the next stops",
                limit.toSeconds(), waitsFor);
        return Outcome.TIMED_OUT;
    }

    private Answer ask(Question question) {
        ClusterNode first = calls.members().get(0);
        if (first.equals(calls.self())) {
            return answer(first.id(), question);
        }
        try {
            return Answer.of(call(first, question).toCompletableFuture().join());
        } catch (CompletionException e) {
            LOG.debugf("No answer about leaving: %s", e);
            return Answer.waitFor("node " + first + " does not answer");
        }
    }

    /** All others, and this node itself; one that does not answer is told again with the next question. */
    private void tellAll(Question what) {
        List<CompletableFuture<?>> told = new ArrayList<>();
        for (ClusterNode node : calls.members()) {
            if (!node.equals(calls.self())) {
                told.add(call(node, what)
                        .handle((answer, failure) -> {
                            if (failure != null) {
                                LOG.debugf("Node %s was not told about this one's leaving: %s", node, failure);
                            }
                            return node;
                        })
                        .toCompletableFuture());
            }
        }
        CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).join();
        answer(calls.self().id(), what);
    }

    private CompletionStage<byte[]> call(ClusterNode to, Question question) {
        return calls.call(to, Subject.LEAVING, question.bytes(), CALL_LIMIT);
    }
}
