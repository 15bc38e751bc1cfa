package io.bida.cluster.formation;

import io.bida.cluster.CallFailedException;
import io.bida.cluster.ClusterCalls;
import io.bida.cluster.ClusterNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A node's calls that end the node at a chosen one. */
final class CallsThatCrash implements ClusterCalls {

    /** Where a node dies: before or after it has done what it was asked in a call of this kind. */
    record Step(Frames.Kind kind, boolean after) {

        /** Dies at none. */
        static final Step NEVER = new Step(Frames.Kind.RESTART, true);

        @Override
        public String toString() {
            return (after ? "after " : "before ") + kind;
        }
    }

    private final ClusterCalls calls;
    private final ClusterNode self;
    private final Runnable crash;
    private volatile Step step;
    private volatile boolean dead;

    CallsThatCrash(ClusterCalls calls, Step step, Runnable crash) {
        this.calls = calls;
        this.step = step;
        self = calls.self();
        this.crash = crash;
    }

    /** Dies there the next time. */
    void dieAt(Step at) {
        step = at;
    }

    boolean isDead() {
        return dead;
    }

    /** Is dead from this moment on: says nothing and does nothing it is asked. */
    void die() {
        if (!dead) {
            dead = true;
            Thread closing = new Thread(crash, "crash");
            closing.setDaemon(true);
            closing.start();
        }
    }

    @Override
    public ClusterNode self() {
        return self;
    }

    @Override
    public List<ClusterNode> members() {
        return calls.members();
    }

    @Override
    public CompletionStage<byte[]> call(ClusterNode to, Subject subject, byte[] request, Duration limit) {
        return dead
                ? CompletableFuture.failedFuture(new CallFailedException(to, "the caller is dead"))
                : calls.call(to, subject, request, limit);
    }

    @Override
    public void serve(Subject subject, Service service) {
        calls.serve(subject, (from, request) -> {
            boolean isStep = Frames.request(request).kind() == step.kind();
            if (isStep && !step.after()) {
                die();
            }
            if (dead) {
                return new CompletableFuture<>();
            }
            CompletionStage<byte[]> answer = service.answer(from, request);
            return !isStep
                    ? answer
                    : answer.thenCompose(done -> {
                        die();
                        return new CompletableFuture<>();
                    });
        });
    }

    @Override
    public void onMembersChange(Consumer<List<ClusterNode>> listener) {
        calls.onMembersChange(listener);
    }
}
