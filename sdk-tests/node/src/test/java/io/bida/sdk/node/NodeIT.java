package io.bida.sdk.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.sdk.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each Node library passes its tests; what Node says about them is in the failure. */
class NodeIT {

    private static final ServerUnderTest SERVER = ServerUnderTest.fromSystemProperties();

    /** Where the build put the JavaScript and the packages. */
    private static final Path SCRIPTS = Path.of(System.getProperty("bida.it.nodeDirectory"));

    private static final int LONGEST_RUN_SECONDS = 180;

    @ParameterizedTest
    @ValueSource(strings = {"alicloud-mns", "ali-mns"})
    void theLibraryPassesItsTests(String library) throws IOException, InterruptedException {
        Path report = SCRIPTS.resolve(library + ".txt");
        Process node = node("--test", "--test-reporter=spec", "test/" + library + ".test.js")
                .redirectErrorStream(true)
                .redirectOutput(report.toFile())
                .start();

        boolean ended = node.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            node.destroyForcibly().waitFor();
        }

        assertThat(ended).as(Files.readString(report)).isTrue();
        assertThat(node.exitValue()).as(Files.readString(report)).isZero();
    }

    private static ProcessBuilder node(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder("node").directory(SCRIPTS.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment()
                .putAll(Map.of(
                        "BIDA_IT_ENDPOINT", SERVER.endpoint().toString(),
                        "BIDA_IT_ACCOUNT_ID", SERVER.accountId(),
                        "BIDA_IT_ACCESS_KEY_ID", SERVER.accessKeyId(),
                        "BIDA_IT_ACCESS_KEY_SECRET", SERVER.accessKeySecret()));
        return builder;
    }
}
