package io.bida.message.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void idleMailboxRunsTheLetterOnTheThreadOfWhoeverPostsIt() {
        Mailbox mailbox = new Mailbox(() -> seen.add("settle"), threads);

        mailbox.post(() -> seen.add(Thread.currentThread().getName()));

        assertThat(seen).containsExactly(Thread.currentThread().getName(), "settle");
    }

    @Test
    void lettersPostedFromWithinComeAfterTheOneThatIsRunning() {
        Mailbox mailbox = new Mailbox(() -> seen.add("settle"), threads);

        mailbox.post(() -> {
            mailbox.post(() -> seen.add("second"));
            seen.add("first");
        });

        assertThat(seen).containsExactly("first", "second", "settle");
    }

    @Test
    void lettersThatCameTogetherAreSettledOnce() throws Exception {
        AtomicInteger settled = new AtomicInteger();
        Mailbox mailbox = new Mailbox(settled::incrementAndGet, threads);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(
                () -> mailbox.post(() -> {
                    inside.countDown();
                    waitFor(goOn);
                }),
                threads);
        waitFor(inside);
        for (int i = 0; i < 50; i++) {
            mailbox.post(() -> {});
        }

        goOn.countDown();
        first.get(10, TimeUnit.SECONDS);

        assertThat(settled).hasValue(1);
    }

    @Test
    void answersAreGivenAfterSettlingWhenTheMailboxIsFreeAgain() throws Exception {
        Mailbox mailbox = new Mailbox(() -> seen.add("settle"), threads);

        mailbox.post(() -> {
            mailbox.answer(() -> {
                CompletableFuture<Void> other =
                        CompletableFuture.runAsync(() -> mailbox.post(() -> seen.add("another")), threads);
                await().atMost(Duration.ofSeconds(10)).until(other::isDone);
                seen.add("answer");
            });
            seen.add("letter");
        });

        assertThat(seen).containsExactly("letter", "settle", "another", "settle", "answer");
    }

    @Test
    void failingLetterAnswerOrSettlingDoesNotStopTheOthers() {
        AtomicBoolean failing = new AtomicBoolean(true);
        Mailbox mailbox = new Mailbox(
                () -> {
                    if (failing.getAndSet(false)) {
                        throw new IllegalStateException("as if a rule failed");
                    }
                },
                Runnable::run);

        mailbox.post(() -> {
            mailbox.answer(() -> {
                throw new IllegalStateException("as if a client failed");
            });
            mailbox.answer(() -> seen.add("other answer"));
            throw new IllegalStateException("as if a step failed");
        });
        mailbox.post(() -> seen.add("next letter"));

        assertThat(seen).containsExactly("other answer", "next letter");
    }

    @Test
    void oneCallerDoesNotWorkForAllOthersForEver() throws Exception {
        Mailbox mailbox = new Mailbox(() -> {}, threads);
        AtomicBoolean stop = new AtomicBoolean();
        Runnable endless = new Runnable() {
            @Override
            public void run() {
                if (!stop.get()) {
                    mailbox.post(this);
                }
            }
        };

        CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> mailbox.post(endless), threads);

        caller.get(10, TimeUnit.SECONDS);
        stop.set(true);
    }

    @RepeatedTest(5)
    void everyLetterRunsOnceAloneAndInTheOrderOfItsSenderAndIsSettledAndAnswered() {
        int senders = 32;
        int perSender = 5_000;
        int[] last = new int[senders];
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger notAlone = new AtomicInteger();
        AtomicInteger outOfOrder = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger unsettled = new AtomicInteger();
        Mailbox mailbox = new Mailbox(() -> unsettled.set(0), threads);
        ExecutorService sending = Executors.newFixedThreadPool(senders);
        for (int sender = 0; sender < senders; sender++) {
            int own = sender;
            sending.execute(() -> {
                for (int i = 1; i <= perSender; i++) {
                    int number = i;
                    mailbox.post(() -> {
                        notAlone.addAndGet(inside.incrementAndGet() - 1);
                        outOfOrder.addAndGet(last[own] == number - 1 ? 0 : 1);
                        last[own] = number;
                        unsettled.incrementAndGet();
                        mailbox.answer(answered::incrementAndGet);
                        inside.decrementAndGet();
                    });
                }
            });
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> answered.get() == senders * perSender || notAlone.get() > 0);

        sending.shutdown();
        assertThat(notAlone).hasValue(0);
        assertThat(outOfOrder).hasValue(0);
        assertThat(Arrays.stream(last)).containsOnly(perSender);
        assertThat(unsettled).hasValue(0);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
