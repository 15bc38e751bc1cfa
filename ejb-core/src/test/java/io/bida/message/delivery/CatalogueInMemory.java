package io.bida.message.delivery;

import io.bida.account.AccountId;
import io.bida.error.ServiceUnavailableException;
import io.bida.queue.Queue;
import io.bida.queue.QueueCatalogue;
import io.bida.queue.QueueName;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The queues of a test, in memory. */
final class CatalogueInMemory extends QueueCatalogue {

    private final Map<QueueName, Queue> known = new ConcurrentHashMap<>();
    boolean answers = true;

    void add(Queue queue) {
        known.put(queue.name(), queue);
    }

    void remove(Queue queue) {
        known.remove(queue.name());
    }

    @Override
    public Optional<Queue> findQueue(AccountId account, QueueName name) {
        return Optional.ofNullable(known.get(name));
    }

    @Override
    public Optional<Queue> findQueue(long id) {
        return known.values().stream().filter(queue -> queue.id() == id).findAny();
    }

    @Override
    public Set<Long> deletedOf(Collection<Long> ids) {
        if (!answers) {
            throw new ServiceUnavailableException("as if the database were down");
        }
        return ids.stream()
                .filter(id -> known.values().stream().noneMatch(queue -> queue.id() == id))
                .collect(Collectors.toSet());
    }

    @Override
    public Collection<Queue> allQueues() {
        return known.values();
    }
}
