package io.bida.message.delivery;

import static io.bida.message.MessageToSend.aMessage;
import static io.bida.message.delivery.QueueUnderTest.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.message.SentMessage;
import io.bida.message.delivery.StoreMovedByHand.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SendTurnsTest {

    private final StoreMovedByHand store = new StoreMovedByHand();
    private final QueueUnderTest queue = new QueueUnderTest(store, Runnable::run, 3);

    private List<CompletableFuture<SentMessage>> sendOneByOne(int messages) {
        List<CompletableFuture<SentMessage>> sent = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            sent.add(queue.sending(aMessage("m")));
        }
        return sent;
    }

    private static List<Integer> partitions(List<CompletableFuture<SentMessage>> sent) {
        return sent.stream().map(each -> result(each).id().partition()).toList();
    }

    @Test
    void sendsOfOneMomentShareAWriteThoughThereAreSeveralPartitions() {
        store.hold(Kind.PUT_BUNDLE);

        List<CompletableFuture<SentMessage>> sent = sendOneByOne(32);
        store.letGo();

        assertThat(partitions(sent)).containsOnly(0);
        assertThat(store.count(Kind.PUT_BUNDLE)).isEqualTo(2);
    }

    @Test
    void aPartitionWhoseWriteHangsIsPassedOverWhileThereIsAnother() {
        store.hold(Kind.PUT_BUNDLE);
        List<CompletableFuture<SentMessage>> hanging = sendOneByOne(1);
        queue.clock.moveBy(Duration.ofMillis(201));

        List<CompletableFuture<SentMessage>> meanwhile = sendOneByOne(1);
        store.letGo();

        assertThat(partitions(hanging)).containsExactly(0);
        assertThat(partitions(meanwhile)).containsExactly(1);
    }

    @Test
    void eachPartitionHasItsTurnForAsManyMessagesAsABundleHas() {
        List<Integer> partitions = partitions(sendOneByOne(4 * 64));

        assertThat(partitions.subList(0, 64)).containsOnly(0);
        assertThat(partitions.subList(64, 128)).containsOnly(1);
        assertThat(partitions.subList(128, 192)).containsOnly(2);
        assertThat(partitions.subList(192, 256)).containsOnly(0);
    }
}
