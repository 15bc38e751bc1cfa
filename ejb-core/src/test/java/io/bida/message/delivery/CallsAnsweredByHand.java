package io.bida.message.delivery;

import io.bida.cluster.CallFailedException;
import io.bida.cluster.ClusterCalls;
import io.bida.cluster.ClusterNode;
import io.bida.error.ServiceException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** A cluster of this node and another one, which answers as a test says. */
final class CallsAnsweredByHand implements ClusterCalls {

    private final ClusterNode self;
    private final ClusterNode other;

    /** How the other node answers. */
    volatile Function<byte[], CompletionStage<byte[]>> answering = request -> noAnswer();

    CallsAnsweredByHand(UUID self, UUID other) {
        this.self = new ClusterNode("self", self);
        this.other = new ClusterNode("other", other);
    }

    /** The other node is asked and never answers. */
    CompletionStage<byte[]> noAnswer() {
        return CompletableFuture.failedFuture(new CallFailedException(other, "none within 5000 ms"));
    }

    /** The other node does not do it. */
    static CompletionStage<byte[]> refusal(ServiceException reason) {
        return CompletableFuture.completedFuture(
                CallForm.write(out -> CallForm.writeOutcome(out, reason, nothing -> {})));
    }

    @Override
    public ClusterNode self() {
        return self;
    }

    @Override
    public List<ClusterNode> members() {
        return List.of(self, other);
    }

    @Override
    public CompletionStage<byte[]> call(ClusterNode to, Subject subject, byte[] request, Duration limit) {
        return answering.apply(request);
    }

    @Override
    public void serve(Subject subject, Service service) {
        throw new AssertionError("nobody asks this node");
    }

    @Override
    public void onMembersChange(Consumer<List<ClusterNode>> listener) {
        throw new AssertionError("the members do not change");
    }
}
