package io.bida.message.delivery;

import static io.bida.message.MessageToSend.aMessage;
import static io.bida.message.delivery.QueueUnderTest.isRefused;
import static io.bida.message.delivery.QueueUnderTest.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.bida.message.MessageNotExistException;
import io.bida.message.ReceivedMessage;
import io.bida.message.store.InMemoryMessageStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The one scheduled wake-up, seen through a queue. */
class DeadlinesTest {

    private final QueueUnderTest queue = new QueueUnderTest(new InMemoryMessageStore(), Runnable::run);

    @Test
    void nothingIsScheduledWithoutADeadline() {
        queue.send(aMessage("m"));

        assertThat(queue.scheduler.waiting()).isZero();
    }

    @Test
    void oneTaskIsScheduledForAnyNumberOfDeadlines() {
        for (int i = 0; i < 100; i++) {
            queue.send(aMessage("m").delayedBy(Duration.ofSeconds(1 + i * 37 % 100)));
        }

        assertThat(queue.scheduler.waiting()).isEqualTo(1);
        queue.letPass(Duration.ofSeconds(50));
        queue.holds(50, 0, 50);
        assertThat(queue.scheduler.waiting()).isEqualTo(1);
        queue.letPass(Duration.ofSeconds(50));
        queue.holds(100, 0, 0);
        assertThat(queue.scheduler.waiting()).isZero();
    }

    @Test
    void earlierDeadlineThatComesLaterIsMet() {
        queue.send(aMessage("late").delayedBy(Duration.ofSeconds(100)));
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(1, Duration.ofSeconds(2));

        queue.letPass(Duration.ofSeconds(2));

        isRefused(waiting, MessageNotExistException.class);
        CompletableFuture<List<ReceivedMessage>> again = queue.receiving(1, Duration.ofSeconds(200));
        queue.letPass(Duration.ofSeconds(98));
        assertThat(result(again)).hasSize(1);
    }

    @Test
    void deadlineThatPassedWhileNobodyLookedIsMetByTheTimer() {
        queue.send(aMessage("late").delayedBy(Duration.ofSeconds(100)));
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(1, Duration.ofSeconds(200));
        queue.clock.moveBy(Duration.ofSeconds(100));
        assertThat(waiting).isNotDone();

        queue.services.deadlines().wakeDue();

        assertThat(result(waiting)).hasSize(1);
    }

    @Test
    void wakeUpThatComesTooEarlyBecauseTheClockWentBackIsRepeated() {
        queue.send(aMessage("late").delayedBy(Duration.ofSeconds(100)));
        CompletableFuture<List<ReceivedMessage>> waiting = queue.receiving(1, Duration.ofMinutes(50));
        queue.clock.stepBy(Duration.ofMinutes(-1));
        queue.services.deadlines().wakeDue();

        queue.letPass(Duration.ofSeconds(159));
        assertThat(waiting).isNotDone();
        queue.letPass(Duration.ofSeconds(1));

        assertThat(result(waiting)).hasSize(1);
    }

    @Test
    void nothingIsScheduledAfterClosing() {
        queue.send(aMessage("late").delayedBy(Duration.ofSeconds(100)));

        queue.services.deadlines().close();
        queue.services.waits().close();
        queue.send(aMessage("later").delayedBy(Duration.ofSeconds(50)));

        assertThat(queue.scheduler.waiting()).isZero();
    }
}
