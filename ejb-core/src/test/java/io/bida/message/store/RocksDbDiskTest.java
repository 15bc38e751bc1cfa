package io.bida.message.store;

import static io.bida.message.store.MessageStoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.error.ServiceUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksDbDiskTest {

    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final List<Exception> failures = new CopyOnWriteArrayList<>();
    private RocksDbDisk disk;

    @BeforeEach
    void open() {
        disk = open(Durability.DISK, threads);
    }

    @AfterEach
    void close() {
        disk.close();
        threads.shutdownNow();
    }

    private RocksDbDisk open(Durability durability, Executor completions) {
        return new RocksDbDisk(directory.resolve("db"), durability, completions, failures::add);
    }

    private void reopen() {
        disk.close();
        disk = open(Durability.DISK, threads);
    }

    private void reopenWithStoppedWriter(CountDownLatch goOn) {
        disk.close();
        disk = open(Durability.DISK, stoppingAtFirst(goOn));
        stopWriter();
    }

    /** Makes the writer wait in the middle of its first batch, when it hands over the completions. */
    private Executor stoppingAtFirst(CountDownLatch goOn) {
        CountDownLatch first = new CountDownLatch(1);
        return completion -> {
            threads.execute(completion);
            if (first.getCount() > 0) {
                first.countDown();
                try {
                    goOn.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private void stopWriter() {
        await(disk.put(bytes("stop"), bytes("here")));
    }

    @Test
    void whatWasAskedForWhileTheWriterWasBusyIsFlushedTogether() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        reopenWithStoppedWriter(goOn);
        List<CompletionStage<Void>> writes = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> askers = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            String name = "thread " + thread + " key ";
            askers.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 250; i++) {
                            writes.add(disk.put(bytes(name + i), bytes("value")));
                        }
                    },
                    threads));
        }
        CompletableFuture.allOf(askers.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        assertThat(writes).noneMatch(write -> write.toCompletableFuture().isDone());

        goOn.countDown();
        writes.forEach(MessageStoreContract::await);

        assertThat(disk.writes()).isEqualTo(1_001);
        assertThat(disk.flushes()).isEqualTo(2);
    }

    @Test
    void manyThreadsShareFlushes() throws Exception {
        ExecutorService writerThreads = Executors.newFixedThreadPool(8);
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            String name = "thread " + thread + " key ";
            writers.add(CompletableFuture.runAsync(
                    () -> Stream.iterate(0, i -> i < 100, i -> i + 1)
                            .map(i -> disk.put(bytes(name + i), bytes("value")))
                            .toList()
                            .forEach(MessageStoreContract::await),
                    writerThreads));
        }
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        writerThreads.shutdown();

        assertThat(disk.writes()).isEqualTo(800);
        assertThat(disk.flushes()).isLessThan(400);
    }

    @Test
    void effectsOnOneKeyKeepTheOrderInWhichTheyWereAskedFor() {
        CountDownLatch goOn = new CountDownLatch(1);
        reopenWithStoppedWriter(goOn);

        disk.putUnawaited(bytes("a"), bytes("1"));
        disk.deleteUnawaited(bytes("a"));
        CompletionStage<Void> last = disk.put(bytes("a"), bytes("2"));
        disk.put(bytes("b"), bytes("1"));
        disk.deleteUnawaited(bytes("b"));
        disk.put(bytes("c"), bytes("1"));
        disk.deleteRange(bytes("c"), bytes("d"));
        disk.putUnawaited(bytes("c"), bytes("2"));
        goOn.countDown();
        await(last);

        reopen();
        assertThat(text(disk.get(bytes("a")))).isEqualTo("2");
        assertThat(disk.get(bytes("b"))).isNull();
        assertThat(text(disk.get(bytes("c")))).isEqualTo("2");
    }

    @Test
    void whatNobodyWaitsForIsReadBeforeItIsWritten() {
        CountDownLatch goOn = new CountDownLatch(1);
        await(disk.put(bytes("old"), bytes("1")));
        reopenWithStoppedWriter(goOn);

        disk.putUnawaited(bytes("new"), bytes("1"));
        disk.putUnawaited(bytes("new"), bytes("2"));
        disk.deleteUnawaited(bytes("old"));

        assertThat(text(disk.get(bytes("new")))).isEqualTo("2");
        assertThat(disk.get(bytes("old"))).isNull();
        goOn.countDown();
    }

    @Test
    void closingWritesWhatNobodyWaitedFor() {
        for (int i = 0; i < 1_000; i++) {
            disk.putUnawaited(bytes("key " + i), bytes("value"));
        }

        reopen();

        for (int i = 0; i < 1_000; i++) {
            assertThat(disk.get(bytes("key " + i))).isNotNull();
        }
    }

    @Test
    void diskThatIsBehindRefusesNothingAndIsWaitedForByThoseToo_whoNeedNoFlush() {
        CountDownLatch goOn = new CountDownLatch(1);
        reopenWithStoppedWriter(goOn);
        byte[] megabyte = new byte[1 << 20];
        assertThat(disk.putUnawaited(bytes("early"), bytes("1"))).isCompleted();
        List<CompletionStage<Void>> accepted = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            accepted.add(disk.put(bytes("key " + i), megabyte));
        }

        CompletionStage<Void> put = disk.putUnawaited(bytes("late"), bytes("1"));
        CompletionStage<Void> delete = disk.deleteUnawaited(bytes("key 0"));

        assertThat(accepted).noneMatch(write -> write.toCompletableFuture().isDone());
        assertThat(put).isNotDone();
        assertThat(delete).isNotDone();
        assertThat(text(disk.get(bytes("late")))).as("which is read meanwhile").isEqualTo("1");
        goOn.countDown();
        accepted.forEach(MessageStoreContract::await);
        await(put);
        await(delete);
        assertThat(disk.get(bytes("key 0"))).isNull();
        assertThat(disk.putUnawaited(bytes("after"), bytes("1"))).isCompleted();
        assertThat(failures).isEmpty();
    }

    @Test
    void muchThatWaitsIsWrittenInSeveralBatches() {
        CountDownLatch goOn = new CountDownLatch(1);
        reopenWithStoppedWriter(goOn);
        List<CompletionStage<Void>> accepted = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            accepted.add(disk.put(bytes("key " + i), new byte[1 << 20]));
        }

        goOn.countDown();
        accepted.forEach(MessageStoreContract::await);

        assertThat(disk.flushes()).isEqualTo(1 + 3);
    }

    @Test
    void diskThatHangsStopsTheNodeAndFailsEverythingThatWaits() throws InterruptedException {
        disk.close();
        DiskGate gate = new DiskGate(threads);
        disk = new RocksDbDisk(directory.resolve("db"), Durability.DISK, gate, failures::add, 10);
        await(disk.put(bytes("a"), bytes("1")));
        gate.close(disk);

        CompletionStage<Void> waiting = disk.put(bytes("b"), bytes("1"));

        assertThatThrownBy(() -> await(waiting)).hasRootCauseInstanceOf(ServiceUnavailableException.class);
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("did not end a write within 200 ms"));
        gate.open();
        reopen();
        assertThat(text(disk.get(bytes("a")))).isEqualTo("1");
        assertThat(disk.get(bytes("b"))).as("which was said to have failed").isNull();
    }

    @Test
    void failedWriteStopsTheNodeOnceAndFailsEverythingThatWaits() {
        CountDownLatch goOn = new CountDownLatch(1);
        reopenWithStoppedWriter(goOn);
        CompletionStage<Void> before = disk.put(bytes("a"), bytes("1"));
        CompletionStage<Void> failing = failingWrite();
        CompletionStage<Void> after = disk.put(bytes("b"), bytes("1"));
        goOn.countDown();

        for (CompletionStage<Void> each : List.of(before, failing, after)) {
            assertThatThrownBy(() -> await(each)).hasRootCauseInstanceOf(ServiceUnavailableException.class);
        }

        assertThat(failures).hasSize(1);
        assertThatThrownBy(() -> await(disk.put(bytes("c"), bytes("1"))))
                .hasRootCauseInstanceOf(ServiceUnavailableException.class);
        assertThatThrownBy(() -> await(disk.putUnawaited(bytes("c"), bytes("1"))))
                .hasRootCauseInstanceOf(ServiceUnavailableException.class);
        assertThat(failures).hasSize(1);
    }

    @Test
    void whatWasAcknowledgedBeforeAFailedWriteIsFoundAgain() {
        await(disk.put(bytes("a"), bytes("1")));
        assertThatThrownBy(() -> await(failingWrite())).hasRootCauseInstanceOf(ServiceUnavailableException.class);

        reopen();

        assertThat(text(disk.get(bytes("a")))).isEqualTo("1");
    }

    @Test
    void writerThatCannotGoOnForAnyOtherReasonStopsTheNodeToo() {
        disk.close();
        disk = open(Durability.DISK, completion -> {
            throw new RejectedExecutionException("no thread");
        });

        CompletionStage<Void> first = disk.put(bytes("a"), bytes("1"));

        assertThatThrownBy(() -> await(first)).hasRootCauseInstanceOf(ServiceUnavailableException.class);
        assertThat(failures).hasSize(1);
        assertThatThrownBy(() -> await(disk.put(bytes("b"), bytes("1"))))
                .hasRootCauseInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void errorOfTheWriterStopsTheNodeToo() {
        disk.close();
        disk = open(Durability.DISK, completion -> {
            if (failures.isEmpty()) {
                throw new OutOfMemoryError("as if");
            }
            threads.execute(completion);
        });

        CompletionStage<Void> first = disk.put(bytes("a"), bytes("1"));

        assertThatThrownBy(() -> await(first)).hasRootCauseInstanceOf(ServiceUnavailableException.class);
        assertThat(failures).hasSize(1);
    }

    @Test
    void closedDiskRefusesInsteadOfReadingFreedMemory() {
        await(disk.put(bytes("a"), bytes("1")));
        disk.close();

        assertThatThrownBy(() -> disk.get(bytes("a"))).isInstanceOf(ServiceUnavailableException.class);
        assertThatThrownBy(() -> disk.cursor(bytes("a"))).isInstanceOf(ServiceUnavailableException.class);
        assertThatThrownBy(() -> disk.lastKey(bytes("a"))).isInstanceOf(ServiceUnavailableException.class);
        assertThatThrownBy(() -> await(disk.put(bytes("b"), bytes("1"))))
                .hasRootCauseInstanceOf(ServiceUnavailableException.class);
        disk.close();
    }

    @Test
    void closingEndsReadersThatAreUnderWay() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            disk.putUnawaited(bytes("key " + i), new byte[100]);
        }
        await(disk.put(bytes("key"), bytes("last")));
        CountDownLatch reading = new CountDownLatch(4);
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(CompletableFuture.runAsync(() -> scanForEver(reading), threads));
            readers.add(CompletableFuture.runAsync(() -> getForEver(reading), threads));
        }
        assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();

        disk.close();

        for (CompletableFuture<Void> reader : readers) {
            assertThatThrownBy(() -> reader.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ServiceUnavailableException.class);
        }
    }

    private void scanForEver(CountDownLatch reading) {
        while (true) {
            try (RocksDbDisk.Cursor cursor = disk.cursor(bytes("key"));
                    RocksDbDisk.Cursor beside = disk.cursor(bytes("key 1"))) {
                assertThat(beside.isValid()).isTrue();
                for (; cursor.isValid(); cursor.next()) {
                    assertThat(cursor.value()).isNotEmpty();
                    reading.countDown();
                }
            }
        }
    }

    private void getForEver(CountDownLatch reading) {
        for (int i = 0; ; i = (i + 1) % 20_000) {
            assertThat(disk.get(bytes("key " + i))).isNotNull();
            reading.countDown();
        }
    }

    @Test
    void cursorWalksTheKeysWithItsPrefixInOrder() {
        for (String key : List.of("b", "a", "b2", "b10", "c", "aa", "b1")) {
            await(disk.put(bytes(key), bytes("value of " + key)));
        }
        List<String> found = new ArrayList<>();

        try (RocksDbDisk.Cursor cursor = disk.cursor(bytes("b"))) {
            for (; cursor.isValid(); cursor.next()) {
                assertThat(text(cursor.value())).isEqualTo("value of " + text(cursor.key()));
                found.add(text(cursor.key()));
            }
        }

        assertThat(found).containsExactly("b", "b1", "b10", "b2");
        assertThat(text(disk.lastKey(bytes("b")))).isEqualTo("b2");
        assertThat(text(disk.lastKey(bytes("b1")))).isEqualTo("b10");
        assertThat(disk.lastKey(bytes("x"))).isNull();
        assertThat(disk.lastKey(bytes("bb"))).isNull();
    }

    @Test
    void prefixEndsBeforeTheNextPrefix() {
        assertThat(RocksDbDisk.prefixEnd(new byte[] {1, 2})).containsExactly(1, 3);
        assertThat(RocksDbDisk.prefixEnd(new byte[] {1, (byte) 0xFF})).containsExactly(2);
        assertThat(RocksDbDisk.prefixEnd(new byte[] {1, 127, (byte) 0xFF, (byte) 0xFF}))
                .containsExactly(1, (byte) 128);
    }

    @Test
    void keysThatEndInTheHighestByteAreWithinTheirPrefix() {
        byte[] key = {1, (byte) 0xFF, (byte) 0xFF};
        await(disk.put(key, bytes("1")));
        await(disk.put(new byte[] {2}, bytes("2")));

        assertThat(disk.lastKey(new byte[] {1, (byte) 0xFF})).isEqualTo(key);
        await(disk.deleteRange(new byte[] {1, (byte) 0xFF}, RocksDbDisk.prefixEnd(new byte[] {1, (byte) 0xFF})));

        assertThat(disk.get(key)).isNull();
        assertThat(disk.get(new byte[] {2})).isNotNull();
    }

    @Test
    void directoryThatAnotherProcessUsesIsRefused() {
        assertThatThrownBy(() -> open(Durability.DISK, threads))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot open the message store");
    }

    @Test
    void pathThatIsNoDirectoryIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> new RocksDbDisk(file, Durability.DISK, threads, failures::add))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void tornEndOfTheLogCostsOnlyTheWriteThatWasTorn() throws IOException {
        for (int i = 0; i < 100; i++) {
            await(disk.put(bytes("key " + i), new byte[100]));
        }
        disk.close();
        Path log = log();
        byte[] whole = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(whole, whole.length - 50));

        disk = open(Durability.DISK, threads);

        for (int i = 0; i < 99; i++) {
            assertThat(disk.get(bytes("key " + i))).as("key %d", i).isNotNull();
        }
        assertThat(disk.get(bytes("key 99"))).isNull();
    }

    @Test
    void damagedLogIsRefusedInsteadOfLosingWhatFollowsTheDamage() throws IOException {
        for (int i = 0; i < 100; i++) {
            await(disk.put(bytes("key " + i), new byte[100]));
        }
        disk.close();
        Path log = log();
        byte[] whole = Files.readAllBytes(log);
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(log, damaged);

        assertThatThrownBy(() -> open(Durability.DISK, threads))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot open the message store");

        Files.write(log, whole);
        disk = open(Durability.DISK, threads);
        for (int i = 0; i < 100; i++) {
            assertThat(disk.get(bytes("key " + i))).as("key %d", i).isNotNull();
        }
    }

    private Path log() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("db"))) {
            List<Path> logs =
                    files.filter(file -> file.toString().endsWith(".log")).toList();
            assertThat(logs).hasSize(1);
            return logs.get(0);
        }
    }

    /** RocksDB refuses a range that ends before it begins, but only while it writes. */
    private CompletionStage<Void> failingWrite() {
        return disk.deleteRange(bytes("z"), bytes("a"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
