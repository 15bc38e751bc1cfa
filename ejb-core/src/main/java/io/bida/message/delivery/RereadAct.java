package io.bida.message.delivery;

import io.bida.error.ServiceException;
import io.bida.message.store.Bundle;
import io.bida.message.store.Deliveries;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A look at what is stored of a bundle, which changes nothing there: the order is put right by it. It has its effect
 * between the other acts on the bundle, when none of them waits, so that it never puts back what one of them has done.
 */
final class RereadAct extends BundleAct {

    private final LocalPartition partition;
    private final QueueSteps steps;
    private final long number;
    private final CompletableFuture<Void> answer;
    private @Nullable Bundle bundle;
    private Deliveries.Change state = Deliveries.gone().change();

    RereadAct(LocalPartition partition, QueueSteps steps, long number, CompletableFuture<Void> answer) {
        this.partition = partition;
        this.steps = steps;
        this.number = number;
        this.answer = answer;
    }

    @Override
    boolean needsBundle() {
        return true;
    }

    @Override
    void decide(Deliveries.Change change, @Nullable Bundle loaded, long nowMillis) {
        bundle = loaded;
        state = change; // read when it is stored, for what the acts decided after this one do
    }

    @Override
    void done() {
        ServiceException closed = partition.closed();
        if (closed != null) {
            steps.refuse(answer, closed);
            return;
        }
        if (partition.isActedOn(number)) {
            partition.reread(number, answer);
            return;
        }
        partition.putRight(number, bundle, state.done());
        steps.answer(() -> answer.complete(null));
    }

    @Override
    void failed(ServiceException reason) {
        steps.refuse(answer, reason);
    }
}
