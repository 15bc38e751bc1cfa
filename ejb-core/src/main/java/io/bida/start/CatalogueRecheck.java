package io.bida.start;

import io.bida.account.AccessKeys;
import io.bida.error.ServiceUnavailableException;
import io.bida.queue.QueueCatalogue;
import io.bida.topic.TopicCatalogue;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/**
 * Compares what this node knows with the database every 30 seconds (our choice): what other nodes changed comes in, and
 * what a failure between a commit and the memory left behind is repaired.
 */
@Singleton
@Startup
@DependsOn("CatalogueStart")
@TransactionManagement(TransactionManagementType.BEAN) // see CatalogueTransactions
public class CatalogueRecheck {

    private static final Logger LOG = Logger.getLogger(CatalogueRecheck.class);

    @Inject
    AccessKeys accessKeys;

    @Inject
    QueueCatalogue queues;

    @Inject
    TopicCatalogue topics;

    private boolean databaseAnswered = true;

    @Schedule(hour = "*", minute = "*", second = "*/30", persistent = false, info = "catalogue re-check")
    void recheck() {
        try {
            int keys = accessKeys.readAgain();
            int changedTopics = topics.readAgain(); // first, so that the queue of each subscription is read too
            int changedQueues = queues.readAgain();
            if (keys + changedQueues + changedTopics > 0) {
                LOG.infof(
                        "Took %d access keys, %d queues, %d topics and subscriptions from the database",
                        keys, changedQueues, changedTopics);
            }
            if (!databaseAnswered) {
                LOG.info("The catalogue's database answers again");
            }
            databaseAnswered = true;
        } catch (ServiceUnavailableException e) {
            // Nothing is lost: memory goes on as it is, and the next round tries again.
            if (databaseAnswered) {
                LOG.warn("The catalogue's database does not answer; messages go on, management does not");
            }
            databaseAnswered = false;
        }
    }
}
