package io.bida.cluster.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.TCP;
import org.jgroups.util.Util;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That nodes with the same secret talk as on plain TCP, and others not at all. */
class SealedChannelTest {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private Path secret = Path.of("");
    private Nodes nodes;

    @BeforeEach
    void chooseSecretAndPorts() throws Exception {
        secret = Nodes.newSecret(directory, "cluster.key");
        nodes = new Nodes(3);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void nodesWithTheSameSecretFormOneCluster() throws Exception {
        nodes.connect("one", secret);
        nodes.connect("two", secret);
        nodes.connect("three", secret);

        await().atMost(BOUND).until(nodes::areOneCluster);
        assertThat(nodes.channels())
                .allSatisfy(channel -> assertThat(Nodes.refused(channel)).isZero());
    }

    @Test
    void nodeWithAnotherSecretStaysAlone() throws Exception {
        JChannel one = nodes.connect("one", secret);
        JChannel two = nodes.connect("two", secret);
        JChannel stranger = nodes.connect("stranger", Nodes.newSecret(directory, "other.key"));

        // Long enough for several rounds of MERGE3, which would bring together what had missed each other.
        await().atMost(BOUND).until(() -> Nodes.refused(one) > 3 && Nodes.refused(stranger) > 3);
        assertThat(one.view().size()).isEqualTo(2);
        assertThat(two.view().size()).isEqualTo(2);
        assertThat(stranger.view().size()).isEqualTo(1);
    }

    @Test
    void nodeWithoutASealStaysAlone() throws Exception {
        JChannel one = nodes.connect("one", secret);
        JChannel stranger = nodes.connect("stranger", new TCP(), new FD_SOCK2().setBindAddress(Nodes.LOOPBACK));

        await().atMost(BOUND).until(() -> Nodes.refused(one) > 3);
        assertThat(one.view().size()).isEqualTo(1);
        assertThat(stranger.view().size()).isEqualTo(1);
    }

    @Test
    void bodiesOfEveryKindAndSizeArrive() throws Exception {
        JChannel one = nodes.connect("one", secret);
        JChannel two = nodes.connect("two", secret);
        String large = "LargeBody ".repeat(200_000);

        one.send(two.getAddress(), "SmallBody".getBytes(UTF_8));
        one.send(null, "BodyForAll".getBytes(UTF_8));
        one.send(two.getAddress(), large.getBytes(UTF_8));
        one.send(new ObjectMessage(two.getAddress(), "BodyAsObject"));
        one.send(new ObjectMessage(two.getAddress(), "BodyOutOfOrder").setFlag(Message.Flag.OOB));

        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(nodes.heard)
                        // To all is to the sender too.
                        .containsExactlyInAnyOrder(
                                "two SmallBody",
                                "one BodyForAll",
                                "two BodyForAll",
                                "two " + large,
                                "two BodyAsObject",
                                "two BodyOutOfOrder"));
    }

    @Test
    void manyMessagesArriveOnceAndInOrder() throws Exception {
        JChannel one = nodes.connect("one", secret);
        JChannel two = nodes.connect("two", secret);
        List<String> expected = new ArrayList<>();

        for (int i = 0; i < 20_000; i++) {
            one.send(two.getAddress(), Integer.toString(i).getBytes(UTF_8));
            expected.add("two " + i);
        }

        await().atMost(BOUND).until(() -> nodes.heard.size() >= 20_000);
        assertThat(nodes.heard).containsExactlyElementsOf(expected);
        assertThat(Nodes.refused(two)).isZero();
    }

    @Test
    void aDeadNodeIsNoticedByTheEndOfItsConnectionOnTheSecondPort() throws Exception {
        JChannel one = nodes.connect("one", secret);
        JChannel two = nodes.connect("two", secret);
        FD_SOCK2 detection = Nodes.failureDetection(one);
        await().atMost(BOUND).until(() -> detection.getClientState().equals("CONNECTED"));

        // Ends without a word, as a process does that is killed.
        Util.shutdown(two);

        // FD_ALL3 would need 8 s.
        await().atMost(Duration.ofSeconds(5)).until(() -> one.view().size() == 1);
    }

    @Test
    void diagnosticsThatAnybodyMayAskAreOff() throws Exception {
        JChannel one = nodes.connect("one", secret);

        assertThat(Nodes.transport(one).getDiagnosticsHandler().isRunning()).isFalse();
    }

    @Test
    void failureDetectionThatHasNoSealBelowItDoesNotOpen() {
        assertThatThrownBy(() -> nodes.connect("one", new TCP(), new SEALED_FD_SOCK2()))
                .hasStackTraceContaining("SEALED_TCP, which is not below it");
    }

    @Test
    void missingSecretKeepsTheChannelFromOpening() {
        assertThatThrownBy(() -> nodes.connect("one", directory.resolve("none.key")))
                .hasStackTraceContaining("none.key is missing");
    }
}
