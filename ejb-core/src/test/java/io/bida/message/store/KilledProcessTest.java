package io.bida.message.store;

import static io.bida.message.MessageToSend.aMessage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bida.message.MessageToSend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is acknowledged survives a process that is killed in the middle of its work, several times over. */
class KilledProcessTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void nothingAcknowledgedIsLostAndNoDeleteIsUndone(Durability durability) throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Promises> all = new ArrayList<>();
        for (int kill = 1; kill <= (durability == Durability.DISK ? 3 : 2); kill++) {
            Promises promises = writeUntilKilled(durability, kill, 20 + random.nextInt(3_000));
            assertThat(promises.acknowledgedBundles()).as("seed %d", seed).isPositive();
            all.add(promises);

            try (OpenStore open = new OpenStore(directory, Durability.DISK, 1 << 20)) {
                all.forEach(each -> each.check(open.store()));
            }
        }
        assertThat(all).anyMatch(each -> each.acknowledgedDeletes() > 0);
    }

    @Test
    void checkNoticesALostBundleAndAnUndoneDelete() {
        Promises promises = new Promises(1);
        promises.note("stored 0 1");
        assertThat(promises.lost(new InMemoryMessageStore())).isEqualTo(1);

        InMemoryMessageStore undone = new InMemoryMessageStore();
        BundleKey key = new BundleKey(1, 0, 1);
        MessageToSend[] messages = new MessageToSend[WriterToBeKilled.MESSAGES];
        for (int slot = 0; slot < messages.length; slot++) {
            messages[slot] = aMessage(WriterToBeKilled.body(key, slot));
        }
        MessageStoreContract.await(undone.putBundle(key, BundleTest.bundleOf(messages)));
        promises.check(undone);
        promises.note("deleting 0 1 3");
        promises.note("deleted 0 1 3");
        assertThatThrownBy(() -> promises.check(undone)).isInstanceOf(AssertionError.class);
    }

    private Promises writeUntilKilled(Durability durability, int queueId, int lines) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriterToBeKilled.class.getName(),
                        directory.toString(),
                        durability == Durability.DISK ? "disk" : "memory-copies",
                        Integer.toString(queueId))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = writer.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder whole = new StringBuilder();
            for (int i = 0; i < lines; i++) {
                String line = said.readLine();
                assertThat(line).as("the writer ended by itself").isNotNull();
                whole.append(line).append('\n');
            }
            writer.toHandle().destroyForcibly(); // leaves what was said to be read, other than the process's own method
            assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
            char[] rest = new char[1 << 16];
            for (int read = said.read(rest); read >= 0; read = said.read(rest)) {
                whole.append(rest, 0, read);
            }
            return promisesOf(whole, queueId);
        }
    }

    /** The last line counts only if it is whole. */
    private static Promises promisesOf(StringBuilder said, int queueId) throws IOException {
        Promises promises = new Promises(queueId);
        String whole = said.substring(0, said.lastIndexOf("\n") + 1);
        BufferedReader lines = new BufferedReader(new StringReader(whole));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            promises.note(line);
        }
        return promises;
    }
}
