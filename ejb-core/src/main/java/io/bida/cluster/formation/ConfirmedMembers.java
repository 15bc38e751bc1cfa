package io.bida.cluster.formation;

import io.bida.cluster.ClusterNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * The members that may acknowledge now: those that hold messages, if exactly these are the members of a confirmed
 * epoch. Safe for use by any thread.
 */
final class ConfirmedMembers {

    private final Map<Set<UUID>, CompletableFuture<Void>> waiting = new HashMap<>();
    private Set<UUID> wanted = Set.of();
    private volatile Set<UUID> active = Set.of();

    /** Whether exactly these runs may acknowledge. */
    boolean is(Set<UUID> runs) {
        return !runs.isEmpty() && active.equals(runs);
    }

    /** Whether anybody may. */
    boolean isAny() {
        return !active.isEmpty();
    }

    /** Completes when exactly these may. */
    synchronized CompletionStage<Void> when(Set<UUID> runs) {
        return is(runs)
                ? CompletableFuture.completedFuture(null)
                : waiting.computeIfAbsent(Set.copyOf(runs), r -> new CompletableFuture<>())
                        .minimalCompletionStage();
    }

    /** These hold messages from now on; if they are others, nobody may acknowledge until {@link #confirm}. */
    synchronized void want(Set<ClusterNode> members) {
        wanted = members.stream().map(ClusterNode::id).collect(Collectors.toUnmodifiableSet());
        if (!wanted.equals(active)) {
            active = Set.of();
        }
    }

    /** The confirmed epoch and no later one was accepted; its members may acknowledge if they hold the messages. */
    void confirm(Epoch epoch) {
        List<CompletableFuture<Void>> others = new ArrayList<>();
        Optional<CompletableFuture<Void>> reached;
        synchronized (this) {
            if (epoch.isNone() || !epoch.runs().equals(wanted) || active.equals(wanted)) {
                return;
            }
            active = Set.copyOf(wanted);
            reached = Optional.ofNullable(waiting.remove(active));
            others.addAll(waiting.values());
            waiting.clear();
        }
        reached.ifPresent(done -> done.complete(null));
        MembersChangedException changed = new MembersChangedException(epoch);
        others.forEach(other -> other.completeExceptionally(changed));
    }

    /** Nobody may acknowledge until the next {@link #confirm}, unless these are the members. */
    synchronized void suspendUnless(Set<UUID> runs) {
        if (!active.equals(runs)) {
            active = Set.of();
        }
    }

    /** Nobody may acknowledge any more. */
    void end(RuntimeException reason) {
        List<CompletableFuture<Void>> all;
        synchronized (this) {
            wanted = Set.of();
            active = Set.of();
            all = new ArrayList<>(waiting.values());
            waiting.clear();
        }
        all.forEach(one -> one.completeExceptionally(reason));
    }
}
