package io.bida.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bida.cluster.ClusterCalls.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JGroupsCallsTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final TestChannels channels = new TestChannels("calls");
    private TestChannels.Node nodeA;
    private TestChannels.Node nodeB;
    private JGroupsCalls a;
    private JGroupsCalls b;

    @BeforeEach
    void connect() throws Exception {
        nodeA = channels.node("a");
        nodeB = channels.node("b");
        a = new JGroupsCalls(nodeA.fork("calls"), "calls");
        b = new JGroupsCalls(nodeB.fork("calls"), "calls");
        await().until(() -> a.members().size() == 2 && b.members().size() == 2);
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
        channels.close();
    }

    private static byte[] wait(CompletionStage<byte[]> answer) throws Exception {
        return answer.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void everyNodeKnowsAllByName() {
        assertThat(a.members())
                .isEqualTo(b.members())
                .extracting(ClusterNode::name)
                .containsExactly("a", "b");
        assertThat(a.self().name()).isEqualTo("a");
        assertThat(a.members()).contains(a.self(), b.self());
    }

    @Test
    void aCallIsAnsweredByTheRoomItIsFor() throws Exception {
        b.serve(
                Subject.MESSAGES,
                (from, request) -> CompletableFuture.completedFuture(
                        (from + " asks " + new String(request, UTF_8)).getBytes(UTF_8)));
        b.serve(Subject.FORMATION, (from, request) -> CompletableFuture.completedFuture(new byte[0]));

        assertThat(new String(wait(a.call(b.self(), Subject.MESSAGES, "much".getBytes(UTF_8), LIMIT)), UTF_8))
                .isEqualTo("a asks much");
        assertThat(wait(a.call(b.self(), Subject.FORMATION, new byte[100_000], LIMIT)))
                .isEmpty();
    }

    @Test
    void aNodeMayCallItself() throws Exception {
        a.serve(Subject.MESSAGES, (from, request) -> CompletableFuture.completedFuture(request));

        assertThat(wait(a.call(a.self(), Subject.MESSAGES, new byte[] {7}, LIMIT)))
                .containsExactly(7);
    }

    @Test
    void onlyTheQuestionHowANodeIsIsSentWithoutItsCredit() throws Exception {
        Map<Byte, Boolean> needsCredit = new ConcurrentHashMap<>();
        JChannel raw = nodeB.fork("raw");
        raw.setReceiver(new Receiver() {
            @Override
            public void receive(Message message) {
                needsCredit.put(message.getArray()[message.getOffset() + 1], !message.isFlagSet(Message.Flag.NO_FC));
            }
        });
        raw.connect("raw");
        try (JGroupsCalls asking = new JGroupsCalls(nodeA.fork("raw"), "raw")) {
            await().until(() -> asking.members().size() == 2);
            ClusterNode other = asking.members().stream()
                    .filter(node -> !node.equals(asking.self()))
                    .findFirst()
                    .orElseThrow();

            for (Subject subject : Subject.values()) {
                asking.call(other, subject, new byte[0], LIMIT);
            }

            await().until(() -> needsCredit.size() == Subject.values().length);
            assertThat(needsCredit.remove(Subject.REPORT.code())).isFalse();
            assertThat(needsCredit.values()).containsOnly(true);
        }
        raw.close();
    }

    @Test
    void aCallThatNobodyAnswersOrThatThrowsFails() {
        b.serve(Subject.MESSAGES, (from, request) -> {
            throw new IllegalStateException("on purpose");
        });

        assertFails(a.call(b.self(), Subject.FORMATION, new byte[0], LIMIT), "does not answer such calls yet");
        assertFails(a.call(b.self(), Subject.MESSAGES, new byte[0], LIMIT), "refuses");
    }

    @Test
    void aSlowAnswerFailsTheCallAtItsLimitAndHoldsUpNoOther() throws Exception {
        b.serve(
                Subject.MESSAGES,
                (from, request) ->
                        request.length == 0 ? new CompletableFuture<>() : CompletableFuture.completedFuture(request));

        CompletionStage<byte[]> slow = a.call(b.self(), Subject.MESSAGES, new byte[0], Duration.ofMillis(500));
        assertThat(wait(a.call(b.self(), Subject.MESSAGES, new byte[] {1}, LIMIT)))
                .containsExactly(1);
        assertFails(slow, "none within 500 ms");
    }

    @Test
    void aNodeThatCrashesFailsItsCallsBeforeTheirLimitAndIsNoMemberAnyMore() throws Exception {
        b.serve(Subject.MESSAGES, (from, request) -> new CompletableFuture<>());
        List<List<ClusterNode>> told = new CopyOnWriteArrayList<>();
        a.onMembersChange(told::add);
        ClusterNode gone = b.self();
        CompletionStage<byte[]> open = a.call(gone, Subject.MESSAGES, new byte[0], Duration.ofMinutes(5));

        nodeB.crash();

        assertFails(open, "left the cluster");
        await().untilAsserted(() -> assertThat(told).contains(List.of(a.self())));
        assertFails(a.call(gone, Subject.MESSAGES, new byte[0], LIMIT), "left the cluster");
    }

    private static void assertFails(CompletionStage<byte[]> call, String why) {
        assertThatThrownBy(() -> wait(call))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(CallFailedException.class)
                .hasMessageContaining(why);
    }
}
