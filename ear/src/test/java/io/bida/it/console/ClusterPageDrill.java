package io.bida.it.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.bida.it.ServerUnderTest;
import io.bida.it.cluster.Command;
import io.bida.it.rest.Answer;
import io.bida.it.rest.Credentials;
import io.bida.it.rest.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The console's page about the cluster and the management API on three real nodes, while one is killed and comes back.
 * Takes minutes and 2 GB of memory, so its name keeps it out of the ordinary run; {@code docs/images/README.md} has the
 * command, which also makes the pictures.
 */
@Tag("long")
@Isolated("uses the machine")
class ClusterPageDrill {

    private static final Duration START = Duration.ofMinutes(6);
    private static final Duration MOMENT = Duration.ofMinutes(2);

    /** The first of the three HTTP ports. */
    private static final int PORT = 18580;

    /** How long the page may take to show what has happened. */
    private static final LocatorAssertions.HasTextOptions SOON =
            new LocatorAssertions.HasTextOptions().setTimeout(60_000);

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory;

    @Test
    @Timeout(1_200)
    void pageFollowsTheDeathOfANodeAndItsReturn() throws IOException, InterruptedException {
        watch();
        try {
            assertThat(cluster(START, "start", "--http-port", Integer.toString(PORT))
                            .exitCode())
                    .isZero();
            try (Visitor english = signedIn(Language.ENGLISH);
                    Visitor chinese = signedIn(Language.CHINESE)) {
                assertThat(answerOn(english.page())).hasText("Yes, any one.", SOON);
                look(english, "cluster");
                look(chinese, "cluster");
                assertThat(management())
                        .contains("\"canLoseANode\":true")
                        .containsPattern(
                                "\"name\":\"n1\",\"state\":\"SERVING\".*\"name\":\"n3\",\"state\":\"SERVING\"");

                assertThat(cluster(MOMENT, "kill", "3").exitCode()).isZero();
                assertThat(row(english.page(), "n3")).containsText("not answering", contains());
                assertThat(english.page().locator(".verdict")).containsText("could not be the 2 copies", contains());
                assertThat(row(chinese.page(), "n3")).containsText("无响应", contains());
                look(english, "cluster-node-killed");
                look(chinese, "cluster-node-killed");
                assertThat(management())
                        .contains("\"canLoseANode\":false,\"reasonCode\":\"TOO_FEW_NODES\"")
                        .containsPattern("\"name\":\"n3\",\"state\":\"NOT_ANSWERING\"");

                assertThat(cluster(START, "start", "3").exitCode()).isZero();
                assertThat(answerOn(english.page())).hasText("Yes, any one.", SOON);
                english.assertNothingWentWrong();
                chinese.assertNothingWentWrong();
            }
        } finally {
            cluster(MOMENT, "stop");
        }
    }

    private static Visitor signedIn(Language language) {
        Visitor visitor = CHROMIUM.visit(language, endpoint(1));
        visitor.open("/cluster");
        visitor.signIn(ServerUnderTest.adminPassword());
        assertThat(visitor.page()).hasURL(Pattern.compile(".*/console/cluster"));
        return visitor;
    }

    private static void look(Visitor visitor, String what) {
        visitor.inEveryLook(look -> {
            visitor.judge(what, look);
            visitor.takePicture(what, look);
        });
    }

    private static Locator answerOn(Page page) {
        return page.locator(".verdict-answer strong");
    }

    private static Locator row(Page page, String node) {
        return page.locator("[data-part='node " + node + "']");
    }

    private static LocatorAssertions.ContainsTextOptions contains() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
    }

    /** What the second node says of all. */
    private static String management() {
        TestServer node = TestServer.at(endpoint(2), new Credentials("", "", ""));
        Answer answer = node.exchange(node.get("/api/v1/cluster")
                .header("Authorization", Credentials.basic("admin", ServerUnderTest.adminPassword())));
        return answer.assertStatus(200).raw().text();
    }

    private static URI endpoint(int node) {
        return URI.create("http://127.0.0.1:" + (PORT + node - 1));
    }

    private Command cluster(Duration bound, String... arguments) {
        String[] line = new String[arguments.length + 3];
        line[0] = "cluster";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        line[arguments.length + 1] = "--data";
        line[arguments.length + 2] = directory.resolve("data").toString();
        return Command.bida(directory, bound, line);
    }

    /** Should this process be killed, somebody still stops the nodes. */
    private void watch() throws IOException, InterruptedException {
        for (String node : List.of("n1", "n2", "n3")) {
            Process watcher = new ProcessBuilder(
                            ServerUnderTest.serverScript().toString(),
                            "watch",
                            Long.toString(ProcessHandle.current().pid()),
                            Files.createDirectories(directory.resolve("data").resolve(node))
                                    .toString())
                    .directory(directory.toFile())
                    .start();
            assertThat(watcher.waitFor()).isZero();
        }
    }
}
