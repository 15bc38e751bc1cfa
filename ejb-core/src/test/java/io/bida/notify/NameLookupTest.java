package io.bida.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NameLookupTest {

    private final AtomicInteger questions = new AtomicInteger();

    @Test
    void literalIsNoQuestion() throws Exception {
        try (NameLookup names = lookup(host -> List.of())) {
            assertThat(names.addressesOf("192.0.2.1").getNow(List.of()))
                    .containsExactly(InetAddress.getByName("192.0.2.1"));
            assertThat(names.addressesOf("2001:db8::1").getNow(List.of()))
                    .containsExactly(InetAddress.getByName("2001:db8::1"));
        }
        assertThat(questions).hasValue(0);
    }

    @Test
    void unknownHostFailsAsSuchAndIsAskedForAgain() {
        try (NameLookup names = lookup(host -> {
            throw new UnknownHostException(host);
        })) {
            for (int i = 1; i <= 2; i++) {
                assertThatThrownBy(() -> names.addressesOf("nowhere").get(10, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(UnknownHostException.class);
                assertThat(questions).hasValue(i);
            }
        }
    }

    @Test
    void hostThatIsBeingAskedForIsNotAskedForAgain() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        InetAddress address = InetAddress.getByName("192.0.2.1");
        try (NameLookup names = lookup(host -> {
            await(answers);
            return List.of(address);
        })) {
            CompletableFuture<List<InetAddress>> first = names.addressesOf("slow.example");
            CompletableFuture<List<InetAddress>> second = names.addressesOf("slow.example");
            answers.countDown();

            assertThat(first.get(10, TimeUnit.SECONDS)).containsExactly(address);
            assertThat(second.get(10, TimeUnit.SECONDS)).containsExactly(address);
        }
        assertThat(questions).hasValue(1);
    }

    @Test
    void hostsBeyondTheLimitOfQuestionsAreUnknownAtOnce() {
        CountDownLatch never = new CountDownLatch(1);
        try (NameLookup names = lookup(host -> {
            await(never);
            return List.of();
        })) {
            List<CompletableFuture<List<InetAddress>>> waiting = new java.util.ArrayList<>();
            for (int i = 0; i < 16 + 1024; i++) {
                waiting.add(names.addressesOf("host-" + i));
            }

            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            assertThat(names.addressesOf("one-more")).isCompletedExceptionally();
        } finally {
            never.countDown();
        }
    }

    private NameLookup lookup(NameLookup.NameService service) {
        return new NameLookup(
                host -> {
                    questions.incrementAndGet();
                    return service.addressesOf(host);
                },
                Thread::new);
    }

    private static void await(CountDownLatch latch) throws UnknownHostException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("interrupted");
        }
    }
}
