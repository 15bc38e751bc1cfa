package io.bida.drill.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.bida.drill.history.History.Change;
import io.bida.drill.history.History.Count;
import io.bida.drill.history.History.Delete;
import io.bida.drill.history.History.Order;
import io.bida.drill.history.History.Poll;
import io.bida.drill.history.History.Reception;
import io.bida.drill.history.History.Role;
import io.bida.drill.history.History.Send;
import io.bida.drill.history.History.Window;
import io.bida.drill.history.Violation.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker flags each kind of broken promise, and nothing in a history that keeps them all. */
class HistoryCheckerTest {

    private static final Duration VISIBILITY = Duration.ofSeconds(5);
    private static final long DRAIN = seconds(100);
    private static final int MESSAGES = 50;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 50, 500})
    void aHistoryThatKeepsEveryPromiseIsClean(int messages) {
        assertThat(new Draft(messages).violations()).isEmpty();
    }

    @Test
    void callsOfUnknownOutcomeAreNeverHeldAgainstTheServer() {
        Draft draft = new Draft(MESSAGES);
        draft.sends.add(send("unknown-lost", "", Duration.ZERO, Outcome.INFO, 1));
        draft.sends.add(send("unknown-kept", "", Duration.ZERO, Outcome.INFO, 1));
        draft.receptions.add(reception("unknown-kept", "M-unknown", 2));
        draft.deletes.add(delete("unknown-kept", Outcome.OK, 2, 3));
        draft.send("deleted-perhaps");
        draft.receptions.add(reception("deleted-perhaps", "M-deleted-perhaps", 2));
        draft.deletes.add(delete("deleted-perhaps", Outcome.INFO, 2, 3));
        draft.deletes.add(delete("deleted-perhaps", Outcome.FAIL, 2, 4));
        draft.send("deleted-perhaps-not");
        draft.receptions.add(reception("deleted-perhaps-not", "M-deleted-perhaps-not", 2));
        draft.deletes.add(delete("deleted-perhaps-not", Outcome.INFO, 2, 3));
        draft.receptions.add(reception("deleted-perhaps-not", "M-deleted-perhaps-not", 101));
        // Nobody knows who got what a receive without an answer took.
        draft.send("taken-perhaps");
        draft.polls.add(new Poll("q", "n1", Outcome.INFO, seconds(1), seconds(2)));
        draft.polls.add(poll(3, 6));
        draft.receptions.add(reception("taken-perhaps", "M-taken-perhaps", 7));
        draft.deletes.add(delete("taken-perhaps", Outcome.OK, 7, 8));
        // A prolongation without an answer.
        draft.send("prolonged-perhaps");
        draft.receptions.add(reception("prolonged-perhaps", "M-prolonged-perhaps", 2));
        draft.changes.add(change("prolonged-perhaps", Outcome.INFO, 2, 3, 9));
        draft.receptions.add(reception("prolonged-perhaps", "M-prolonged-perhaps", 8));
        draft.deletes.add(delete("prolonged-perhaps", Outcome.OK, 8, 9));

        assertThat(draft.violations()).isEmpty();
    }

    @Test
    void anEarlyReturnIsForgivenAndCountedWhereAFaultCameBetween() {
        Draft draft = new Draft(0);
        draft.send("in-flight");
        draft.receptions.add(reception("in-flight", "M-in-flight", 2));
        draft.receptions.add(reception("in-flight", "M-in-flight", 4));
        draft.receptions.add(reception("in-flight", "M-in-flight", 101));
        assertThat(draft.violations()).extracting(Violation::rule).containsExactly(Rule.DOUBLED);

        draft.windows.add(new Window("kill", seconds(3), seconds(3) + 1));

        assertThat(draft.violations()).isEmpty();
        assertThat(draft.verdict().doubledInWindows()).isEqualTo(1);
    }

    @Test
    void ofTwoReceivesThatOverlapTheLaterMayHaveBeenFirst() {
        Draft draft = new Draft(0);
        draft.send("waited-for");
        // The long poll begins first and gets the message when the other's time is over.
        draft.receptions.add(new Reception("waited-for", "M-waited-for", "n1", true, 2, seconds(2), seconds(8)));
        draft.receptions.add(reception("waited-for", "M-waited-for", 3));
        draft.deletes.add(
                new Delete("waited-for", "n1", false, Outcome.OK, seconds(2), seconds(8), seconds(9), seconds(9) + 1));

        assertThat(draft.violations()).isEmpty();
    }

    @Test
    void aRefusedHandleIsForgivenAndCountedWhereAFaultCameBetween() {
        Draft draft = new Draft(0);
        draft.send("refused");
        draft.receptions.add(reception("refused", "M-refused", 2));
        draft.deletes.add(delete("refused", Outcome.FAIL, 2, 4));
        draft.receptions.add(reception("refused", "M-refused", 101));
        assertThat(draft.violations()).extracting(Violation::rule).containsExactly(Rule.HANDLE_REFUSED);

        draft.windows.add(new Window("kill", seconds(3), seconds(3) + 1));

        assertThat(draft.violations()).isEmpty();
        assertThat(draft.verdict().handlesRefusedInWindows()).isEqualTo(1);
    }

    @Test
    void aDelayMayBeTooShortByAsMuchAsAClockWasMoved() {
        Draft draft = new Draft(0);
        draft.sends.add(send("early", "M-early", Duration.ofSeconds(20), Outcome.OK, 1));
        draft.receptions.add(reception("early", "M-early", 5));
        draft.deletes.add(delete("early", Outcome.OK, 5, 6));
        draft.windows.add(new Window("clock", seconds(2), seconds(30), Duration.ofSeconds(15)));
        assertThat(draft.violations()).extracting(Violation::rule).containsExactly(Rule.EARLY);

        draft.windows.add(new Window("clock", seconds(2), seconds(30), Duration.ofSeconds(16)));

        assertThat(draft.violations()).isEmpty();
        assertThat(draft.verdict().offByClock()).isEqualTo(1);
    }

    @Test
    void aHandleMayLiveLongerByTwiceAsMuchAsAClockWasMoved() {
        Draft draft = new Draft(0);
        draft.send("old");
        draft.receptions.add(reception("old", "M-old", 2));
        draft.deletes.add(delete("old", Outcome.OK, 2, 27));
        draft.windows.add(new Window("clock", seconds(20), seconds(30), Duration.ofSeconds(9)));
        assertThat(draft.violations()).extracting(Violation::rule).containsExactly(Rule.STALE_HANDLE);

        draft.windows.add(new Window("clock", seconds(20), seconds(30), Duration.ofSeconds(11)));

        assertThat(draft.violations()).isEmpty();
        assertThat(draft.verdict().offByClock()).isEqualTo(1);
    }

    @Test
    void noFaultForgivesALossOrAReturnFromTheDead() {
        Draft draft = new Draft(0);
        draft.windows.add(new Window("kill", seconds(0), seconds(90)));
        draft.send("lost");
        draft.send("dead");
        draft.receptions.add(reception("dead", "M-dead", 2));
        draft.deletes.add(delete("dead", Outcome.OK, 2, 3));
        draft.receptions.add(reception("dead", "M-dead", 20));

        assertThat(draft.violations())
                .extracting(Violation::rule)
                .containsExactlyInAnyOrder(Rule.LOST, Rule.RESURRECTED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenPromises")
    void aBrokenPromiseIsFlagged(String bug, Rule expected, Consumer<Draft> inject) {
        Draft draft = new Draft(MESSAGES);

        inject.accept(draft);

        assertThat(draft.violations())
                .as(bug)
                .isNotEmpty()
                .extracting(Violation::rule)
                .containsOnly(expected);
    }

    static Stream<Arguments> brokenPromises() {
        return Stream.of(
                broken("an acknowledged message is never received", Rule.LOST, d -> d.forget("p7")),
                broken("a message vanishes after its reception", Rule.LOST_LATER, d -> {
                    d.send("v");
                    d.receptions.add(reception("v", "M-v", 2));
                }),
                broken("a refused delete takes effect", Rule.LOST_LATER, d -> {
                    d.send("v");
                    d.receptions.add(reception("v", "M-v", 2));
                    d.deletes.add(delete("v", Outcome.FAIL, 2, 9));
                }),
                broken(
                        "a message nobody sent appears",
                        Rule.PHANTOM,
                        d -> d.receptions.add(reception("no", "M-no", 5))),
                broken("a refused entry of a batch appears", Rule.PHANTOM, d -> {
                    d.sends.add(send("refused", "", Duration.ZERO, Outcome.FAIL, 1));
                    d.receptions.add(reception("refused", "M-refused", 5));
                }),
                broken("a body is altered", Rule.ALTERED, d -> d.receptions.add(reception("", "M3", 5))),
                broken(
                        "a digest is wrong",
                        Rule.ALTERED,
                        d -> d.change("p3", r -> new Reception("p3", "M3", "n1", false, 1, r.begin(), r.end()))),
                broken(
                        "a message changes its id",
                        Rule.ALTERED,
                        d -> d.change("p3", r -> new Reception("p3", "other", "n1", true, 1, r.begin(), r.end()))),
                broken("two messages share an id", Rule.ALTERED, d -> {
                    d.sends.add(send("twin", "", Duration.ZERO, Outcome.INFO, 1));
                    d.receptions.add(reception("twin", "M3", 101));
                }),
                broken("a deleted message returns", Rule.RESURRECTED, d -> d.receptions.add(reception("p2", "M2", 60))),
                broken("a delay is cut short", Rule.EARLY, d -> {
                    d.sends.add(send("delayed", "M-d", Duration.ofSeconds(10), Outcome.OK, 91));
                    d.receptions.add(reception("delayed", "M-d", 100));
                    d.counts.clear();
                }),
                broken("a message is handed out twice at a time", Rule.DOUBLED, d -> {
                    d.send("double");
                    d.receptions.add(reception("double", "M-double", 101));
                    d.receptions.add(reception("double", "M-double", 102));
                }),
                broken("a prolonged visibility timeout is not kept", Rule.DOUBLED, d -> {
                    d.send("double");
                    d.receptions.add(reception("double", "M-double", 101));
                    d.changes.add(change("double", Outcome.OK, 101, 103, 8));
                    d.receptions.add(reception("double", "M-double", 109));
                }),
                broken(
                        "an altered handle deletes",
                        Rule.STALE_HANDLE,
                        d -> d.deletes.add(new Delete(
                                "p49",
                                "n1",
                                true,
                                Outcome.OK,
                                seconds(101),
                                seconds(102),
                                seconds(102),
                                seconds(102) + 1))),
                broken("a handle deletes after its time", Rule.STALE_HANDLE, d -> {
                    d.send("late");
                    d.receptions.add(reception("late", "M-late", 2));
                    d.deletes.add(delete("late", Outcome.OK, 2, 9));
                }),
                broken("a handle is refused in its time", Rule.HANDLE_REFUSED, d -> {
                    d.send("refused");
                    d.receptions.add(reception("refused", "M-refused", 2));
                    d.deletes.add(delete("refused", Outcome.FAIL, 2, 5));
                    d.receptions.add(reception("refused", "M-refused", 101));
                }),
                broken("too many are counted", Rule.MISCOUNTED, d -> d.counts.add(count(false, MESSAGES + 1, 80))),
                broken("too few are counted", Rule.MISCOUNTED, d -> d.counts.add(count(false, 0, 9))),
                broken("a count is left after the drain", Rule.MISCOUNTED, d -> d.counts.add(count(true, 1, 200))),
                broken(
                        "the urgent come last",
                        Rule.OUT_OF_ORDER,
                        d -> d.orders.add(new Order("q", false, List.of(16, 8, 8, 1)))),
                broken(
                        "one comes too early in a strict order",
                        Rule.OUT_OF_ORDER,
                        d -> d.orders.add(new Order("q", true, List.of(1, 3, 2, 4)))),
                broken("a poll is not woken", Rule.NOT_WOKEN, d -> {
                    d.send("waits");
                    d.polls.add(poll(2, 6));
                    d.receptions.add(reception("waits", "M-waits", 7));
                    d.deletes.add(delete("waits", Outcome.OK, 7, 8));
                }));
    }

    @Test
    void partitionsMayMixTheirOrders() {
        Draft draft = new Draft(0);
        draft.orders.add(new Order("q", false, List.of(1, 4, 2, 5, 3, 6)));

        assertThat(draft.violations()).isEmpty();
    }

    private static Arguments broken(String bug, Rule expected, Consumer<Draft> inject) {
        return Arguments.of(bug, expected, inject);
    }

    private static Send send(String payloadId, String messageId, Duration delay, Outcome outcome, int second) {
        return new Send(
                "q",
                payloadId,
                messageId,
                Role.BULK,
                "n1",
                delay,
                outcome,
                seconds(second),
                seconds(second) + 1_000_000);
    }

    private static Reception reception(String payloadId, String messageId, int second) {
        return new Reception(payloadId, messageId, "n1", true, 1, seconds(second), seconds(second) + 1_000_000);
    }

    private static Delete delete(String payloadId, Outcome outcome, int receivedSecond, int second) {
        return new Delete(
                payloadId,
                "n1",
                false,
                outcome,
                seconds(receivedSecond),
                seconds(receivedSecond) + 1_000_000,
                seconds(second),
                seconds(second) + 1_000_000);
    }

    private static Change change(String payloadId, Outcome outcome, int receivedSecond, int second, int timeout) {
        return new Change(
                payloadId,
                Duration.ofSeconds(timeout),
                outcome,
                seconds(receivedSecond),
                seconds(second),
                seconds(second) + 1_000_000);
    }

    private static Poll poll(int begin, int end) {
        return new Poll("q", "n1", Outcome.OK, seconds(begin), seconds(end));
    }

    private static Count count(boolean drained, int active, int second) {
        return new Count("q", "n1", drained, active, 0, 0, seconds(second));
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    /** A history in the making that keeps every promise until a test spoils it. */
    private static final class Draft {

        final List<Send> sends = new ArrayList<>();
        final List<Reception> receptions = new ArrayList<>();
        final List<Delete> deletes = new ArrayList<>();
        final List<Change> changes = new ArrayList<>();
        final List<Poll> polls = new ArrayList<>();
        final List<Window> windows = new ArrayList<>(List.of(new Window("kill", seconds(50), seconds(55))));
        final List<Count> counts = new ArrayList<>();
        final List<Order> orders = new ArrayList<>(List.of(new Order("q", true, List.of(1, 1, 2, 16))));

        /** Each third message is deleted at once, each third after it came back, the others in the drain. */
        Draft(int messages) {
            for (int i = 0; i < messages; i++) {
                String payload = "p" + i;
                String id = "M" + i;
                boolean delayed = i % 5 == 0;
                sends.add(HistoryCheckerTest.send(
                        payload, id, delayed ? Duration.ofSeconds(9) : Duration.ZERO, Outcome.OK, 1));
                receptions.add(reception(payload, id, 10));
                switch (i % 3) {
                    case 0 -> {
                        receptions.add(reception(payload, id, 16));
                        deletes.add(delete(payload, Outcome.OK, 16, 17));
                    }
                    case 1 -> {
                        receptions.add(reception(payload, id, 101));
                        deletes.add(delete(payload, Outcome.OK, 101, 102));
                    }
                    default -> deletes.add(delete(payload, Outcome.OK, 10, 11));
                }
            }
            counts.add(count(false, messages, 9));
            counts.add(count(false, (messages + 1) / 3, 80));
            counts.add(count(true, 0, 200));
        }

        void send(String payload) {
            sends.add(HistoryCheckerTest.send(payload, "M-" + payload, Duration.ZERO, Outcome.OK, 1));
            counts.clear();
        }

        void forget(String payload) {
            receptions.removeIf(r -> r.payloadId().equals(payload));
            deletes.removeIf(d -> d.payloadId().equals(payload));
            counts.clear();
        }

        void change(String payload, UnaryOperator<Reception> change) {
            receptions.replaceAll(r -> r.payloadId().equals(payload) ? change.apply(r) : r);
        }

        List<Violation> violations() {
            return verdict().violations();
        }

        Verdict verdict() {
            return HistoryChecker.check(new History(
                    VISIBILITY, sends, receptions, deletes, changes, polls, windows, counts, orders, DRAIN));
        }
    }
}
