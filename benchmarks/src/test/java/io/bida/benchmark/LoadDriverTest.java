package io.bida.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LoadDriverTest {

    private final StringWriter printed = new StringWriter();
    private final StringWriter complained = new StringWriter();

    @TempDir
    Path directory;

    private PretendedServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new PretendedServer();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void everyScenarioRunsWithoutErrorAndLeavesNoQueueBehind() throws IOException {
        int exitCode = run(
                "--case",
                "ceiling:2,produce:2,produce:2:16,life:1,life:3:16,mixed:4:10,consume:2:16:160",
                "--warm-up",
                "0",
                "--seconds",
                "0.4",
                "--rounds",
                "2");

        assertThat(exitCode).as(printed + "\n" + complained).isZero();
        assertThat(server.queueCount()).isZero();
        assertThat(server.ceilingPosts).hasPositiveValue();
        JsonNode report = json();
        assertThat(report.get("cases")).hasSize(7).allSatisfy(each -> {
            assertThat(each.get("messagesPerSecond").asDouble()).isPositive();
            assertThat(each.get("messagesPerSecondByRound")).hasSize(2);
            assertThat(each.get("errors")).isEmpty();
            assertThat(each.get("reconnects").asInt()).isZero();
        });
        assertThat(latencies(report, "life:1:1:0")).containsExactlyInAnyOrder("send", "receive", "delete");
        assertThat(latencies(report, "consume:2:16:160")).containsExactlyInAnyOrder("receive", "delete");
        assertThat(report.get("ratios"))
                .extracting(ratio -> ratio.get("name").asText())
                .containsExactly(
                        "send / ceiling (produce:2:1:0 / ceiling:2:1:0)",
                        "batch of 16 / single send (produce:2:16:0 / produce:2:1:0)");
    }

    @Test
    void consumingEndsWhenTheQueueIsEmptyAndTakesAll() {
        run("--case", "consume:2:16:320", "--warm-up", "0", "--seconds", "60", "--rounds", "1");

        assertThat(server.sent).hasValue(320);
        assertThat(server.deleted).hasValue(320);
    }

    @Test
    void refusedRequestsAreCountedByTheirCodeAndChangeTheExitCode() throws IOException {
        server.refuseSends(Integer.MAX_VALUE);

        int exitCode = run("--case", "produce:1", "--warm-up", "0", "--seconds", "0.2", "--rounds", "1");

        assertThat(exitCode).isEqualTo(3);
        assertThat(json().get("cases")
                        .get(0)
                        .get("errors")
                        .get("send: 503 ServiceUnavailable")
                        .asInt())
                .isPositive();
        assertThat(printed.toString()).contains("errors in produce:1:1:0: send: 503 ServiceUnavailable");
    }

    @Test
    void aWrongKeyBreaksOffWithTheServersAnswer() {
        CommandLine command = command();

        int exitCode = command.execute(
                "--endpoint",
                server.endpoint().toString(),
                "--key-id",
                "wrong",
                "--key-secret",
                "wrong",
                "--case",
                "produce:1");

        assertThat(exitCode).isEqualTo(1);
        assertThat(complained.toString()).contains("SignatureDoesNotMatch");
    }

    @Test
    void aCaseThatCannotBeIsRefusedWithTheUsage() {
        assertThat(run("--case", "produce:0")).isEqualTo(2);
        assertThat(run("--case", "produce:1:17")).isEqualTo(2);
        assertThat(run("--case", "produce:1:1:-1")).isEqualTo(2);
        assertThat(run("--case", "sing:1")).isEqualTo(2);
        assertThat(run("--case", "produce")).isEqualTo(2);
        assertThat(complained.toString()).contains("connections are 1 to 10000, not 0");
    }

    @Test
    void theServersProcessIsCountedIfItIsNamed() throws IOException {
        run(
                "--case",
                "life:2",
                "--warm-up",
                "0",
                "--seconds",
                "0.3",
                "--rounds",
                "1",
                "--pid",
                Long.toString(ProcessHandle.current().pid()));

        JsonNode life = json().get("cases").get(0);
        assertThat(life.get("serverCpuSecondsPerThousandMessages").asDouble()).isPositive();
        assertThat(life.get("serverResidentMiB").asDouble()).isPositive();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--endpoint",
                server.endpoint().toString(),
                "--key-id",
                PretendedServer.KEY_ID,
                "--key-secret",
                PretendedServer.SECRET,
                "--run-up",
                "0",
                "--json",
                directory.resolve("report.json").toString()));
        all.addAll(List.of(arguments));
        return command().execute(all.toArray(String[]::new));
    }

    private CommandLine command() {
        return LoadDriver.commandLine(Clock.systemUTC())
                .setOut(new PrintWriter(printed, true))
                .setErr(new PrintWriter(complained, true));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(directory.resolve("report.json").toFile());
    }

    private static List<String> latencies(JsonNode report, String name) {
        for (JsonNode each : report.get("cases")) {
            if (each.get("name").asText().equals(name)) {
                List<String> names = new ArrayList<>();
                each.get("latencyMicros").fieldNames().forEachRemaining(names::add);
                return names;
            }
        }
        return List.of();
    }
}
