package io.bida.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ProfileReportTest {

    @Test
    void sharesAreOrderedByWeightAndAddUp() {
        Shares shares = new Shares();
        shares.add("a", 1);
        shares.add("b", 2);
        shares.add("c", 4);
        shares.add("a", 3);

        assertThat(shares.total()).isEqualTo(10);
        assertThat(shares.largest(2)).containsExactly(new Shares.Share("a", 4, 40.0), new Shares.Share("c", 4, 40.0));
    }

    @Test
    void aStackTellsItsTopItsLibraryAndOurPart() {
        Stack stack = new Stack(List.of(
                "java.util.HashMap.get",
                "org.infinispan.cache.impl.CacheImpl.get",
                "io.bida.message.MessageService.sendMessage",
                "io.bida.api.message.MessagesResource.send",
                "java.lang.Thread.run"));

        assertThat(stack.top()).isEqualTo("java.util.HashMap.get");
        assertThat(stack.library()).isEqualTo("java.util");
        assertThat(stack.ours()).isEqualTo("io.bida.message.MessageService.sendMessage");
        assertThat(stack.wayInto("io.bida.message", 2))
                .startsWith("io.bida.message.MessageService.sendMessage\n")
                .endsWith(" io.bida.api.message.MessagesResource.send");
        assertThat(stack.wayInto("javax.naming", 2)).isEqualTo("(not on the stack)");
        assertThat(new Stack(List.of()).ours()).isEqualTo("(nothing of ours on the stack)");
        assertThat(new Stack(List.of("org.infinispan.cache.impl.CacheImpl.get")).library())
                .isEqualTo("org.infinispan.cache");
    }

    @Test
    void aRealRecordingIsRead(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("test.jfr");
        List<byte[]> kept = new ArrayList<>();
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ObjectAllocationSample").with("throttle", "100000/s");
            recording.start();
            for (int i = 0; i < 500; i++) {
                kept.add(new byte[100_000]);
            }
            recording.stop();
            recording.dump(file);
        }
        assertThat(kept).hasSize(500);
        StringWriter printed = new StringWriter();

        int exitCode = new CommandLine(new ProfileReport())
                .setOut(new PrintWriter(printed, true))
                .execute(file.toString());

        assertThat(exitCode).isZero();
        assertThat(printed.toString())
                .contains("[B")
                .contains("io.bida.benchmark.profile.ProfileReportTest.aRealRecordingIsRead");
    }
}
