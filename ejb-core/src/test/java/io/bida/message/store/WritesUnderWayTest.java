package io.bida.message.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.error.ServiceUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class WritesUnderWayTest {

    private static final int MIB = 1 << 20;

    private final WritesUnderWay underWay = new WritesUnderWay(128L * MIB);
    private final CompletableFuture<Void> write = new CompletableFuture<>();

    private CompletableFuture<Void> begin(int length) {
        return underWay.begin(length, () -> write).toCompletableFuture();
    }

    private static void isRefused(CompletableFuture<Void> begun) {
        assertThat(begun)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void aQuarterOfTheMemoryMayBeUnderWayAndNotOneByteMore() {
        assertThat(begin(32 * MIB)).isNotDone();
        isRefused(begin(1));
    }

    @Test
    void whatIsDoneMakesRoom() {
        CompletableFuture<Void> first = begin(32 * MIB);
        write.complete(null);

        assertThat(first).isCompleted();
        assertThat(begin(32 * MIB)).isCompleted();
    }

    @Test
    void whatFailedMakesRoom() {
        CompletableFuture<Void> first = begin(32 * MIB);
        write.completeExceptionally(new IllegalStateException("as if the disk failed"));

        assertThat(first).isCompletedExceptionally();
        assertThat(underWay.begin(32 * MIB, () -> CompletableFuture.completedFuture("kept")))
                .isCompletedWithValue("kept");
    }

    @Test
    void whatCouldNotBeginMakesRoom() {
        assertThatThrownBy(() -> underWay.begin(32 * MIB, () -> {
                    throw new IllegalStateException("as if the cache were stopped");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(begin(32 * MIB)).isNotDone();
    }

    @Test
    void theSmallestAndTheLargestMemoryHaveTheirOwnLimits() {
        WritesUnderWay small = new WritesUnderWay(1);
        WritesUnderWay large = new WritesUnderWay(Long.MAX_VALUE);

        assertThat(small.begin(16 * MIB, () -> write).toCompletableFuture()).isNotDone();
        isRefused(small.begin(1, () -> write).toCompletableFuture());
        assertThat(large.begin(64 * MIB, () -> write).toCompletableFuture()).isNotDone();
        isRefused(large.begin(1, () -> write).toCompletableFuture());
    }
}
