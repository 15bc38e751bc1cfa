package io.bida.queue;

import io.bida.account.AccountId;
import io.bida.account.AccountRow;
import io.bida.account.RandomText;
import io.bida.catalogue.CatalogueWithoutContainer;
import io.bida.catalogue.TestDatabase;
import io.bida.cluster.ClusterNews;
import io.bida.limits.ServiceLimits;
import io.bida.time.ClockMovedByHand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * The queue service and its catalogue, put together by hand over a database that others use too, with a new account.
 */
public final class QueueNode {

    /** As strict, but with few queues, so that their end is near. */
    private static final ServiceLimits FEW_QUEUES =
            new ServiceLimits(1024, 65536, 65536, 16, 604800, 60, 604800, 43200, 30, 255, 1000, 20, 1000, 100);

    private final CatalogueWithoutContainer catalogue;
    private final QueueCatalogue queues;
    private final QueueService service = new QueueService();
    private final ClockMovedByHand clock = new ClockMovedByHand();
    private final List<QueueDeletedElsewhere> deletedElsewhere = new ArrayList<>();
    private final List<QueueDeleted> deleted = new CopyOnWriteArrayList<>();
    private final HiddenQueues hiddenQueues = new HiddenQueues();
    private final AccountId account;

    @SuppressWarnings("UnnecessaryAssignment") // no framework is there to inject
    public QueueNode(TestDatabase database) {
        catalogue = CatalogueWithoutContainer.sharedOn(database);
        account = openAccount();
        queues = restarted();
        service.catalogue = catalogue.transactions();
        service.queues = queues;
        service.counters = counted -> CompletableFuture.completedFuture(counted.stream()
                .collect(Collectors.toMap(Queue::id, queue -> new QueueStatistics(queue.id(), 0, 0))));
        service.queueDeleted = catalogue.afterCommit(event -> {
            queues.forget(event);
            deleted.add(event);
        });
        hiddenQueues.queues = queues;
        hiddenQueues.partitions = new PartitionCount();
        hiddenQueues.queueDeleted = service.queueDeleted;
        service.limits = FEW_QUEUES;
        service.partitions = new PartitionCount();
        service.clock = clock;
    }

    public QueueService service() {
        return service;
    }

    public QueueCatalogue queues() {
        return queues;
    }

    public ClockMovedByHand clock() {
        return clock;
    }

    /** Where things of other kinds keep their messages. */
    public HiddenQueues hiddenQueues() {
        return hiddenQueues;
    }

    /** The database beneath. */
    public CatalogueWithoutContainer catalogue() {
        return catalogue;
    }

    /** What other nodes were found to have deleted. */
    List<QueueDeletedElsewhere> deletedElsewhere() {
        return deletedElsewhere;
    }

    public List<QueueDeleted> deleted() {
        return deleted;
    }

    public AccountId account() {
        return account;
    }

    public AccountId openAccount() {
        AccountId opened = RandomText.accountId();
        catalogue.transactions().transact(entities -> {
            entities.persist(new AccountRow(opened, "test", clock.instant()));
            return opened;
        });
        return opened;
    }

    /** What another node, or this one after a restart, reads from the database. */
    @SuppressWarnings("UnnecessaryAssignment") // no framework is there to inject
    public QueueCatalogue restarted() {
        QueueCatalogue read = new QueueCatalogue();
        read.catalogue = catalogue.transactions();
        read.news = new ClusterNews();
        read.deletedElsewhere = catalogue.afterCommit(deletedElsewhere::add);
        read.readAgain();
        return read;
    }
}
