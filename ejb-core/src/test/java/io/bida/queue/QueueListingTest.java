package io.bida.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.catalogue.TestDatabase;
import io.bida.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueListingTest {

    private final QueueNode node = new QueueNode(TestDatabase.H2);

    @BeforeEach
    void createQueues() {
        for (String name : List.of("b-2", "a", "B", "b-1", "b", "c")) {
            node.service().createQueue(node.account(), new QueueName(name), QueueAttributesChange.NONE);
        }
    }

    @Test
    void queuesAreListedByName() {
        assertThat(names(list("", 1000))).containsExactly("B", "a", "b", "b-1", "b-2", "c");
    }

    @Test
    void onlyNamesWithThePrefixAreListed() {
        assertThat(names(list("b", 1000))).containsExactly("b", "b-1", "b-2");
        assertThat(names(list("b-", 1000))).containsExactly("b-1", "b-2");
        assertThat(names(list("d", 1000))).isEmpty();
    }

    @Test
    void markerLeadsFromPageToPageUntilAllWereListedOnce() {
        List<String> all = new ArrayList<>();
        Optional<Marker> marker = Optional.empty();
        do {
            Page<Queue> page = node.service().listQueues(node.account(), "", marker, 2);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(2);
            all.addAll(names(page));
            marker = page.next();
        } while (marker.isPresent());

        assertThat(all).containsExactly("B", "a", "b", "b-1", "b-2", "c");
    }

    @Test
    void fullLastPageHasNoMarker() {
        assertThat(list("", 6).next()).isEmpty();
        assertThat(list("", 5).next()).contains(new Marker("b-2"));
        assertThat(list("b", 3).next()).isEmpty();
    }

    @Test
    void markerOfADeletedQueueStillLeadsOn() {
        node.service().deleteQueue(node.account(), new QueueName("b"));

        Page<Queue> page = node.service().listQueues(node.account(), "", Optional.of(new Marker("b")), 2);

        assertThat(names(page)).containsExactly("b-1", "b-2");
    }

    @Test
    void markerBeforeOrAfterThePrefixIsHarmless() {
        assertThat(names(node.service().listQueues(node.account(), "b", Optional.of(new Marker("a")), 2)))
                .containsExactly("b", "b-1");
        assertThat(names(node.service().listQueues(node.account(), "b", Optional.of(new Marker("zzz")), 2)))
                .isEmpty();
    }

    @Test
    void pageHasOneToThousandEntries() {
        assertThat(list("", 1).entries()).hasSize(1);
        assertThat(list("", 1000).entries()).hasSize(6);

        for (int wrong : new int[] {0, 1001, -1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> list("", wrong)).isInstanceOf(InvalidArgumentException.class);
        }
    }

    @Test
    void describedPageHasTheCountsOfEachQueue() {
        Page<QueueDescription> page = node.service()
                .describeQueues(node.account(), "b", Optional.empty(), 2)
                .toCompletableFuture()
                .join();

        assertThat(page.entries())
                .allSatisfy(described -> assertThat(described.statistics().active())
                        .isEqualTo(described.queue().id()));
        assertThat(page.next()).contains(new Marker("b-1"));
    }

    @Test
    void missingQueueIsNotDescribed() {
        assertThatThrownBy(() -> node.service().getQueueAttributes(node.account(), new QueueName("missing")))
                .isInstanceOf(QueueNotExistException.class);
    }

    private Page<Queue> list(String prefix, int limit) {
        return node.service().listQueues(node.account(), prefix, Optional.empty(), limit);
    }

    private static List<String> names(Page<Queue> page) {
        return page.entries().stream().map(queue -> queue.name().value()).toList();
    }
}
