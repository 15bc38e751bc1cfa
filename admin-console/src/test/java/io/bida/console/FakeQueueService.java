package io.bida.console;

import io.bida.account.AccountId;
import io.bida.error.ServiceException;
import io.bida.limits.ServiceLimits;
import io.bida.queue.Marker;
import io.bida.queue.Page;
import io.bida.queue.Queue;
import io.bida.queue.QueueAttributes;
import io.bida.queue.QueueAttributesChange;
import io.bida.queue.QueueDescription;
import io.bida.queue.QueueName;
import io.bida.queue.QueueNotExistException;
import io.bida.queue.QueueService;
import io.bida.queue.QueueStatistics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Queues kept in a map; counts the calls, and refuses when told to. */
public final class FakeQueueService extends QueueService {

    private final TreeMap<String, QueueDescription> queues = new TreeMap<>();
    private @Nullable ServiceException refusal;
    private @Nullable ServiceException refusalOfChanges;
    private @Nullable RuntimeException defect;
    private int calls;

    /** A queue that was there before. */
    public void addQueue(AccountId account, String name, QueueStatistics statistics) {
        Queue queue = new Queue(
                queues.size() + 1,
                account,
                new QueueName(name),
                QueueAttributes.DEFAULT,
                1,
                Instant.parse("2026-11-20T08:30:00Z"),
                Instant.parse("2026-11-20T08:30:00Z"));
        queues.put(name, new QueueDescription(queue, statistics));
    }

    /** Whether it has a queue of this name. */
    public boolean hasQueue(String name) {
        return queues.containsKey(name);
    }

    /** How often it was called. */
    public int calls() {
        return calls;
    }

    /** From now on it refuses everything. */
    public void refuseWith(ServiceException why) {
        refusal = why;
    }

    /** From now on it refuses to create and delete. */
    public void refuseChangesWith(ServiceException why) {
        refusalOfChanges = why;
    }

    /** From now on it fails. */
    public void failWith(RuntimeException why) {
        defect = why;
    }

    @Override
    public boolean createQueue(AccountId account, QueueName name, QueueAttributesChange attributes) {
        beCalledToChange();
        if (hasQueue(name.value())) {
            return false;
        }
        attributes.applyTo(QueueAttributes.DEFAULT, ServiceLimits.STRICT);
        addQueue(account, name.value(), QueueStatistics.EMPTY);
        return true;
    }

    @Override
    public void deleteQueue(AccountId account, QueueName name) {
        beCalledToChange();
        queues.remove(name.value());
    }

    @Override
    public CompletionStage<QueueDescription> getQueueAttributes(AccountId account, QueueName name) {
        beCalled();
        @Nullable QueueDescription found = queues.get(name.value());
        return found == null
                ? CompletableFuture.failedFuture(new QueueNotExistException())
                : CompletableFuture.completedFuture(found);
    }

    @Override
    public CompletionStage<Page<QueueDescription>> describeQueues(
            AccountId account, String prefix, Optional<Marker> after, int limit) {
        beCalled();
        List<QueueDescription> rest = queues.values().stream()
                .filter(it -> it.queue().accountId().equals(account))
                .filter(it -> it.queue().name().value().startsWith(prefix))
                .filter(it -> after.isEmpty()
                        || it.queue().name().value().compareTo(after.get().lastName()) > 0)
                .toList();
        if (rest.size() <= limit) {
            return CompletableFuture.completedFuture(new Page<>(rest, Optional.empty()));
        }
        String last = rest.get(limit - 1).queue().name().value();
        return CompletableFuture.completedFuture(new Page<>(rest.subList(0, limit), Optional.of(new Marker(last))));
    }

    private void beCalledToChange() {
        beCalled();
        if (refusalOfChanges != null) {
            throw refusalOfChanges;
        }
    }

    private void beCalled() {
        calls++;
        if (refusal != null) {
            throw refusal;
        }
        if (defect != null) {
            throw defect;
        }
    }
}
