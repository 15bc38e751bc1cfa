package io.bida.sdk.scenario;

import static io.bida.sdk.QueueSetting.VISIBILITY_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.sdk.Operation;
import io.bida.sdk.QueuePage;
import io.bida.sdk.QueueSettings;
import io.bida.sdk.QueueView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules about listing queues. */
public interface QueueListScenarios extends Scenario {

    @Test
    default void aListHoldsTheQueuesWhoseNamesBeginWithThePrefix() throws Exception {
        String prefix = aQueueName("list");
        client().createQueue(prefix + "-a", QueueSettings.none());
        client().createQueue(prefix + "-b", QueueSettings.none());
        aQueue("not-in-the-list");

        QueuePage<String> page = client().listQueueURLs(prefix, Optional.empty(), 10);

        assertThat(page.queues()).hasSize(2);
        assertThat(page.queues().get(0)).startsWith("http://").endsWith("/queues/" + prefix + "-a");
        assertThat(page.queues().get(1)).startsWith("http://").endsWith("/queues/" + prefix + "-b");
        assertThat(page.marker()).isEmpty();
    }

    @Test
    default void theMarkersOfAListLeadThroughAllPages() throws Exception {
        String prefix = aQueueName("pages");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            names.add(prefix + "-" + i);
            client().createQueue(names.get(i), QueueSettings.none());
        }

        List<String> listed = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        Optional<String> marker = Optional.empty();
        do {
            QueuePage<QueueView> page = client().listQueues(prefix, marker, 2);
            sizes.add(page.queues().size());
            page.queues().forEach(queue -> listed.add(queue.name()));
            marker = page.marker();
        } while (marker.isPresent() && sizes.size() < 5);

        assertThat(listed).containsExactlyElementsOf(names);
        assertThat(sizes).containsExactly(2, 2, 1);
    }

    @Test
    default void aListWithAttributesShowsThoseOfEachQueue() throws Exception {
        String prefix = aQueueName("meta");
        client().createQueue(prefix, QueueSettings.none().with(VISIBILITY_TIMEOUT, 77));
        send(prefix, "counted");

        QueueView queue =
                client().listQueues(prefix, Optional.empty(), 10).queues().get(0);

        assertThat(queue.name()).isEqualTo(prefix);
        assertThat(queue.settings()).isEqualTo(QueueSettings.defaults().with(VISIBILITY_TIMEOUT, 77));
        assertThat(queue.activeMessages()).isEqualTo(1);
    }

    @Test
    default void aListOfNothingIsEmpty() throws Exception {
        QueuePage<QueueView> page = client().listQueues(aQueueName("nothing"), Optional.empty(), 10);

        assertThat(page.queues()).isEmpty();
        assertThat(page.marker()).isEmpty();
    }

    @Test
    default void aPageOfMoreThanAThousandIsRefused() {
        assertRefused(Operation.OTHER, "InvalidArgument", () -> client().listQueues("", Optional.empty(), 1001));
    }
}
