package io.bida.start;

import io.bida.account.AccessKeys;
import io.bida.catalogue.CatalogueDatabase;
import io.bida.queue.PartitionCount;
import io.bida.queue.QueueCatalogue;
import io.bida.topic.TopicCatalogue;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/**
 * Makes the catalogue usable when the node starts; the node does not start if it cannot.
 *
 * <p>Who needs queues, keys or the vault at start declares {@code @DependsOn("CatalogueStart")}.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN) // see CatalogueTransactions
public class CatalogueStart {

    private static final Logger LOG = Logger.getLogger(CatalogueStart.class);

    @Inject
    CatalogueDatabase database;

    @Inject
    PartitionCount partitions;

    @Inject
    FirstStart firstStart;

    @Inject
    AccessKeys accessKeys;

    @Inject
    QueueCatalogue queues;

    @Inject
    TopicCatalogue topics;

    @PostConstruct
    void start() {
        int partitionsOfNewQueues = partitions.ofNewQueue();
        database.migrate();
        firstStart.completeOnce();
        int keysRead = accessKeys.readAgain();
        int topicsRead = topics.readAgain(); // first, so that the queue of each subscription is read too
        int queuesRead = queues.readAgain();
        LOG.infof(
                "The catalogue is ready: %d access keys, %d queues, %d topics and subscriptions; a new queue gets %d partitions",
                keysRead, queuesRead, topicsRead, partitionsOfNewQueues);
    }
}
